"""The site at one moment, as the page shows it: issues, feeds, differences, findings, and what is broken."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from feeds.digest import MAX_BYTES
from feeds.errors import FeedsError
from feeds.models import Severity, Status
from feeds.publisher.build import compose_gathered
from feeds.publisher.check import list_findings
from feeds.publisher.diff import diff_composed
from feeds.publisher.digest import compose_next
from feeds.publisher.gather import gather_site
from feeds.publisher.request import read_config
from feeds.publisher.review import find_pictures, review_issue
from feeds.publisher.why import explain_absence, explain_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from feeds.config import Config
    from feeds.identity import Difference
    from feeds.models import Digest, Feed, Post, Problem
    from feeds.publisher.check import Finding
    from feeds.publisher.digest import NextIssue
    from feeds.publisher.gather import Gathered
    from feeds.publisher.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Why one post is where it is."""

    title: str
    source: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterView:
    """One newsletter's next issue. `digest` is None where nothing is new, or where `error` says why there is none.

    `html`, `text`, `headers` and `source` are as they would be handed over to a folder; `size` is the HTML's, in bytes.
    `problems` are what `feeds check --newsletter` finds in it, `pictures` the files of those that are in the folder.
    `behind` is what stays out although no issue has carried it, `settled` counts what went out or was marked as seen.
    """

    name: str
    error: str = ""
    digest: Digest | None = None
    html: str = ""
    text: str = ""
    headers: str = ""
    source: str = ""
    size: int = 0
    budget: int = MAX_BYTES
    problems: tuple[Problem, ...] = ()
    pictures: Mapping[str, Path] = field(default_factory=dict)
    included: tuple[Place, ...] = ()
    behind: tuple[Place, ...] = ()
    settled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """Everything on the page. `error` is what broke; the rest is then as it was before. `feeds_error` is the feeds'.

    `documents` are the feeds' files by their paths, `changes` how they differ from what is published, by the same.
    """

    error: str = ""
    title: str = ""
    newsletters: tuple[NewsletterView, ...] = ()
    feeds: tuple[Feed, ...] = ()
    feeds_error: str = ""
    documents: Mapping[str, bytes] = field(default_factory=dict)
    changes: Mapping[str, tuple[Difference, ...]] | None = None
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()


def view_site(request: Request, before: SiteView) -> Iterator[SiteView]:
    """The site as its files are now: first with new issues beside what else was there `before`, then all of it.

    Reading every feed back takes several times as long as composing an issue. Never raises a FeedsError: what is broken
    is said in the view.
    """
    try:
        config = read_config(request)
        gathered = gather_site(config, now=request.now)
    except FeedsError as error:
        yield replace(before, error=str(error))
        return
    newsletters = tuple(_view_newsletter(config, gathered, name, request) for name in config.settings.newsletters)
    view = replace(before, error="", title=config.site.title, newsletters=newsletters, findings=list_findings(config))
    yield view
    problems = [*gathered.problems, *(problem for newsletter in newsletters for problem in newsletter.problems)]
    view = replace(view, feeds=(), documents={}, changes=None, feeds_error="")
    try:
        composed = compose_gathered(config, gathered)
        problems += composed.problems
        feeds = tuple(composed.outputs.make_whole(feed) for feed in composed.feeds)
        view = replace(view, feeds=feeds, documents=composed.documents)
        view = replace(view, changes=diff_composed(config, composed).feeds)
    except FeedsError as error:
        view = replace(view, feeds_error=str(error))
    yield replace(view, problems=_sort_problems(problems))


def _view_newsletter(config: Config, gathered: Gathered, name: str, request: Request) -> NewsletterView:
    try:
        following = compose_next(config, gathered, name, now=request.now)
    except FeedsError as error:
        return NewsletterView(name=name, error=str(error))
    view = _explain_selection(config, gathered, name, following)
    if following.composed is None:
        return view
    message = following.documents["issue.eml"]
    html = following.documents["issue.html"]
    return replace(
        view,
        digest=following.composed.digest,
        html=html,
        text=following.documents["issue.txt"],
        headers=message.replace("\r\n", "\n").partition("\n\n")[0],
        source=message,
        size=len(html.encode()),
        problems=_sort_problems(review_issue(config, gathered, name, following.composed)),
        pictures=find_pictures(config, gathered, following.composed),
    )


def _explain_selection(config: Config, gathered: Gathered, name: str, following: NextIssue) -> NewsletterView:
    begun = name in gathered.history.seen
    first = "the newest posts: no issue has gone out yet, and `feeds send --first-run` decides"
    inside = {post.source for post in following.posts}
    included = [_place(post, "new: no issue has carried it" if begun else first) for post in following.posts]
    behind = []
    settled = 0
    mailed = gathered.history.seen.get(name, frozenset())
    for post in gathered.posts:
        if post.status is not Status.PUBLISHED:
            behind.append(_place(post, _explain_status(post)))
        elif gathered.ids[post.source] in mailed:
            settled += 1
        elif not post.in_feeds:
            behind.append(_place(post, explain_absence(post)))
        elif post.source not in inside:
            why = explain_place(config, gathered, post, name, following.selection)
            behind.append(_place(post, why if begun else f"not in the first issue; {why}"))
    return NewsletterView(name=name, included=tuple(included), behind=tuple(behind), settled=settled)


def _explain_status(post: Post) -> str:
    """`draft: true`, `scheduled: not before …`: the status is not said twice."""
    if post.reason.startswith(f"{post.status}:"):
        return post.reason
    return f"{post.status}: {post.reason}" if post.reason else post.status


def _place(post: Post, why: str) -> Place:
    return Place(title=post.title or post.source, source=post.source, why=why)


def _sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    order = list(Severity)
    return tuple(
        sorted(set(problems), key=lambda one: (order.index(one.severity), one.path or "", one.line or 0, one.message))
    )
