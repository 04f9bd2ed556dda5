"""What is left of a newsletter's issues on the web: their addresses, a page that lists them, entries for a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import NAMESPACE_OID, uuid5

from feeds.digest.subject import name_newsletter
from feeds.models import Entry
from feeds.theme import make_environment, make_language, render_template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.config import Config
    from feeds.models import Issue

FOLDER = "newsletters"


def issue_path(newsletter: str, number: int | None = None) -> str:
    """The path of an issue's web copy below the output, or of the page that lists all of them."""
    return f"{FOLDER}/{newsletter}/index.html" if number is None else f"{FOLDER}/{newsletter}/{number}/index.html"


def is_issue_path(path: str) -> bool:
    """Whether a path below the output is one of a newsletter's issues, their list or their feeds."""
    return path.startswith(f"{FOLDER}/")


def issue_url(config: Config, newsletter: str, number: int | None = None) -> str:
    """The address of that page. Raises ConfigError if the site's URL is not known."""
    return config.require_url() + quote(issue_path(newsletter, number).removesuffix("index.html"))


def archive_page(config: Config, *, newsletter: str, issues: Sequence[Issue], feed_url: str | None = None) -> bytes:
    """The page that lists `issues`, newest first, as an HTML document in UTF-8: the template `archive.html`.

    `feed_url` is the address of the feed that `issue_entries` are in. Raises TemplateError.
    """
    page = render_template(
        make_environment(config),
        "archive.html",
        title=name_newsletter(config, newsletter),
        entries=issue_entries(config, newsletter=newsletter, issues=issues),
        feed_url=feed_url,
    )
    return page.encode()


def issue_entries(config: Config, *, newsletter: str, issues: Sequence[Issue]) -> tuple[Entry, ...]:
    """One entry for each issue that was composed, newest first. Its id is made from the issue's key, for life."""
    language = make_language(config.site.language, config.site.timezone)
    entries = []
    for issue in sorted(issues, key=lambda one: one.number, reverse=True):
        if issue.composed_at is None:
            continue
        url = issue_url(config, newsletter, issue.number)
        summary = language.join([language.say("issue", issue.number), language.say("new_posts", len(issue.post_ids))])
        entries.append(
            Entry(
                id=uuid5(NAMESPACE_OID, issue.key).urn,
                source=issue_path(newsletter, issue.number),
                url=url,
                title=issue.subject or language.say("issue", issue.number),
                published=issue.composed_at,
                updated=issue.composed_at,
                summary=summary,
                content="",
                authors=config.site.authors,
                language=config.site.language,
            )
        )
    return tuple(entries)
