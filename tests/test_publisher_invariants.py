"""Whatever happens in whatever order, no post arrives twice unless a person said "again" of an unknown issue."""

import contextlib
import re
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings, strategies as st

from desks import NOW, Newsroom, make_posts
from feeds.errors import ConfigError, PermanentError, TemporaryError, UnknownOutcome
from feeds.models import IssueState, Receipt
from feeds.publisher.resolution import Decision, resolve_issue

# What the receiver says (None: thank you) and whether it has taken the issue: two things.
ANSWERS = {
    "taken": (None, True),
    "refused": (PermanentError("no"), False),
    "later": (TemporaryError("later"), False),
    "lost": (UnknownOutcome("lost"), False),
    "taken but lost": (UnknownOutcome("lost"), True),
    "died before": (KeyboardInterrupt(), False),
    "died after": (KeyboardInterrupt(), True),
}
STEPS = st.one_of(
    st.sampled_from(["post", "withdraw", "wait"]),
    st.tuples(st.just("run"), st.sampled_from(sorted(ANSWERS))),
    st.tuples(st.just("resolve"), st.sampled_from(list(Decision))),
)


class Receiver:
    """Takes issues and answers as the next of `script` says; `knows` makes it one that tells keys apart."""

    can_draft = False

    def __init__(self, *, knows):
        self.can_look_up = knows
        self.script = []
        self.taken = []

    def prepare(self, digest, *, web_url=None, draft=False):
        return f"{web_url} {draft} {digest.html}".encode()

    def deliver(self, prepared, key):
        answer, takes = self.script.pop() if self.script else (None, True)
        if takes and not self.look_up(prepared, key):
            self.taken.append((key, re.findall(r"https://example\.org/p\d+/", prepared.decode())))
        if answer is not None:
            raise answer
        return Receipt(reference="taken")

    def look_up(self, _prepared, key):
        known = self.can_look_up and any(key == one for one, _ in self.taken)
        return Receipt(reference="known") if known else None


def decide(room, decision, now):
    """Resolve whatever waits for a person; the posts of issues that were unknown and are to go out again."""
    risked = set()
    for issue in room.ledger.issues.list_all():
        with room.ledger.leases.hold() as lease, contextlib.suppress(ConfigError):
            resolve_issue(room.ledger, "weekly", issue.number, decision, lease=lease, now=now)
            if decision is Decision.AGAIN and issue.state in {IssueState.UNKNOWN, IssueState.SENDING}:
                risked |= set(issue.post_ids)
    return risked


@settings(max_examples=40)
@given(st.lists(STEPS, min_size=1, max_size=20), st.booleans())
def test_no_order_of_events_mails_a_post_twice(steps, knows):
    receiver = Receiver(knows=knows)
    with tempfile.TemporaryDirectory() as folder:
        room = Newsroom(Path(folder), url="sqlite://", open_transport=lambda _: receiver)
    room.posts = make_posts("p0")
    room.seed()
    now, risked = NOW, set()
    for step in steps:
        now += timedelta(minutes=1)
        if step == "post":
            room.posts += make_posts(f"p{len(room.posts)}")
        elif step == "withdraw":
            room.withdraw(room.posts[-1].title)
        elif step == "wait":
            now += timedelta(days=6)
        elif step[0] == "run":
            receiver.script = [ANSWERS[step[1]]]
            with contextlib.suppress(KeyboardInterrupt):
                room.run(now)
        else:
            risked |= decide(room, step[1], now)
    receiver.script = []
    room.run(now + timedelta(days=6))
    carried = Counter(post for _, posts in receiver.taken for post in posts)
    assert {post for post, count in carried.items() if count > 1} <= (set() if knows else risked)
    delivered = {
        post
        for issue in room.ledger.issues.list_all()
        if issue.state is IssueState.DELIVERED
        for post in issue.post_ids
    }
    said_so = any(step == ("resolve", Decision.SENT) for step in steps)
    assert said_so or delivered <= set(carried)
