"""feeds.toml and what was found in the site's own files, put together into one `Config`.

The models of the settings bring pydantic, a tenth of a second, so that they are imported when one is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from feeds.config.resolve import TEMPLATES, Config, Findings, resolve_config

if TYPE_CHECKING:
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
    "find_line",
    "read_settings",
    "resolve_config",
]

_SOURCES = frozenset({"find_line", "read_settings"})


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "sources" if name in _SOURCES else "settings"
    return getattr(import_module(f"{__name__}.{home}"), name)
