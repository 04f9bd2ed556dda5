"""Ways out for a digest: files, a mail server, listmonk, Buttondown. Each is imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.imports import import_when_asked

if TYPE_CHECKING:
    from feeds.delivery.folder import make_files
    from feeds.delivery.transports import make_test_transport, make_transport
    from feeds.delivery.websub import ping_hub

__all__ = ["make_files", "make_test_transport", "make_transport", "ping_hub"]

__getattr__ = import_when_asked(
    __name__,
    {
        "folder": ("make_files",),
        "transports": ("make_test_transport", "make_transport"),
        "websub": ("ping_hub",),
    },
)
