"""feeds.toml and what was found in the site's own files, put together into one `Config`.

The models of the settings bring pydantic, a tenth of a second, so that they are imported when one is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.config.resolve import TEMPLATES, Config, Findings, describe_origin, resolve_config
from feeds.imports import import_when_asked

if TYPE_CHECKING:
    from feeds.config.plain import make_plain
    from feeds.config.settings import (
        ButtondownTransport,
        Criterion,
        CustomFeed,
        Filter,
        FolderTransport,
        LinkSettings,
        ListmonkTransport,
        NewsletterSettings,
        Settings,
        SmtpTransport,
    )
    from feeds.config.sources import find_line, read_settings

__all__ = [
    "TEMPLATES",
    "ButtondownTransport",
    "Config",
    "Criterion",
    "CustomFeed",
    "Filter",
    "Findings",
    "FolderTransport",
    "LinkSettings",
    "ListmonkTransport",
    "NewsletterSettings",
    "Settings",
    "SmtpTransport",
    "describe_origin",
    "find_line",
    "make_plain",
    "read_settings",
    "resolve_config",
]

__getattr__ = import_when_asked(
    __name__,
    {
        "plain": ("make_plain",),
        "settings": (
            "ButtondownTransport",
            "Criterion",
            "CustomFeed",
            "Filter",
            "FolderTransport",
            "LinkSettings",
            "ListmonkTransport",
            "NewsletterSettings",
            "Settings",
            "SmtpTransport",
        ),
        "sources": ("find_line", "read_settings"),
    },
)
