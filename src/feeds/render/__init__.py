"""Post -> Entry: whatever the generator's own syntax, an entry is clean, complete HTML that stands on its own.

Each part is imported when it is asked for: whoever wants a post's fingerprint alone renders nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.imports import import_when_asked
from feeds.render.fingerprint import fingerprint

if TYPE_CHECKING:
    from feeds.render.drafts import Rendered
    from feeds.render.highlight import highlight_code
    from feeds.render.renderer import Renderer
    from feeds.render.review import Reviewer
    from feeds.render.siblings import Siblings, locate_posts

__all__ = ["Rendered", "Renderer", "Reviewer", "Siblings", "fingerprint", "highlight_code", "locate_posts"]

__getattr__ = import_when_asked(
    __name__,
    {
        "drafts": ("Rendered",),
        "highlight": ("highlight_code",),
        "renderer": ("Renderer",),
        "review": ("Reviewer",),
        "siblings": ("Siblings", "locate_posts"),
    },
)
