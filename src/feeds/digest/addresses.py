"""URLs as every mail program takes them, and the addresses that are filled in last."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, unquote, unquote_to_bytes, urlsplit

from feeds.config.secure import prefer_https

if TYPE_CHECKING:
    from collections.abc import Mapping

# What may stand in a URI as it is (RFC 3986 sections 2.2 and 2.3), and the percent sign of what is escaped
# already. Braces, brackets and bars are escaped: a mailing tool may take {{ X }}, [X] and *|X|* for its
# own.
KEEP = "!$%&'()*+,/:;=?@~"
# What a mailing tool may take for its own %X%; two escapes in a row look like it.
TAG = re.compile(r"%\w+%")
# The escapes of what means nothing in a value of a query (RFC 3986 section 3.4; URL Standard, section 5.1), and of
# what a path may have as it is and no server splits it at (RFC 3986 section 3.3).
PLAIN_IN_VALUES = re.compile(r"%(?:2C|2F|3A|3D|3F|40)", re.IGNORECASE)
PLAIN_IN_PATHS = re.compile(r"%(?:21|27|28|29|2A|2C|3A|40)", re.IGNORECASE)

# Characters beyond ASCII, escaped.
ESCAPED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
# Letters, marks, numbers, punctuation and symbols may be shown (RFC 3987 section 2.2); spaces, controls and what
# changes the direction may not, nor the two signs that stand for something lost.
SHOWN = frozenset("LMNPS")
LOST = frozenset("\ufffc\ufffd")
LINK = re.compile(r'(<(?:a\b[^>]*?\shref|img\b[^>]*?\ssrc)=")(https?:[^"]*)')


def split_url(url: str) -> SplitResult:
    """The parts of an address; of one that cannot be taken apart, the whole as a path."""
    try:
        return urlsplit(url.strip())
    except ValueError:
        return SplitResult("", "", url.strip(), "", "")


def make_uri(url: str) -> str:
    """The address in ASCII, by percent-encoding (RFC 3987 section 3.1) and IDNA for the host.

    What looks like a mailing tool's `%X%` in the path or in a value of the query has its commas, colons, brackets and
    the like unescaped. A host that speaks https alone is asked by https.
    """
    parts = split_url(prefer_https(url.strip()))
    if parts.hostname and not parts.hostname.isascii():
        try:
            host = parts.hostname.encode("idna").decode("ascii")
        except UnicodeError:
            host = quote(parts.hostname)
        parts = parts._replace(netloc=parts.netloc.replace(parts.hostname, host))
    return parts._replace(
        path=_unescape_tags(quote(parts.path, safe=KEEP), PLAIN_IN_PATHS),
        query="&".join(map(_spell_pair, quote(parts.query, safe=KEEP).split("&"))),
        fragment=quote(parts.fragment, safe=KEEP),
    ).geturl()


def make_link(url: str) -> str:
    """The address of a link or picture, as `make_uri` has it but with the letters of every script as they are read.

    It is an IRI then (RFC 3987), which HTML takes, in a query as well since mails are in UTF-8 (URL Standard, section
    4.3): 18 escapes are no word to a reader of the text, and look like tags to a mailing tool that has `%X%`.
    """
    return ESCAPED.sub(_unescape, make_uri(url))


def show_letters(page: str) -> str:
    """The HTML with the addresses of its links and pictures as `make_link` has them, after lxml has escaped them."""
    return LINK.sub(lambda link: link[1] + make_link(link[2]), page)


def follow_scheme(url: str, page: str) -> str:
    """`url` under https: if `page` is and has the same host: a site's old links to itself say http:."""
    old, new = split_url(url), split_url(page)
    if (old.scheme, new.scheme) == ("http", "https") and old.netloc.lower() == new.netloc.lower():
        return old._replace(scheme="https").geturl()
    return url


def _spell_pair(pair: str) -> str:
    name, sign, value = pair.partition("=")
    return name + sign + _unescape_tags(value, PLAIN_IN_VALUES)


def _unescape_tags(part: str, plain: re.Pattern[str]) -> str:
    return plain.sub(lambda found: unquote(found[0]), part) if TAG.search(part) else part


def make_slots(key: str) -> Mapping[str, str]:
    """The stand-ins for the addresses that only a transport knows.

    They are addresses of a name that can never exist (RFC 6761 section 6.4), so that they pass through the
    inlining as any link does, and they hold a part of the issue's key, so that no post can contain one by
    chance.
    """
    return {slot: f"https://slot-{key[:16]}.invalid/{slot}" for slot in ("unsubscribe", "view_in_browser")}


def _unescape(escaped: re.Match[str]) -> str:
    try:
        text = unquote_to_bytes(escaped[0]).decode()
    except UnicodeDecodeError:
        return escaped[0]
    return "".join(c if unicodedata.category(c)[0] in SHOWN and c not in LOST else quote(c) for c in text)
