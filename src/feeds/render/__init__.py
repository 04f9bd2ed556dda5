"""Post -> Entry: whatever the generator's own syntax, an entry is clean, complete HTML that stands on its own.

Each part is imported when it is asked for: whoever wants a post's fingerprint alone renders nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from feeds.render.fingerprint import fingerprint

if TYPE_CHECKING:
    from feeds.render.highlight import highlight_code
    from feeds.render.renderer import Rendered, Renderer
    from feeds.render.review import Reviewer

__all__ = ["Rendered", "Renderer", "Reviewer", "fingerprint", "highlight_code"]

_HOMES = {
    "highlight_code": "highlight",
    "Rendered": "renderer",
    "Renderer": "renderer",
    "Reviewer": "review",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
