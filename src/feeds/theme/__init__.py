"""Templates and the language they speak: where they are found, what they may use, dates and phrases."""

from feeds.theme.environment import (
    choose_template,
    find_templates,
    locate_template,
    make_environment,
    make_shipped_environment,
    render_source,
    render_template,
)
from feeds.theme.language import Language, make_language
from feeds.theme.wrapping import collapse_spaces, delimit_url, display_width, wrap_text

__all__ = [
    "Language",
    "choose_template",
    "collapse_spaces",
    "delimit_url",
    "display_width",
    "find_templates",
    "locate_template",
    "make_environment",
    "make_language",
    "make_shipped_environment",
    "render_source",
    "render_template",
    "wrap_text",
]
