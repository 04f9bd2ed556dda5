"""URLs as every mail program takes them, and the addresses that are filled in last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, unquote, urlsplit

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
