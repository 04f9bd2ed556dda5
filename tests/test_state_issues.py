import threading
import tracemalloc
from datetime import UTC, datetime

import pytest

from digests import make_config, make_digest
from feeds.errors import LockedError, StateError
from feeds.models import IssueState, Receipt
from feeds.state import Ledger, Outcome, issue_key, locate_state, open_ledger

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def ledger(state_url):
    return Ledger(state_url)


@pytest.fixture
def lease(ledger):
    with ledger.leases.hold() as lease:
        ledger.issues.seed("weekly", ["seen"], lease=lease, now=NOW)
        yield lease


def claim(ledger, lease, *ids, newsletter="weekly"):
    return ledger.issues.claim(newsletter, ids, lease=lease, now=NOW)


def compose(ledger, lease, *ids):
    issue = claim(ledger, lease, *ids)
    digest = make_digest(posts=issue.post_ids, number=issue.number, key=issue.key)
    return ledger.issues.store(
        issue, digest=digest, prepared=b"\x00bytes\xff", transport="folder", lease=lease, now=NOW
    )


def test_a_key_depends_on_the_newsletter_and_the_posts_but_not_on_their_order():
    assert issue_key("a", ["x", "y"]) == issue_key("a", ["y", "x"])
    assert (
        len({issue_key("a", ["x", "y"]), issue_key("b", ["x", "y"]), issue_key("a", ["xy"]), issue_key("a", ["x"])})
        == 4
    )


def test_one_post_is_claimed_by_one_issue_of_a_newsletter(ledger, lease):
    first = claim(ledger, lease, "a", "b")
    assert (first.number, first.state, first.post_ids) == (1, IssueState.CLAIMED, ("a", "b"))
    assert claim(ledger, lease, "b", "c") is None
    assert claim(ledger, lease, "seen") is None
    assert claim(ledger, lease, "c").number == 2


def test_a_post_may_go_out_in_two_newsletters(ledger, lease):
    ledger.issues.seed("monthly", [], lease=lease, now=NOW)
    assert claim(ledger, lease, "a").key != claim(ledger, lease, "a", newsletter="monthly").key


def test_a_newsletter_without_history_claims_nothing(ledger, lease):
    with pytest.raises(StateError, match="has no history"):
        claim(ledger, lease, "a", newsletter="new")
    assert "new" not in ledger.read_history().seen


