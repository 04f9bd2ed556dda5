"""Files into posts: what a site says about itself, where its posts are, and what each of them says.

To know all generators takes a tenth of a second, so that each part is imported when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.imports import import_when_asked

if TYPE_CHECKING:
    from feeds.loader.detection import detect_site
    from feeds.loader.loading import Loaded, load_posts
    from feeds.loader.notebooks import find_notebooks
    from feeds.loader.shelf import Shelf

__all__ = ["Loaded", "Shelf", "detect_site", "find_notebooks", "load_posts"]

__getattr__ = import_when_asked(
    __name__,
    {
        "detection": ("detect_site",),
        "loading": ("Loaded", "load_posts"),
        "notebooks": ("find_notebooks",),
        "shelf": ("Shelf",),
    },
)
