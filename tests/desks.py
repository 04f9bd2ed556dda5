"""A newsletter's desk over a real ledger and real transports, with posts and digests made on the spot."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from digests import make_config, make_digest
from feeds.delivery import make_transport
from feeds.models import Post, Receipt, Status
from feeds.publisher.desk import Desk
from feeds.publisher.mailing import Wish, mail_newsletter
from feeds.selection import select_new
from feeds.state import Ledger

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def make_posts(*names, published=NOW - timedelta(days=1)):
    """A published post for each name; its id is its address."""
    return tuple(
        Post(
            source=f"{name}.md",
            status=Status.PUBLISHED,
            title=name,
            published=published + timedelta(seconds=i),
            url=f"https://example.org/{name}/",
        )
        for i, name in enumerate(names)
    )


class Newsroom:
    """One site and its newsletter `weekly`; each `run` is what one process would do."""

    def __init__(self, root, *, toml="", url=None, open_transport=None, environment=None, seconds=600.0):
        self.config = make_config(root, toml)
        self.url = url or f"sqlite:///{root}/.feeds/state.db"
        self.ledger = Ledger(self.url)
        self.open_transport = open_transport or (
            lambda name: make_transport(self.config, name, environment=environment or {})
        )
        self.posts = ()
        self.seconds = seconds

    @contextmanager
    def desk(self, now):
        ids = {post.source: post.url for post in self.posts}
        settings = self.config.settings.newsletters
        with self.ledger.leases.hold(seconds=self.seconds) as lease:
            yield Desk(
                newsletter="weekly",
                settings=settings["weekly"],
                zone=self.config.zone_of("weekly"),
                ledger=self.ledger,
                lease=lease,
                now=now,
                ids=ids,
                published=frozenset(ids[post.source] for post in self.posts if post.status is Status.PUBLISHED),
                select=lambda history: select_new(
                    [post for post in self.posts if post.status is Status.PUBLISHED],
                    ids=ids,
                    newsletter="weekly",
                    settings=settings,
                    authors={},
                    language="en",
                    history=history,
                    now=now,
                ),
                compose=lambda number, key, post_ids: make_digest(
                    " ".join(post_ids), posts=post_ids, number=number, key=key, date=now
                ),
                open_transport=self.open_transport,
                web_url=lambda number: f"https://example.org/newsletters/weekly/{number}/",
                publish=lambda _issue: True,
            )

    def seed(self, now=NOW):
        with self.desk(now) as desk:
            self.ledger.issues.seed("weekly", (), lease=desk.lease, now=now - timedelta(days=30))

    def run(self, now=NOW, **wish):
        with self.desk(now) as desk:
            return mail_newsletter(desk, Wish(**wish))

    def last(self, now=NOW, **wish):
        return self.run(now, **wish)[-1]

    def issue(self, number):
        return self.ledger.issues.get("weekly", number)

    def withdraw(self, *names):
        self.posts = tuple(replace(post, status=Status.DRAFT) if post.title in names else post for post in self.posts)


class Receiver:
    """A transport that answers as it is told: each item of `script` is raised, or accepted if it is None.

    It counts what arrived, as a reader would. `knows` makes it one that can be looked up by key.
    """

    can_draft = False

    def __init__(self, *script, knows=False):
        self.script = list(script)
        self.can_look_up = knows
        self.arrived = []
        self.offered = []

    def prepare(self, digest, *, web_url=None, draft=False):
        assert not draft
        return f"{digest.subject}|{web_url}|{digest.html}".encode()

    def deliver(self, prepared, key):
        self.offered.append(prepared)
        answer = self.script.pop(0) if self.script else None
        if answer is not None:
            raise answer
        self.arrived.append(key)
        return Receipt(reference="taken", message="thank you")

    def look_up(self, _prepared, key):
        return Receipt(reference="known") if self.can_look_up and key in self.arrived else None
