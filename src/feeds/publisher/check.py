"""Everything that a person should know before anything is published; nothing is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds.config import describe_origin
from feeds.feed import build_feed, discovery_links
from feeds.loader import find_notebooks
from feeds.models import Problem, Severity
from feeds.publisher.entries import render_entries
from feeds.publisher.gather import gather_site
from feeds.publisher.tally import sum_up
from feeds.selection import select_feeds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Status


STAND_IN = "https://site.invalid/"  # an address that belongs to nobody (RFC 2606), to look at posts before there is one


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A setting in force: its key in feeds.toml, its value as text, and where it came from."""

    key: str
    value: str
    origin: str

    @property
    def remark(self) -> str:
        """The origin in words, to stand in brackets."""
        return describe_origin(self.origin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The settings in force, how many posts have which status, and all problems."""

    findings: tuple[Finding, ...]
    statuses: Mapping[Status, int]
    problems: tuple[Problem, ...]


def check_site(config: Config, *, now: datetime) -> Checked:
    """Load and render every published post, and collect what is wrong. Raises ConfigError and StateError only."""
    findings, problems = list_findings(config), []
    if config.site.url is None:
        problems.append(
            Problem(
                message='site.url is not known; write `url = "https://…"` under [site] in feeds.toml before you build',
                severity=Severity.WARNING,
            )
        )
        config = replace(config, site=replace(config.site, url=STAND_IN))
    gathered = gather_site(config, now=now)
    rendered = render_entries(config, gathered, gathered.published)
    problems += [*gathered.problems, *rendered.problems, *select_feeds(config, gathered.posts).problems]
    problems = [*sum_up(problems, notes=True), *find_notebooks(config)]
    statuses = Counter(post.status for post in gathered.posts)
    return Checked(findings=findings, statuses=dict(sorted(statuses.items())), problems=tuple(problems))


def find_site_feed(config: Config, *, now: datetime) -> str:
    """The `<link rel="alternate">` lines of the site's own feed. Raises ConfigError without a site URL."""
    plan = select_feeds(config, gather_site(config, now=now).posts).plans[0]
    return discovery_links(build_feed(config, plan, {}))


def list_findings(config: Config) -> tuple[Finding, ...]:
    """The settings that a site has in any case, those without a value left out."""
    route = config.findings.route
    values = {
        "posts.convention": config.site.convention,
        "posts.path": ", ".join(path or "." for path in config.posts),
        "posts.permalink": config.settings.posts.permalink or (route and f"{route}…"),
        "site.title": config.site.title,
        "site.url": config.site.url,
        "site.description": config.site.description,
        "site.language": config.site.language,
        "site.timezone": config.site.timezone,
        "site.author": ", ".join(author.name for author in config.site.authors),
    }
    return tuple(
        Finding(key=key, value=value, origin=config.origins.get(key, "default"))
        for key, value in values.items()
        if value
    )
