"""Filling a digest's slots with the receiver's own addresses or tags."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from urllib.parse import quote

from feeds.delivery.addresses import split_address
from feeds.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.models import Digest

UNSUBSCRIBE = "unsubscribe"
VIEW_IN_BROWSER = "view_in_browser"


def fill_text(text: str, digest: Digest, values: Mapping[str, str]) -> str:
    """Plain `text` with each slot's token replaced by its value."""
    for name, token in sorted(digest.slots.items()):
        text = text.replace(token, values[name])
    return text


def fill_html(text: str, digest: Digest, values: Mapping[str, str]) -> str:
    """HTML with each slot's token replaced by its value, which is escaped as an attribute's value is."""
    return fill_text(text, digest, {name: html.escape(value) for name, value in values.items()})


def choose_addresses(
    digest: Digest, *, unsubscribe: str | None, web_url: str | None, site_url: str | None
) -> Mapping[str, str]:
    """The addresses for the slots where the receiver has no tags of its own.

    Without a setting a reader unsubscribes by a mail to the sender; without a web copy the site shows the
    posts.
    """
    _, sender = split_address(digest.sender, key=f"newsletters.{digest.newsletter}.from")
    mail = f"mailto:{quote(sender, safe='@')}"
    return {
        UNSUBSCRIBE: _check(unsubscribe) if unsubscribe else f"{mail}?subject=unsubscribe",
        VIEW_IN_BROWSER: web_url or site_url or mail,
    }


def _check(address: str) -> str:
    if not address.startswith(("https:", "http:", "mailto:")) or any(c.isspace() or c in '<>"' for c in address):
        raise ConfigError(f"{address!r} is no https: or mailto: address", key="unsubscribe")
    return address
