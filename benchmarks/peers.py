"""The programs that are compared, each with its site around the same posts."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).parent
FEEDS = "feeds"


@dataclass(frozen=True, slots=True)
class Peer:
    """One program. `command` runs in its folder, `made` is what a cold build must not find there.

    `prepare` lays out the folder around the posts of a blog; the posts are then in `posts`. `version` is a command.
    """

    name: str
    command: Sequence[str]
    prepare: Callable[[Path, Path], None]
    posts: str
    made: Sequence[str]
    output: str
    version: Sequence[str]


def list_peers(programs: Path, *, flavour: str) -> list[Peer]:
    """Ours, and those that are installed in the folder of `programs`; ours reads Markdown as `flavour` says."""
    ours = str(Path(sys.executable).with_name(FEEDS))
    peers = [
        Peer(
            name=FEEDS,
            command=(ours, "build", "--set", f"posts.markdown={flavour}"),
            prepare=_prepare_ours,
            posts="posts",
            made=("public", ".feeds"),
            output="public",
            version=(ours, "--version"),
        ),
        Peer(
            name="hugo",
            command=(str(programs / "hugo"), "--quiet"),
            prepare=_prepare_hugo,
            posts="content/posts",
            made=("public", "resources", ".hugo_build.lock"),
            output="public",
            version=(str(programs / "hugo"), "version"),
        ),
        Peer(
            name="pelican",
            command=(str(programs / "pelican"), "-q", "-o", "output", "-s", "pelicanconf.py"),
            prepare=_prepare_pelican,
            posts="content/posts",
            made=("output", "cache"),
            output="output",
            version=(str(programs / "pelican"), "--version"),
        ),
        Peer(
            name="script",
            command=(str(programs / "python"), str(HERE / "script.py"), "posts", "public"),
            prepare=lambda blog, folder: _copy(blog / "posts", folder / "posts"),
            posts="posts",
            made=("public",),
            output="public",
            version=(str(programs / "python"), "-c", _VERSIONS),
        ),
    ]
    return [peer for peer in peers if Path(peer.command[0]).exists()]


def read_version(peer: Peer) -> str:
    """The version in its own words, without its name."""
    said = subprocess.run(peer.version, capture_output=True, text=True, check=True).stdout.split()
    return next((word for word in said if word.lstrip("v")[:1].isdigit()), "?") if len(said) > 1 else " ".join(said)


_VERSIONS = "from importlib.metadata import version as v; print(f\"feedgen-{v('feedgen')},Markdown-{v('Markdown')}\")"


def _prepare_ours(blog: Path, folder: Path) -> None:
    _copy(blog / "posts", folder / "posts")
    shutil.copy(blog / "feeds.toml", folder)


def _prepare_hugo(blog: Path, folder: Path) -> None:
    shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)
    _copy(blog / "posts", folder / "content/posts")


def _prepare_pelican(blog: Path, folder: Path) -> None:
    shutil.copytree(HERE / "pelican", folder, dirs_exist_ok=True)
    (folder / "theme/templates").mkdir(parents=True)
    for post in (blog / "posts").iterdir():
        _, header, body = post.read_text("utf-8").split("---\n", 2)
        # Its headers know no lists in brackets, one category, and a status.
        header = header.replace("[", "").replace("]", "").replace("categories:", "category:")
        header = header.replace("draft: true", "status: draft").replace("draft: false", "status: published")
        target = folder / "content/posts" / post.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"{header}\n{body}", "utf-8")


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, dirs_exist_ok=True)
