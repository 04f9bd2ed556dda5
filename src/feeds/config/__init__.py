"""feeds.toml and what was found in the site's own files, put together into one `Config`."""

from feeds.config.resolve import TEMPLATES, Config, Findings, resolve_config
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
