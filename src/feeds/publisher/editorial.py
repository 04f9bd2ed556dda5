"""What an editor adds to an issue: an introduction, and notes on posts that were corrected after they were mailed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.digest import issue_url
from feeds.errors import OutputError, PostError
from feeds.models import IssueState, Post, Status
from feeds.publisher.entries import render_entries
from feeds.selection import order_newest_first

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from feeds.config import Config
    from feeds.models import Entry, Issue, Problem
    from feeds.publisher.gather import Gathered

NEXT = "next.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Editorial:
    """The introduction as a post and its entry, the entries of corrected posts, and what is to be known of either."""

    introduction: tuple[Post, Entry] | None
    corrections: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def read_editorial(
    config: Config, gathered: Gathered, issues: Sequence[Issue], *, newsletter: str, number: int, now: datetime
) -> Editorial:
    """What the editor has for issue `number`, after `issues`. Changes nothing.

    Raises PostError for a file that cannot be read, StateError.
    """
    path = find_introduction(config, newsletter, number, issues)
    introduction, problems = (
        (None, ())
        if path is None
        else _render(config, gathered, path, url=issue_url(config, newsletter, number), now=now)
    )
    corrected = render_entries(config, gathered, _find_corrected(config, gathered, issues, number))
    return Editorial(
        introduction=introduction,
        corrections=tuple(corrected.entries.values()),
        problems=problems + corrected.problems,
    )


def find_introduction(config: Config, newsletter: str, number: int, issues: Sequence[Issue]) -> Path | None:
    """The file with the introduction of issue `number`: its own, else `next.md`, else None.

    Issues just before that were cancelled and reached nobody pass theirs on.
    """
    folder = config.root / "newsletters" / newsletter
    names = [f"{number}.md", NEXT]
    free = {issue.number for issue in issues if issue.state is IssueState.CANCELLED and not issue.post_ids}
    before = number - 1
    while before in free:
        names.append(f"{before}.md")
        before -= 1
    return next((folder / name for name in names if _has_words(folder / name)), None)


def take_introduction(config: Config, newsletter: str, number: int, issues: Sequence[Issue]) -> None:
    """Make the introduction the issue's own, as `newsletters/NAME/NUMBER.md`, so that no other issue uses it.

    It is renamed before the issue is composed: a run that dies in between finds it under the issue's number. Raises
    OutputError.
    """
    path = find_introduction(config, newsletter, number, issues)
    if path is None:
        return
    try:
        path.replace(path.with_name(f"{number}.md"))
    except OSError as error:
        raise OutputError(
            f"cannot be renamed to {number}.md ({error.strerror}), which keeps it from being mailed twice; "
            "make its folder writable",
            path=path,
        ) from error


def _has_words(path: Path) -> bool:
    try:
        return bool(path.read_bytes().strip())
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise PostError(f"cannot be read ({error.strerror})", path=path) from error


def _render(
    config: Config, gathered: Gathered, path: Path, *, url: str, now: datetime
) -> tuple[tuple[Post, Entry], tuple[Problem, ...]]:
    try:
        body = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PostError("is not UTF-8; save it as such", path=path) from error
    post = Post(
        source=path.relative_to(config.root).as_posix(),
        status=Status.PUBLISHED,
        body=body,
        published=now,
        url=url,
        base=config.require_url(),
    )
    from feeds.render import Renderer

    rendered = Renderer(config, gathered.posts).render(post, id=url)
    return (post, rendered.entry), rendered.problems


def _find_corrected(config: Config, gathered: Gathered, issues: Sequence[Issue], number: int) -> list[Post]:
    """The posts that an issue before `number` has carried, and whose correction none since has told; newest first."""
    before = [issue for issue in issues if issue.number < number and issue.state is not IssueState.CANCELLED]
    carried = {post_id: issue.number for issue in before for post_id in issue.post_ids}
    marked = [
        post
        for post in order_newest_first(gathered.posts)
        if gathered.ids[post.source] in carried and post.extra.get("correction")
    ]
    if not marked:
        return []
    from feeds.digest import read_note
    from feeds.state import open_ledger

    ledger = open_ledger(config, read_only=True)
    first = min(carried[gathered.ids[post.source]] for post in marked)
    told = {
        pair
        for issue in before
        if issue.number > first and issue.composed_at is not None
        for pair in ledger.issues.read_digest(issue).corrections.items()
    }
    return [post for post in marked if (gathered.ids[post.source], read_note(post.extra["correction"])) not in told]
