"""URLs as every mail program takes them, and the addresses that are filled in last."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, unquote, unquote_to_bytes, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

# What may stand in a URI as it is (RFC 3986 sections 2.2 and 2.3), and the percent sign of what is escaped
# already. Braces, brackets and bars are escaped: a mailing tool may take {{ X }}, [X] and *|X|* for its
# own.
KEEP = "!$%&'()*+,/:;=?@~"
# What a mailing tool may take for its own %X%; two escapes in a row look like it.
TAG = re.compile(r"%\w+%")
# The escapes of what means nothing in a value of a query (RFC 3986 section 3.4; URL Standard, section 5.1).
PLAIN_IN_VALUES = re.compile(r"%(?:2C|2F|3A|3D|3F|40)", re.IGNORECASE)

# A path or a fragment's characters beyond ASCII, escaped; not a query's, which some programs send in another encoding.
ESCAPED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
# Letters, marks, numbers and dashes: a mail program that makes links of plain text ends one at other signs.
SHOWN = frozenset(["Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pd"])
LINK = re.compile(r'(<a\b[^>]*?\shref=")(https?:[^"]*)')


def split_url(url: str) -> SplitResult:
    """The parts of an address; of one that cannot be taken apart, the whole as a path."""
    try:
        return urlsplit(url.strip())
    except ValueError:
        return SplitResult("", "", url.strip(), "", "")


def make_uri(url: str) -> str:
    """The address in ASCII, by percent-encoding (RFC 3987 section 3.1) and IDNA for the host.

    A value of the query that looks like a mailing tool's `%X%` has its commas, colons, slashes and the like unescaped.
    """
    parts = split_url(url)
    if parts.hostname and not parts.hostname.isascii():
        try:
            host = parts.hostname.encode("idna").decode("ascii")
        except UnicodeError:
            host = quote(parts.hostname)
        parts = parts._replace(netloc=parts.netloc.replace(parts.hostname, host))
    return parts._replace(
        path=quote(parts.path, safe=KEEP),
        query="&".join(map(_spell_pair, quote(parts.query, safe=KEEP).split("&"))),
        fragment=quote(parts.fragment, safe=KEEP),
    ).geturl()


def make_link(url: str) -> str:
    """The address of a link, as `make_uri` has it but with the letters of every script as they are read.

    It is an IRI then (RFC 3987), which HTML takes: 18 escapes are no word to a reader of the text, and look like tags
    to a mailing tool that has `%X%`. What is no letter, digit or dash stays escaped, as does a query.
    """
    start, mark, query = make_uri(url).partition("?")
    query, sign, fragment = query.partition("#")
    return _show_letters(start) + mark + query + sign + _show_letters(fragment)


def show_letters(page: str) -> str:
    """The HTML with the addresses of its links as `make_link` has them, after lxml has escaped them."""
    return LINK.sub(lambda link: link[1] + make_link(link[2]), page)


def follow_scheme(url: str, page: str) -> str:
    """`url` under https: if `page` is and has the same host: a site's old links to itself say http:."""
    old, new = split_url(url), split_url(page)
    if (old.scheme, new.scheme) == ("http", "https") and old.netloc.lower() == new.netloc.lower():
        return old._replace(scheme="https").geturl()
    return url


def _spell_pair(pair: str) -> str:
    name, sign, value = pair.partition("=")
    return name + sign + (PLAIN_IN_VALUES.sub(lambda found: unquote(found[0]), value) if TAG.search(value) else value)


def make_slots(key: str) -> Mapping[str, str]:
    """The stand-ins for the addresses that only a transport knows.

    They are addresses of a name that can never exist (RFC 6761 section 6.4), so that they pass through the
    inlining as any link does, and they hold a part of the issue's key, so that no post can contain one by
    chance.
    """
    return {slot: f"https://slot-{key[:16]}.invalid/{slot}" for slot in ("unsubscribe", "view_in_browser")}


def _show_letters(part: str) -> str:
    return ESCAPED.sub(_unescape, part)


def _unescape(escaped: re.Match[str]) -> str:
    try:
        text = unquote_to_bytes(escaped[0]).decode()
    except UnicodeDecodeError:
        return escaped[0]
    return "".join(c if unicodedata.category(c) in SHOWN else quote(c) for c in text)
