"""A feeds.toml that says what was found, for its author to correct."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feeds.config import describe_origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.config import Config


def propose_settings(config: Config) -> str:
    """The text of a feeds.toml with every finding in it, each line with the file that it was found in."""
    site = config.site
    lines = [
        "# What was found. Correct what is wrong, and take out what is to be found anew each time.",
        "",
        "[site]",
        *_lines(
            config,
            "site",
            {
                "title": site.title,
                "url": site.url,
                "description": site.description,
                "language": site.language,
                "timezone": site.timezone,
                "author": config.settings.site.author or config.findings.site.get("author"),
            },
        ),
    ]
    if site.url is None:
        lines.append('# url = "https://example.org"  # could not be found; feeds need it')
    lines += ["", "[posts]"]
    lines += _lines(config, "posts", {"path": list(config.posts), "convention": site.convention})
    if config.settings.posts.permalink:
        lines += _lines(config, "posts", {"permalink": config.settings.posts.permalink})
    elif route := config.findings.route:
        lines.append(f'# permalink = "{route}:slug/"  # {describe_origin(config.origins["posts.permalink"])}')
    lines += [
        "",
        "# A newsletter mails each new post once. Take the marks away, and look at it with `feeds digest`.",
        "# [newsletters.weekly]",
        f"# from = {_quote(f'{site.title} <news@example.org>')}",
        '# schedule = "mondays 09:00"',
    ]
    return "\n".join(lines) + "\n"


def _lines(config: Config, section: str, values: dict[str, str | list[str] | None]) -> Iterable[str]:
    for key, value in values.items():
        if value:
            origin = config.origins.get(f"{section}.{key}", "default")
            yield f"{key} = {_quote(value)}  # {describe_origin(origin)}"


def _quote(value: str | list[str]) -> str:
    # A JSON string (or list of strings) is a TOML one as well: https://toml.io/en/v1.0.0#string
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
