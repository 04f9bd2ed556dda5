"""The next issue mailed to one address, to be looked at where readers will; the state stays as it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds.delivery import make_test_transport
from feeds.digest import issue_url
from feeds.models import IssueState
from feeds.publisher.digest import compose_next, require_newsletter
from feeds.publisher.gather import gather_site
from feeds.state import open_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Digest, Problem, Receipt

MARK = "[test] "
STORED = frozenset({IssueState.COMPOSED, IssueState.DEFERRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The digest that was mailed and what the server said to it; both None if nothing is new."""

    digest: Digest | None
    receipt: Receipt | None
    problems: tuple[Problem, ...] = ()


def try_newsletter(config: Config, newsletter: str, *, to: str, now: datetime, environment: Mapping[str, str]) -> Tried:
    """Mail the next issue, or the one that waits to go out, to `to` alone, through the newsletter's own transport.

    Its subject is marked, and its key (and so its Message-ID) is another than the issue's: a mailbox that has seen a
    message drops its double. Raises ConfigError for a folder, DeliveryError, and what composing raises.
    """
    require_newsletter(config, newsletter)
    name = config.settings.newsletters[newsletter].transport
    transport = make_test_transport(config.for_mail, name, to=to, environment=environment)
    issues = open_ledger(config, read_only=True).issues
    problems: tuple[Problem, ...] = ()
    waiting = next((issue for issue in issues.list_all(newsletter) if issue.state in STORED), None)
    if waiting:
        digest = issues.read_digest(waiting)
    else:
        composed = compose_next(config, gather_site(config, now=now), newsletter, now=now).composed
        if composed is None:
            return Tried(digest=None, receipt=None)
        digest, problems = composed.digest, composed.problems
    key = hashlib.sha256(f"test {digest.key} {to} {now.isoformat()}".encode()).hexdigest()
    marked = replace(digest, subject=MARK + digest.subject, key=key)
    prepared = transport.prepare(marked, web_url=issue_url(config.for_mail, newsletter, digest.number))
    return Tried(digest=marked, receipt=transport.deliver(prepared, key), problems=problems)
