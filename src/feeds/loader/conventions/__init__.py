"""One module for each generator. A new one is a file, and a line before what it could be mistaken for."""

from __future__ import annotations

import functools
from importlib import import_module
from typing import TYPE_CHECKING

from feeds.loader.conventions.plain import Plain

if TYPE_CHECKING:
    from feeds.loader.convention import Convention

PLAIN = Plain()
# Each one's name in feeds.toml, its module and its class.
_HOMES = {
    "docusaurus": "docusaurus.Docusaurus",
    "eleventy": "eleventy.Eleventy",
    "astro": "astro.Astro",
    "gatsby": "gatsby.Gatsby",
    "quartz": "quartz.Quartz",
    "nextjs": "nextjs.NextJs",
    "javascript": "frameworks.Frameworks",
    "hexo": "hexo.Hexo",
    "jekyll": "jekyll.Jekyll",
    "zola": "zola.Zola",
    "hugo": "hugo.Hugo",
    "mkdocs": "mkdocs.MkDocs",
    "nikola": "nikola.Nikola",
    "pelican": "pelican.Pelican",
    "obsidian": "obsidian.Obsidian",
}
NAMES = (*_HOMES, PLAIN.name)


@functools.cache
def load_convention(name: str) -> Convention:
    """The convention of that name in `NAMES`. Most sites need one, and all together take a tenth of a second."""
    if name == PLAIN.name:
        return PLAIN
    module, _, kind = _HOMES[name].partition(".")
    convention: Convention = getattr(import_module(f"{__name__}.{module}"), kind)()
    return convention


@functools.cache
def list_conventions() -> tuple[Convention, ...]:
    """Every convention but the plain one, in the order in which a site is asked whether it is one of theirs."""
    return tuple(map(load_convention, _HOMES))
