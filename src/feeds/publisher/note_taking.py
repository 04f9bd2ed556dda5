"""What a build has decided, written down for whoever has to make it again after an edit."""

from __future__ import annotations

import os
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from feeds.cache.configs import pack_config
from feeds.cache.records import pack_post, pack_value, to_text
from feeds.config import TEMPLATES
from feeds.loader.detection import BELOW
from feeds.loader.site_data import DataFolder
from feeds.loader.witness import JUDGED
from feeds.publisher.counts import count_build
from feeds.publisher.notes import PLAN, list_below, pack_digest, restore_config

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from feeds.config import Config
    from feeds.publisher.build import Built
    from feeds.publisher.gather import Gathered


def make_notes(config: Config, built: Built) -> bytes:
    """The notes of the build as they are kept, none for a site whose pages may show anything of any post."""
    composed, gathered = built.composed, built.composed.gathered
    kept = _pack_data_folders(config)
    if (config.root / TEMPLATES).is_dir() or kept is None or not gathered.shelf.files:
        return b""
    shown = {post.source for plan in composed.plans for post in plan.posts}
    head = {
        **kept,
        "plans": [[getattr(plan, name) for name in PLAN] for plan in composed.plans],
        "posts": [[post.source for post in plan.posts] for plan in composed.plans],
        "files": [[source, file.folder, pack_value(dict(file.data))] for source, file in gathered.shelf.files.items()],
        "fixed": sorted(_find_fixed(config, gathered, composed.entries.looked)),
        "asked": _list_asked(config, {post.source for post in gathered.posts}),
        "settled": [pack_post(post) for post in gathered.posts if post.source in shown & gathered.altered],
        "counts": asdict(count_build(config, built)),
    }
    texts = to_text(head), to_text(dict(composed.entries.urls)), _pack_digests(gathered)
    return b"\n".join(texts)


def _pack_digests(gathered: Gathered) -> bytes:
    return b"".join(pack_digest(source, body.digest) for source, body in gathered.shelf.bodies.items())


def _pack_data_folders(config: Config) -> dict[str, Any] | None:
    """The configuration, its folders of data files by name; None if it has what cannot be kept."""
    root = config.root / str(config.findings.options.get(BELOW, ""))
    options = config.findings.options
    folders = {name: value.folder for name, value in options.items() if isinstance(value, DataFolder)}
    plain = {name: None if name in folders else value for name, value in options.items()}
    packed = {
        "config": pack_config(replace(config, findings=replace(config.findings, options=plain))),
        "folders": folders,
    }
    same = restore_config(packed).findings.options == options
    return packed if same and all(options[name].root == root for name in folders) else None


def _find_fixed(config: Config, gathered: Gathered, looked: Iterable[str]) -> set[str]:
    """The posts whose words decide more than their own entries: what the site is, another's entry, another's id."""
    sources = {post.source for post in gathered.posts}
    fixed = sources.intersection(list_below(config.root, JUDGED.seen | {*looked}))
    if not config.stable_url and gathered.history.posts:
        # What will not be remembered is recognised anew by each build, at last by its words.
        known = {old.id for old in gathered.history.posts}
        fixed |= {new.source for new in gathered.remembered if new.id not in known}
    return fixed


def _list_asked(config: Config, sources: Collection[str]) -> list[Any]:
    """The questions that were asked about posts: each with the post's source and its answer."""
    above = f"{os.path.abspath(config.root)}/"  # noqa: PTH100 - as they were asked, links not followed
    asked = ((question, path.removeprefix(above), said) for (question, path), said in JUDGED.answers.items())
    return [[question, source, said] for question, source, said in asked if source in sources]
