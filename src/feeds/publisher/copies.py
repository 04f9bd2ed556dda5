"""What stays of mailed issues on the web: a page for each, a page that lists them, and a feed of them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.feed import FeedFiles, build_entry_feed
from feeds.models import IssueState
from feeds.selection import FeedPlan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feeds.config import Config
    from feeds.models import Feed, Issue
    from feeds.state import Ledger

NOT_MAILED = frozenset({IssueState.CLAIMED, IssueState.COMPOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The files that issues leave on the web, by the path below the output, and the feeds of issues among them."""

    files: Mapping[str, bytes]
    feeds: tuple[Feed, ...]


def collect_copies(config: Config, ledger: Ledger, issues: Iterable[Issue], *, leaving: Issue | None = None) -> Copies:
    """What those of `issues` leave that readers may have, and `leaving`, which they are about to get.

    A page is made from the digest that was stored with its issue, so it stays byte for byte what it was when its mail
    went out. Raises ConfigError without a site URL, TemplateError, StateError.
    """
    from feeds.digest import archive_page, issue_path

    shown: dict[str, list[Issue]] = {}
    for issue in issues:
        if _may_be_read(issue) or (
            leaving and (issue.newsletter, issue.number) == (leaving.newsletter, leaving.number)
        ):
            shown.setdefault(issue.newsletter, []).append(issue)
    first_url = ledger.first_address.read()
    feeds = {name: _build_issue_feed(config, name, found, first_url) for name, found in shown.items()}
    lists = {
        issue_path(name): archive_page(
            config,
            newsletter=name,
            issues=found,
            feed_url=feeds[name].urls.get("atom"),
        )
        for name, found in shown.items()
    }
    documents = FeedFiles(tuple(feeds.values()), max_bytes=config.settings.feeds.max_bytes)
    pages = _Pages(ledger, [issue for found in shown.values() for issue in found])
    return Copies(files=ChainMap(lists, documents, pages), feeds=tuple(feeds.values()))  # type: ignore[arg-type] # nothing writes to it


class _Pages(Mapping[str, bytes]):
    """The issues' own pages, each made when it is asked for: the ledger may hold the mails of many years."""

    def __init__(self, ledger: Ledger, issues: Iterable[Issue]) -> None:
        from feeds.digest import issue_path

        self._ledger = ledger
        self._issues = {issue_path(issue.newsletter, issue.number): issue for issue in issues}

    def __getitem__(self, path: str) -> bytes:
        from feeds.digest import web_copy

        return web_copy(self._ledger.issues.read_digest(self._issues[path]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._issues)

    def __len__(self) -> int:
        return len(self._issues)


def _may_be_read(issue: Issue) -> bool:
    """Whether the issue may have reached somebody: it was tried, and was not called off while that was impossible.

    An issue that is cancelled gives its posts back only if it has certainly reached nobody.
    """
    return issue.composed_at is not None and issue.state not in NOT_MAILED and bool(issue.post_ids)


def _build_issue_feed(config: Config, newsletter: str, issues: Sequence[Issue], first_url: str | None) -> Feed:
    from feeds.digest import issue_entries, issue_path, issue_url, name_newsletter

    entries = issue_entries(config, newsletter=newsletter, issues=issues)
    title = name_newsletter(config, newsletter)
    plan = FeedPlan(
        kind="newsletter",
        name=newsletter,
        path=issue_path(newsletter).removesuffix("/index.html"),
        title=title,
        description=title,
        home_page_url=issue_url(config, newsletter),
        posts=(),
        total=len(entries),
    )
    return build_entry_feed(config, plan, entries[: config.settings.feeds.limit], first_url=first_url)
