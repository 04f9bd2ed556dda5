"""What is left of a newsletter's issues on the web: a page that lists them, entries for a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

from feeds.digest.paths import issue_path, issue_url
from feeds.digest.subject import name_newsletter
from feeds.models import Entry
from feeds.theme import make_environment, make_language, render_template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.config import Config
    from feeds.models import Issue


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
