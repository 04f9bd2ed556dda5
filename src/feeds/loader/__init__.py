"""Files into posts: what a site says about itself, where its posts are, and what each of them says.

To know all generators takes a tenth of a second, so that each part is imported when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feeds.loader.detection import detect_site
    from feeds.loader.loading import Loaded, load_posts
    from feeds.loader.notebooks import find_notebooks
    from feeds.loader.shelf import Shelf

__all__ = ["Loaded", "Shelf", "detect_site", "find_notebooks", "load_posts"]

_HOMES = {
    "detect_site": "detection",
    "Loaded": "loading",
    "load_posts": "loading",
    "find_notebooks": "notebooks",
    "Shelf": "shelf",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
