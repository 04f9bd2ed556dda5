"""Links of an issue to hosts that the blog itself asks by https: elsewhere.

Mail filters count http: against an issue, and most such links are old ones: their host has long learned https:, as a
later post of the same blog shows. Feeds keep what is written.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.config.secure import prefer_https
from feeds.selection import order_newest_first

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from feeds.models import Entry
    from feeds.publisher.gather import Gathered

NEWEST = 500  # posts that are asked: to read them all takes long on a large site
_LINK = re.compile(r'((?:href|src)=")http(://([^/"?#:]+)(?=[/"?#])[^"]*)"(>http(?=\2</a>))?')


def secure_links(gathered: Gathered, entries: Iterable[Entry]) -> list[Entry]:
    """The entries, with each http: link under https: whose host one of the newest published posts asks by that."""
    entries = list(entries)
    wanted = {found[3].lower() for entry in entries for found in _LINK.finditer(entry.content)}
    hosts = _find_secure(gathered, {host for host in wanted if prefer_https(f"http://{host}/").startswith("http:")})
    if not hosts:
        return entries

    def secure(found: re.Match[str]) -> str:
        if found[3].lower() not in hosts:
            return found[0]
        # The words of a bare address are the address.
        return f'{found[1]}https{found[2]}"' + (">https" if found[4] else "")

    return [replace(entry, content=_LINK.sub(secure, entry.content)) for entry in entries]


def _find_secure(gathered: Gathered, hosts: Collection[str]) -> set[str]:
    """Those of the hosts that a post has an https: address of, whatever stands behind it."""
    missing = set(hosts)
    for post in order_newest_first(gathered.published)[:NEWEST]:
        if not missing:
            break
        text = gathered.shelf.complete(post)[0].body.lower()
        missing -= {host for host in missing if re.search(rf"https://{re.escape(host)}(?![\w:-]|\.\w)", text)}
    return {*hosts} - missing
