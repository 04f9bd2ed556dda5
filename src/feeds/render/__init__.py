"""Post -> Entry: whatever the generator's own syntax, an entry is clean, complete HTML that stands on its own."""

from feeds.render.fingerprint import fingerprint
from feeds.render.highlight import highlight_code
from feeds.render.renderer import Rendered, Renderer
from feeds.render.review import Reviewer

__all__ = ["Rendered", "Renderer", "Reviewer", "fingerprint", "highlight_code"]
