"""Small templates of a site's own in Liquid and its cousins: Nunjucks, Tera, Jinja, the plain part of Mako."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from liquid.exceptions import LiquidError

from feeds.render.jekyll import Jekyll

if TYPE_CHECKING:
    from collections.abc import Mapping

# What the cousins write otherwise, for the same thing.
_TRANSLATIONS = (
    (re.compile(r"\{#.*?#\}", re.DOTALL), ""),
    (re.compile(r"(\{%-?\s*)set\b"), r"\1assign"),
    (re.compile(r"(\{%-?\s*)elif\b"), r"\1elsif"),
    (re.compile(r"\bget_url\(\s*path\s*=\s*([\w.\"'/]+)[^()]*\)"), r"\1"),
    (re.compile(r"\|\s*default\((?:value\s*=\s*)?([^()]*)\)"), r"| default: \1"),
    (re.compile(r"\|\s*([a-z_]\w*)\([^()]*\)"), r"| \1"),
    (re.compile(r"\$\{\s*([A-Za-z_]\w*)\s*\}"), r"{{ \1 }}"),
)
_LOOP = re.compile(r"\{%-?\s*for\s+\w+(?:\s*,\s*\w+)?\s+in\s+([A-Za-z_]\w*)")


class SiteTemplates(Jekyll):
    """Runs them as Liquid. Filters and functions that only their own generator has say what they were given."""

    def __init__(self, **site: Any) -> None:
        super().__init__(**site)
        self.strict_filters = False

    def run(self, text: str, variables: Mapping[str, Any]) -> str:
        """What the template `text` says with `variables`, "" where it cannot be run.

        One that goes through what only its generator knows would leave headings with nothing below: that is not run.
        """
        if set(_LOOP.findall(text)) - set(variables):
            return ""
        self.mistakes, self._work = [], 0
        for pattern, translation in _TRANSLATIONS:
            text = pattern.sub(translation, text)
        try:
            return self.from_string(text).render(site=self.variables, **variables)
        except (LiquidError, RecursionError):
            return ""
