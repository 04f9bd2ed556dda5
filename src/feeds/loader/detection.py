"""Which generator wrote a site, and what the site's own files say. Nothing of it is executed."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.loader.conventions import NAMES, PLAIN, list_conventions, load_convention
from feeds.loader.conventions.places import find_posts_folder
from feeds.loader.folders import listed_once
from feeds.loader.witness import JUDGED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feeds.config import Findings
    from feeds.loader.convention import Convention

BELOW = "below"


def detect_site(root: Path, *, posts: tuple[str, ...] | None = None, convention: str = "auto") -> Findings:
    """What the site in `root` says about itself; `posts` and `convention` are the person's word where given.

    A generator that lives in a folder of a larger project (`docs/`, `website/`) is found there; the option
    `below` then names that folder. Raises ConfigError for a convention that does not exist, and for a
    settings file that cannot be read.
    """
    with JUDGED, listed_once():
        return _detect(root, posts, convention)


def _detect(root: Path, posts: tuple[str, ...] | None, convention: str) -> Findings:
    among = list_conventions() if convention == "auto" else (get_convention(convention),)
    # Of a large site it takes long, and two may ask.
    find_place = functools.cache(lambda: find_posts_folder(root, PLAIN))
    chosen, below, evidence = _find_convention(root, among, posts[0] if posts else None, find_place)
    found = PLAIN.describe_site(root, find_place()) if chosen is PLAIN else chosen.read_site(root / below)
    findings = _complete_findings(root, found, below, evidence, posts)
    if "language" in findings.site:
        return findings
    from feeds.loader.scripts import ORIGIN, guess_language  # which most sites do not need

    if language := guess_language(root, findings.posts, chosen.is_post):
        site, origins = {**findings.site, "language": language}, {**findings.origins, "site.language": ORIGIN}
        return replace(findings, site=site, origins=origins)
    return findings


def _place(root: Path, below: str, origin: str) -> str:
    """An origin that begins with a file of the generator's folder, from the site's."""
    name = re.split(r"[,;:]? ", origin, maxsplit=1)[0]
    return f"{below}/{origin}" if (root / below / name).exists() else origin


def _complete_findings(
    root: Path, findings: Findings, below: str, evidence: str, posts: tuple[str, ...] | None
) -> Findings:
    origins = {"posts.convention": evidence, **findings.origins}
    if not below:
        return replace(findings, origins=origins, posts=posts if posts is not None else findings.posts)
    return replace(
        findings,
        origins={key: _place(root, below, origin) for key, origin in origins.items()},
        options={**findings.options, BELOW: below},
        posts=posts if posts is not None else tuple(f"{below}/{folder}".rstrip("/") for folder in findings.posts),
    )


def get_convention(name: str) -> Convention:
    """The convention of that name. Raises ConfigError, naming all, if there is none."""
    if name in NAMES:
        return load_convention(name)
    raise ConfigError(f"knows no generator {name!r}; there are {', '.join(NAMES)}", key="posts.convention")


def _find_convention(
    root: Path, among: tuple[Convention, ...], posts: str | None, find_place: Callable[[], tuple[str, str]]
) -> tuple[Convention, str, str]:
    """The convention, the folder that it lives in, and what shows it."""
    for convention in among:
        if (evidence := convention.detect(root)) is not None:
            return convention, "", evidence
    # Only where the posts lie may a generator be meant: a project's documentation has one of its own.
    parts = (find_place()[0] if posts is None else posts).split("/")
    for count in range(1, len(parts) + 1):
        below = "/".join(parts[:count])
        for convention in among:
            if below and (evidence := convention.detect(root / below)) is not None:
                return convention, below, evidence
    return (PLAIN, "", "no generator was found") if among is list_conventions() else (among[0], "", "feeds.toml")
