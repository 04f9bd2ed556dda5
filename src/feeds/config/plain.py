"""A configuration for a process that checks no settings: the models that do take 0.06 s to import."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from feeds.config.resolve import Findings

if TYPE_CHECKING:
    from feeds.config.resolve import Config


def make_plain(config: Config) -> Config:
    """The same for whoever only looks settings up: they are their values by name, and need no models to be unpickled.

    What was found in the site's files is left out, for it may be long, and what has come of it stands in the rest.
    """
    from feeds.config.settings import Section

    def flatten(value: Any) -> Any:
        if isinstance(value, Section):
            return SimpleNamespace(**{name: flatten(kept) for name, kept in value.__dict__.items()})
        if isinstance(value, dict):
            return {name: flatten(kept) for name, kept in value.items()}
        if isinstance(value, tuple | list):
            return type(value)(flatten(kept) for kept in value)
        return value

    return replace(config, settings=flatten(config.settings), findings=Findings())