def test_racers_for_overlapping_posts_leave_each_post_in_one_issue(ledger, lease):
    won = []

    def race(start):
        won.append(claim(ledger, lease, *(f"p{start + i}" for i in range(3))))

    threads = [threading.Thread(target=race, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    carried = [post for issue in won if issue for post in issue.post_ids]
    assert len(carried) == len(set(carried)) >= 3
    assert sorted(issue.number for issue in won if issue) == list(range(1, len(carried) // 3 + 1))


def test_what_was_composed_comes_back_byte_for_byte(ledger, lease):
    issue = compose(ledger, lease, "a", "b")
    assert ledger.issues.read_prepared(issue) == b"\x00bytes\xff"
    assert ledger.issues.read_digest(issue) == make_digest(posts=("a", "b"), key=issue.key)
    assert issue.subject == "The week"


def test_an_issue_that_is_not_composed_has_no_bytes(ledger, lease):
    with pytest.raises(StateError, match="has not been composed"):
        ledger.issues.read_prepared(claim(ledger, lease, "a"))


def test_an_attempt_is_on_record_before_it_ends(ledger, lease):
    attempt = ledger.attempts.start(compose(ledger, lease, "a"), lease=lease, now=NOW)
    issue = ledger.issues.get("weekly", 1)
    assert issue.state is IssueState.SENDING
    assert ledger.attempts.list_all(issue) == (attempt,)
    assert ledger.attempts.finish(attempt, Outcome.ACCEPTED, message="", now=NOW, receipt=Receipt(reference="q1"))
    issue = ledger.issues.get("weekly", 1)
    assert (issue.state, issue.receipt, issue.delivered_at) == (IssueState.DELIVERED, "q1", NOW)


def test_of_two_that_start_one_issue_the_second_is_refused(ledger, lease):
    issue = compose(ledger, lease, "a")
    ledger.attempts.start(issue, lease=lease, now=NOW)
    with pytest.raises(LockedError, match="no longer composed"):
        ledger.attempts.start(issue, lease=lease, now=NOW)


def test_no_way_leads_out_of_a_delivered_issue(ledger, lease):
    attempt = ledger.attempts.start(compose(ledger, lease, "a"), lease=lease, now=NOW)
    ledger.attempts.finish(attempt, Outcome.ACCEPTED, message="", now=NOW)
    issue = ledger.issues.get("weekly", 1)
    for state in IssueState:
        with pytest.raises(StateError, match="is delivered and cannot become"):
            ledger.issues.move(issue, state, lease=lease)
    assert not ledger.attempts.finish(attempt, Outcome.REFUSED, message="late", now=NOW)
    assert ledger.issues.get("weekly", 1).state is IssueState.DELIVERED


def test_who_made_the_attempt_knows_better_than_who_gave_it_up(ledger, lease):
    attempt = ledger.attempts.start(compose(ledger, lease, "a"), lease=lease, now=NOW)
    ledger.attempts.finish(attempt, Outcome.UNKNOWN, message="interrupted", now=NOW)
    assert ledger.attempts.finish(attempt, Outcome.ACCEPTED, message="", now=NOW)
    assert ledger.issues.get("weekly", 1).state is IssueState.DELIVERED


def test_the_outcome_of_an_old_attempt_does_not_touch_a_new_one(ledger, lease):
    old = ledger.attempts.start(compose(ledger, lease, "a"), lease=lease, now=NOW)
    ledger.attempts.finish(old, Outcome.DEFERRED, message="", now=NOW, retry_at=NOW)
    ledger.attempts.start(ledger.issues.get("weekly", 1), lease=lease, now=NOW)
    assert not ledger.attempts.finish(old, Outcome.REFUSED, message="late", now=NOW)
    assert ledger.issues.get("weekly", 1).state is IssueState.SENDING


@pytest.mark.parametrize(
    ("outcome", "freed"), [(Outcome.DEFERRED, True), (Outcome.REFUSED, True), (Outcome.UNKNOWN, False)]
)
def test_a_cancelled_issue_gives_its_posts_back_only_if_nobody_can_have_them(ledger, lease, outcome, freed):
    attempt = ledger.attempts.start(compose(ledger, lease, "a"), lease=lease, now=NOW)
    ledger.attempts.finish(attempt, outcome, message="", now=NOW)
    assert ledger.attempts.cancel(ledger.issues.get("weekly", 1), "why not", lease=lease) is freed
    again = claim(ledger, lease, "a")
    assert (again is not None) is freed
    if again:
        assert (again.number, again.key) == (2, ledger.issues.get("weekly", 1).key)


def test_seeding_twice_adds_only_what_is_new(ledger, lease):
    ledger.issues.seed("weekly", ["seen", "more"], lease=lease, now=NOW)
    assert ledger.read_history().seen == {"weekly": frozenset({"seen", "more"})}


def test_history_is_what_was_written(ledger, lease):
    issue = compose(ledger, lease, "b", "a")
    history = ledger.read_history()
    assert history.seen["weekly"] == {"seen", "a", "b"}
    assert history.issues == (issue,)


def test_a_list_of_issues_does_not_read_the_mails(ledger, lease):
    issue = claim(ledger, lease, "a")
    digest = make_digest(posts=issue.post_ids, number=issue.number, key=issue.key)
    large = b"x" * 20_000_000
    ledger.issues.store(issue, digest=digest, prepared=large, transport="folder", lease=lease, now=NOW)
    tracemalloc.start()
    assert len(ledger.read_history().issues) == 1
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < len(large) / 4


def test_a_site_keeps_its_ledger_where_feeds_toml_says(tmp_path):
    config = make_config(tmp_path)
    assert locate_state(config) == f"sqlite:///{tmp_path}/.feeds/state.db"
    config = make_config(tmp_path, '[state]\nurl = "sqlite:///kept/ledger.db"\n')
    assert locate_state(config) == f"sqlite:///{tmp_path}/kept/ledger.db"
    open_ledger(config).close()
    assert (tmp_path / "kept/ledger.db").exists()
    config = make_config(tmp_path, '[state]\nurl = "postgresql://feeds@db/feeds"\n')
    assert locate_state(config) == "postgresql://feeds@db/feeds"
