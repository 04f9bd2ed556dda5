"""A configuration as it is kept, for a run that has no time for the library that checks settings."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from feeds.cache.records import pack_people, pack_value, unpack_people, unpack_value
from feeds.config import Config, Findings
from feeds.models import Site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.config import Settings

# What reading, rendering and writing ask for. What mails and what builds other feeds is not kept.
FEEDS = ("output", "formats", "limit", "max_bytes", "content", "layout", "paths", "slugs", "hub", "ttl")


class KeptSettings:
    """A section of the settings under the same names, with the same values and the same `repr`; it was checked once."""

    def __init__(self, kind: str, values: Mapping[str, Any]) -> None:
        self._kind = kind
        self.__dict__.update(values)

    def __repr__(self) -> str:
        values = (f"{name}={value!r}" for name, value in self.__dict__.items() if name != "_kind")
        return f"{self._kind}({', '.join(values)})"


def pack_config(config: Config) -> dict[str, Any]:
    """The configuration as what `to_text` takes, without what only mailing needs."""
    settings = config.settings
    return {
        "root": str(config.root),
        "state_dir": str(config.state_dir),
        "output": str(config.output),
        "site": asdict(config.site) | {"authors": pack_people(config.site.authors)},
        "settings": {
            "site": _pack_section(settings.site, ("default_time",)),
            "posts": _pack_section(settings.posts, tuple(type(settings.posts).model_fields)),
            "feeds": _pack_section(settings.feeds, FEEDS),
            "state": _pack_section(settings.state, ("url",)),
        },
        "convention": config.findings.convention,
        "options": pack_value(dict(config.findings.options)),
        "authors": [
            [key, person] for key, person in zip(config.authors, pack_people(config.authors.values()), strict=True)
        ],
        "posts": list(config.posts),
        "origins": dict(config.origins),
        "stable_url": config.stable_url,
    }


def unpack_config(packed: Mapping[str, Any]) -> Config:
    """The configuration."""
    sections = {
        name: KeptSettings(kind, {key: unpack_value(value) for key, value in values.items()})
        for name, (kind, values) in packed["settings"].items()
    }
    people = unpack_people(person for _, person in packed["authors"])
    return Config(
        root=Path(packed["root"]),
        state_dir=Path(packed["state_dir"]),
        output=Path(packed["output"]),
        site=Site(**packed["site"] | {"authors": unpack_people(packed["site"]["authors"])}),
        settings=cast("Settings", KeptSettings("Settings", sections)),
        findings=Findings(convention=packed["convention"], options=unpack_value(packed["options"])),
        authors=dict(zip((key for key, _ in packed["authors"]), people, strict=True)),
        posts=tuple(packed["posts"]),
        origins=packed["origins"],
        stable_url=packed["stable_url"],
    )


def _pack_section(section: Any, names: tuple[str, ...]) -> list[Any]:
    return [type(section).__name__, {name: pack_value(getattr(section, name)) for name in names}]
