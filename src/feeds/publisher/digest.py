"""The next issue of a newsletter, before anything is claimed or sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.files import write_file_whole
from feeds.publisher.collecting import collect_contents
from feeds.publisher.contents import lay_out
from feeds.selection import NewsletterSelection, order_newest_first, select_new
from feeds.state import issue_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from feeds.config import Config
    from feeds.models import Digest, Entry, Post, Problem
    from feeds.publisher.contents import Contents, LaidOut
    from feeds.publisher.gather import Gathered


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedIssue:
    """A digest and what a person should know of the posts in it; `parts` are these and the introduction."""

    digest: Digest
    problems: tuple[Problem, ...]
    parts: tuple[tuple[Post, Entry], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextIssue:
    """The posts of the next issue and its files by their names, and what stays behind.

    If nothing is new, `composed` is None and both are empty.
    """

    posts: tuple[Post, ...]
    composed: ComposedIssue | None
    documents: Mapping[str, str]
    selection: NewsletterSelection


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedIssue:
    """The next issue as files to look at; if nothing is new, `composed` is None and nothing was written."""

    newsletter: str
    composed: ComposedIssue | None
    files: tuple[Path, ...]
    selection: NewsletterSelection


def require_newsletter(config: Config, newsletter: str) -> None:
    """Raise ConfigError, naming those there are, if there is no such newsletter."""
    if newsletter not in config.settings.newsletters:
        known = ", ".join(config.settings.newsletters) or "none"
        raise ConfigError(f"is not configured; there is {known}", key=f"newsletters.{newsletter}")


def select_next(config: Config, gathered: Gathered, newsletter: str, *, now: datetime) -> NewsletterSelection:
    """What the newsletter's next issue would take, whether or not a build has remembered its posts yet.

    Raises ConfigError for a newsletter that is not configured.
    """
    require_newsletter(config, newsletter)
    history = gathered.history
    known = {old.id for old in history.posts}
    unknown = tuple(post for post in gathered.remembered if post.id not in known)
    return select_new(
        gathered.posts,
        ids=gathered.ids,
        newsletter=newsletter,
        settings=config.settings.newsletters,
        authors=config.authors,
        language=config.site.language,
        history=replace(history, posts=history.posts + unknown),
        now=now,
    )


def compose_next(
    config: Config,
    gathered: Gathered,
    newsletter: str,
    *,
    now: datetime,
    lay_out: Callable[[Contents], LaidOut] = lay_out,
) -> NextIssue:
    """The next issue of the newsletter as it would be handed over, and nothing is claimed or written.

    Where no issue has ever gone out, it shows the newest `max_posts`. Raises ConfigError, TemplateError.
    """
    selection = select_next(config, gathered, newsletter, now=now)
    due = selection.due
    if newsletter not in gathered.history.seen:
        everything = (*selection.too_old, *selection.due, *selection.waiting)
        due = tuple(order_newest_first(everything)[: config.settings.newsletters[newsletter].max_posts])
    if not due:
        return NextIssue(posts=(), composed=None, documents={}, selection=selection)
    post_ids = [gathered.ids[post.source] for post in due]
    issues = [issue for issue in gathered.history.issues if issue.newsletter == newsletter]
    collected = collect_contents(
        config,
        gathered,
        newsletter=newsletter,
        number=max((issue.number for issue in issues), default=0) + 1,
        key=issue_key(newsletter, post_ids),
        post_ids=post_ids,
        issues=issues,
        now=now,
    )
    digest, documents = lay_out(collected.contents)
    composed = ComposedIssue(digest=digest, problems=collected.problems, parts=collected.parts)
    return NextIssue(posts=due, composed=composed, documents=documents, selection=selection)


def preview_issue(
    config: Config,
    gathered: Gathered,
    newsletter: str,
    *,
    now: datetime,
    folder: Path,
    lay_out: Callable[[Contents], LaidOut] = lay_out,
) -> PreviewedIssue:
    """Write the next issue of the newsletter to `folder` as `issue.eml`, `.html` and `.txt`; the state stays as it is.

    Raises OutputError, and what `compose_next` raises.
    """
    following = compose_next(config, gathered, newsletter, now=now, lay_out=lay_out)
    files = []
    # A mailing tool that looks for manifests must not take a preview for an issue.
    for name in sorted(following.documents.keys() - {"manifest.json"}):
        write_file_whole(folder / name, following.documents[name].encode())
        files.append(folder / name)
    return PreviewedIssue(
        newsletter=newsletter, composed=following.composed, files=tuple(files), selection=following.selection
    )
