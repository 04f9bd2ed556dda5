"""The next issue of a newsletter under its author's eyes: what to look at before it is mailed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds.config import find_line
from feeds.config.resolve import is_loopback
from feeds.digest import follow_scheme, review_digest
from feeds.models import Problem, Severity
from feeds.publisher.digest import compose_next
from feeds.publisher.gather import gather_site
from feeds.render import Renderer, Reviewer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from feeds.config import Config
    from feeds.models import Digest
    from feeds.publisher.digest import ComposedIssue
    from feeds.publisher.gather import Gathered

# These receivers put the address in that unsubscribes a reader; the others are told one.
OWN_UNSUBSCRIBE = frozenset({"listmonk", "buttondown"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What was found in the next issue, and its digest: None if nothing is new."""

    digest: Digest | None
    problems: tuple[Problem, ...]


def review_newsletter(config: Config, newsletter: str, *, now: datetime) -> Reviewed:
    """The next issue of the newsletter, looked over. Raises ConfigError, TemplateError, PostError, StateError."""
    gathered = gather_site(config, now=now)
    composed = compose_next(config, gathered, newsletter, now=now).composed
    if composed is None:
        return Reviewed(digest=None, problems=())
    return Reviewed(digest=composed.digest, problems=review_issue(config, gathered, newsletter, composed))


def review_issue(config: Config, gathered: Gathered, newsletter: str, composed: ComposedIssue) -> tuple[Problem, ...]:
    """Everything that is wrong with an issue: in its posts by file and line, then in the mail as a whole."""
    reviewer = Reviewer(config, gathered.posts, Renderer(config, gathered.posts))
    found = [problem for post, entry in composed.parts for problem in reviewer.review(post, entry)]
    whole = [*review_digest(composed.digest, config.settings.newsletters[newsletter])]
    whole += [*_review_site(config), *_review_transport(config, newsletter)]
    return (*composed.problems, *found, *_place(config, newsletter, whole))


def find_pictures(config: Config, gathered: Gathered, composed: ComposedIssue) -> dict[str, Path]:
    """The files of the issue's pictures that are in the site's folder, by the addresses that the mail has for them."""
    site = config.for_mail.require_url()
    reviewer = Reviewer(config, gathered.posts, Renderer(config, gathered.posts))
    return {
        follow_scheme(url, site): file for part in composed.parts for url, file in reviewer.find_pictures(*part).items()
    }


def _review_site(config: Config) -> Iterator[Problem]:
    url = config.for_mail.require_url()
    if url.startswith("http:") and not is_loopback(url):
        secure = url.replace("http:", "https:", 1)
        yield Problem(
            message=f"every link of the mail to {url} is http:, which filters count against it and browsers warn of; "
            f'if the site has it, write `url = "{secure}"` under [site] (the ids of its posts stay)',
            severity=Severity.WARNING,
        )


def _review_transport(config: Config, newsletter: str) -> Iterator[Problem]:
    name = config.settings.newsletters[newsletter].transport
    transport = config.settings.transports.get(name)
    if transport is not None and transport.kind in OWN_UNSUBSCRIBE:
        return
    if getattr(transport, "unsubscribe", None) is None:
        setting = f"transports.{name}.unsubscribe" if transport else "a transport with `unsubscribe`"
        yield Problem(
            message=f"readers unsubscribe by a mail to the sender; set {setting} if there is an address that does it",
            severity=Severity.WARNING,
        )


def _place(config: Config, newsletter: str, problems: list[Problem]) -> list[Problem]:
    """The problems on the line where the newsletter's settings begin, if they are in a file."""
    prefix = f"newsletters.{newsletter}."
    origins = {origin for key, origin in config.origins.items() if key.startswith(prefix)}
    path = next((origin for origin in sorted(origins) if (config.root / origin).is_file()), None)
    line = find_line(config.root / path, prefix.rstrip(".")) if path else None
    return [replace(problem, path=path, line=line) for problem in problems]
