"""URLs as every mail program takes them, and the addresses that are filled in last."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

# What may stand in a URI as it is (RFC 3986 sections 2.2 and 2.3), and the percent sign of what is escaped
# already. Braces, brackets and bars are escaped: a mailing tool may take {{ X }}, [X] and *|X|* for its
# own.
KEEP = "!$%&'()*+,/:;=?@~"


def split_url(url: str) -> SplitResult:
    """The parts of an address; of one that cannot be taken apart, the whole as a path."""
    try:
        return urlsplit(url.strip())
    except ValueError:
        return SplitResult("", "", url.strip(), "", "")


def make_uri(url: str) -> str:
    """The address in ASCII, by percent-encoding (RFC 3987 section 3.1) and IDNA for the host."""
    parts = split_url(url)
    if parts.hostname and not parts.hostname.isascii():
        try:
            host = parts.hostname.encode("idna").decode("ascii")
        except UnicodeError:
            host = quote(parts.hostname)
        parts = parts._replace(netloc=parts.netloc.replace(parts.hostname, host))
    return parts._replace(
        path=quote(parts.path, safe=KEEP),
        query=quote(parts.query, safe=KEEP),
        fragment=quote(parts.fragment, safe=KEEP),
    ).geturl()


def make_slots(key: str) -> Mapping[str, str]:
    """The stand-ins for the addresses that only a transport knows.

    They are addresses of a name that can never exist (RFC 6761 section 6.4), so that they pass through the
    inlining as any link does, and they hold a part of the issue's key, so that no post can contain one by
    chance.
    """
    return {slot: f"https://slot-{key[:16]}.invalid/{slot}" for slot in ("unsubscribe", "view_in_browser")}
