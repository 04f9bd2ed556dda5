"""What a body means by its site."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeds.config import Config
    from feeds.render.inclusions import Inclusions
    from feeds.render.siblings import Siblings


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a body means by its site: its generator, its other posts, the files that it may show, its own marker.

    `folders` are where snippets are looked for, `includes` where Eleventy looks for its includes; `run_template` says
    what a template of the site's own makes of variables. `marker` is the site's own line that ends a summary; `params`
    are what Hugo's settings say for posts to show; `emoji` says whether the site shows `:tada:` as one.
    """

    generator: str
    siblings: Siblings
    inclusions: Inclusions
    run_template: Callable[[str, Mapping[str, Any]], str]
    folders: tuple[str, ...] = ("",)
    includes: tuple[str, ...] = ()
    marker: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    emoji: bool = False


def shows_emoji(config: Config) -> bool:
    """Whether the site shows `:tada:` as one: Docusaurus and Material's extensions do, Jekyll does with a plugin."""
    variables = config.findings.options.get("variables", {})
    plugins = [*(variables.get("plugins") or ()), *(variables.get("gems") or ())]
    return config.site.convention in {"docusaurus", "mkdocs"} or "jemoji" in plugins


def links_addresses(config: Config) -> bool:
    """Whether an address by itself is a link on the site: Zola makes none, nor does Jekyll's own kramdown."""
    if config.site.convention != "jekyll":
        return config.site.convention != "zola"
    return "kramdown" not in str(config.findings.options.get("variables", {}).get("markdown", "kramdown")).lower()
