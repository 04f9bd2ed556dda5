import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desks import NOW, Newsroom, Receiver, make_posts
from feeds.errors import ConfigError, PermanentError, TemporaryError, UnknownOutcome
from feeds.models import IssueState, Receipt, Remembered
from feeds.publisher.handover import Ending, next_attempt_at
from feeds.publisher.resolution import Decision, resolve_issue

MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(tmp_path):
    return Newsroom(tmp_path)


def with_receiver(tmp_path, receiver, toml=""):
    room = Newsroom(tmp_path, toml=toml, open_transport=lambda _name: receiver)
    room.posts = make_posts("a", "b")
    room.seed()
    return room


def resolve(room, number, decision, now=NOW):
    with room.ledger.leases.hold() as lease:
        return resolve_issue(room.ledger, "weekly", number, decision, lease=lease, now=now)


def outbox(room):
    return sorted(path.parent.name for path in room.config.root.glob("outbox/weekly/*/manifest.json"))


def test_a_newsletter_without_history_never_mails_by_itself(room):
    room.posts = make_posts("a", "b")
    mailing = room.last(at_once=True)
    assert (mailing.ending, outbox(room)) == (Ending.NEEDS_PERSON, [])
    assert "--first-run" in mailing.message


def test_seeding_marks_everything_as_seen_and_the_next_post_goes_out_alone(room):
    room.posts = make_posts("a", "b")
    assert room.last(first_run=0).ending is Ending.DONE
    assert outbox(room) == []
    assert room.last().message == "nothing new"
    room.posts += make_posts("c", published=NOW)
    room.run(NOW + MINUTE)
    manifest = json.loads((room.config.root / "outbox/weekly/1/manifest.json").read_text("utf-8"))
    assert manifest["post_ids"] == ["https://example.org/c/"]


def test_the_first_run_can_take_the_newest_few(room):
    room.posts = make_posts("a", "b", "c", "d")
    assert room.last(first_run=2).ending is Ending.DONE
    assert room.issue(1).post_ids == ("https://example.org/c/", "https://example.org/d/")
    with pytest.raises(ConfigError, match="has started already"):
        room.run(first_run=1)


def test_a_post_goes_out_once_however_often_it_is_asked_for(room):
    room.posts = make_posts("a", "b")
    room.seed()
    assert room.last().issue.state is IssueState.DELIVERED
    for minutes in range(1, 4):
        assert room.last(NOW + minutes * MINUTE).message == "nothing new"
    assert outbox(room) == ["1"]


def test_posts_beyond_max_posts_wait_and_the_oldest_go_first(tmp_path):
    room = Newsroom(tmp_path, toml='[newsletters.weekly]\nfrom = "x@example.org"\nmax_posts = 2\n')
    room.posts = make_posts("a", "b", "c")
    room.seed()
    room.run()
    room.run(NOW + MINUTE)
    assert [len(room.issue(n).post_ids) for n in (1, 2)] == [2, 1]
    assert room.issue(2).post_ids == ("https://example.org/c/",)


def test_a_flood_needs_a_person_and_then_passes(tmp_path):
    room = Newsroom(tmp_path, toml='[newsletters.weekly]\nfrom = "x@example.org"\nflood_limit = 2\n')
    room.posts = make_posts("a", "b", "c")
    room.seed()
    assert room.last().ending is Ending.NEEDS_PERSON
    assert outbox(room) == []
    assert room.last(flood=True).ending is Ending.DONE


def test_old_and_held_posts_stay_behind(room):
    room.posts = make_posts("old", published=NOW - timedelta(days=400)) + make_posts("held", "new")
    room.seed()
    held = Remembered(id="https://example.org/held/", source="held.md", url="", title="", fingerprint="", held=True)
    room.ledger.posts.remember([held], now=NOW)
    room.run()
    assert room.issue(1).post_ids == ("https://example.org/new/",)


def test_an_issue_waits_for_its_schedule_and_for_min_posts(tmp_path):
    toml = '[newsletters.weekly]\nfrom = "x@example.org"\nschedule = "mondays 09:00"\nmin_posts = 2\n'
    room = Newsroom(tmp_path, toml=toml)
    room.posts = make_posts("a")
    room.seed()
    monday = NOW
    assert "an issue takes 2" in room.last(monday).message
    room.posts = make_posts("a", "b")
    assert "not due before 2026-03-09 09:00" in room.last(monday + MINUTE).message
    assert room.last(monday + timedelta(days=9)).issue.state is IssueState.DELIVERED


def test_a_schedule_is_in_the_newsletters_own_zone(tmp_path):
    toml = '[newsletters.weekly]\nfrom = "x@example.org"\nschedule = "daily 09:00"\ntimezone = "Asia/Tokyo"\n'
    room = Newsroom(tmp_path, toml=toml)
    room.posts = make_posts("a")
    room.seed()
    room.run()
    assert "not due before 2026-03-03 00:00 UTC" in room.last(NOW + MINUTE).message


def test_a_person_may_send_before_the_schedule_does(tmp_path):
    room = Newsroom(tmp_path, toml='[newsletters.weekly]\nfrom = "x@example.org"\nschedule = "fridays 09:00"\n')
    room.posts = make_posts("a")
    room.seed()
    room.run()
    room.posts = make_posts("a", "b")
    assert "not due" in room.last(NOW + MINUTE).message
    assert room.last(NOW + MINUTE, at_once=True).issue.post_ids == ("https://example.org/b/",)


def test_an_issue_on_hold_waits_until_a_person_sends_it(tmp_path):
    room = Newsroom(tmp_path, toml='[newsletters.weekly]\nfrom = "x@example.org"\nhold = true\n')
    room.posts = make_posts("a")
    room.seed()
    for minutes in range(2):
        mailing = room.last(NOW + minutes * MINUTE)
        assert (mailing.ending, mailing.issue.state) == (Ending.NEEDS_PERSON, IssueState.COMPOSED)
    assert room.last(NOW + 2 * MINUTE, at_once=True).message == "nothing new"
    assert room.issue(1).state is IssueState.DELIVERED


def test_a_temporary_refusal_is_retried_later_with_the_same_bytes(tmp_path):
    receiver = Receiver(TemporaryError("451 greylisted"), TemporaryError("451 greylisted"))
    room = with_receiver(tmp_path, receiver)
    first = room.last()
    assert (first.ending, first.issue.state) == (Ending.TRY_LATER, IssueState.DEFERRED)
    room.posts += make_posts("c")
    assert len(receiver.offered) == 1
    assert room.last(NOW + MINUTE / 2).ending is Ending.TRY_LATER
    assert len(receiver.offered) == 1
    second = room.last(first.issue.retry_at)
    third = room.run(second.issue.retry_at)
    assert [mailing.issue.state for mailing in third] == [IssueState.DELIVERED, IssueState.DELIVERED]
    assert receiver.offered[0] == receiver.offered[1] == receiver.offered[2]
    assert len(receiver.arrived) == len(set(receiver.arrived)) == 2


def test_what_the_receiver_asks_to_wait_is_waited(tmp_path):
    receiver = Receiver(TemporaryError("429", retry_after=timedelta(hours=7)))
    room = with_receiver(tmp_path, receiver)
    room.run()
    assert room.issue(1).retry_at == NOW + timedelta(hours=7)


def test_no_receiver_silences_a_newsletter_for_longer_than_patience_lasts(tmp_path):
    receiver = Receiver(TemporaryError("429", retry_after=timedelta(days=36500)))
    room = with_receiver(tmp_path, receiver)
    room.run()
    assert room.issue(1).retry_at == NOW + timedelta(days=5)


def test_waits_grow_from_a_minute_to_four_hours_and_are_the_same_each_time():
    waits = [next_attempt_at("key", tries, NOW) - NOW for tries in range(1, 40)]
    assert MINUTE <= waits[0] <= 1.25 * MINUTE
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=4)
    assert waits == [next_attempt_at("key", tries, NOW) - NOW for tries in range(1, 40)]
    assert waits[:5] != [next_attempt_at("other", tries, NOW) - NOW for tries in range(1, 6)]


def test_patience_ends_after_five_days_and_a_person_may_start_over(tmp_path):
    receiver = Receiver(*[TemporaryError("451 not now")] * 20)
    room = with_receiver(tmp_path, receiver)
    now = NOW
    while room.last(now).ending is Ending.TRY_LATER:
        now += timedelta(hours=20)
    assert now - NOW == timedelta(hours=140)
    issue = room.issue(1)
    assert issue.state is IssueState.FAILED
    assert "given up after 5 days" in issue.reason
    resolve(room, 1, Decision.AGAIN, now)
    assert room.last(now).ending is Ending.TRY_LATER


def test_a_refusal_is_loud_in_every_run_and_holds_nothing_else_up(tmp_path):
    receiver = Receiver(PermanentError("550 no such list"))
    room = with_receiver(tmp_path, receiver)
    assert room.last().ending is Ending.FAILED
    room.posts += make_posts("c")
    failed, delivered = room.run(NOW + MINUTE)
    assert (failed.ending, failed.issue.number) == (Ending.FAILED, 1)
    assert "550 no such list" in failed.message
    assert delivered.issue.post_ids == ("https://example.org/c/",)


def test_an_unknown_outcome_is_never_tried_again_by_itself(tmp_path):
    receiver = Receiver(UnknownOutcome("dropped after the dot"))
    room = with_receiver(tmp_path, receiver)
    for minutes in range(3):
        assert room.run(NOW + minutes * MINUTE)[0].ending is Ending.NEEDS_PERSON
    assert len(receiver.offered) == 1


def test_an_unknown_outcome_is_looked_up_where_the_receiver_can_tell(tmp_path):
    receiver = Receiver(UnknownOutcome("timed out"), knows=True)
    room = with_receiver(tmp_path, receiver)
    room.run()
    room.run(NOW + MINUTE)
    assert room.issue(1).state is IssueState.DELIVERED
    assert len(receiver.arrived) == 1


@pytest.mark.parametrize(
    ("decision", "state", "offered"),
    [
        (Decision.SENT, IssueState.DELIVERED, 1),
        (Decision.AGAIN, IssueState.DELIVERED, 2),
        (Decision.CANCEL, IssueState.CANCELLED, 1),
    ],
)
def test_a_person_decides_what_became_of_an_unknown_issue(tmp_path, decision, state, offered):
    receiver = Receiver(UnknownOutcome("dropped after the dot"))
    room = with_receiver(tmp_path, receiver)
    room.run()
    resolve(room, 1, decision)
    assert room.last(NOW + MINUTE).message == "nothing new"
    assert (room.issue(1).state, len(receiver.offered)) == (state, offered)


def test_cancelling_before_anything_was_accepted_gives_the_posts_back(tmp_path):
    receiver = Receiver(PermanentError("552 too big"))
    room = with_receiver(tmp_path, receiver)
    room.run()
    assert "new again" in resolve(room, 1, Decision.CANCEL).message
    room.run(NOW + MINUTE)
    assert room.issue(2).post_ids == room.issue(2).post_ids
    assert [room.issue(n).state for n in (1, 2)] == [IssueState.CANCELLED, IssueState.DELIVERED]


def test_a_delivered_issue_is_beyond_any_decision(tmp_path):
    room = with_receiver(tmp_path, Receiver())
    room.run()
    for decision in Decision:
        with pytest.raises(ConfigError, match="is delivered"):
            resolve(room, 1, decision)
    with pytest.raises(ConfigError, match="has no issue 7"):
        resolve(room, 7, Decision.SENT)


def test_a_withdrawn_post_stops_its_issue_and_the_others_go_out_without_it(tmp_path):
    receiver = Receiver(TemporaryError("451"))
    room = with_receiver(tmp_path, receiver)
    room.run()
    room.withdraw("a")
    cancelled, delivered = room.run(NOW + timedelta(hours=1))
    assert cancelled.issue.state is IssueState.CANCELLED
    assert "https://example.org/a/" in cancelled.message
    assert delivered.issue.post_ids == ("https://example.org/b/",)
    assert all(b"example.org/a/" not in offer for offer in receiver.offered[1:])


def test_an_issue_that_a_crash_left_in_the_middle_is_unknown_where_nobody_can_tell(tmp_path):
    receiver = Receiver(KeyboardInterrupt())
    room = with_receiver(tmp_path, receiver)
    with pytest.raises(KeyboardInterrupt):
        room.run()
    assert room.issue(1).state is IssueState.SENDING
    assert room.run(NOW + MINUTE)[0].ending is Ending.NEEDS_PERSON
    assert room.issue(1).state is IssueState.UNKNOWN
    assert receiver.arrived == []


def test_an_issue_that_a_crash_left_in_the_middle_goes_out_where_the_receiver_has_nothing(tmp_path):
    receiver = Receiver(KeyboardInterrupt(), knows=True)
    room = with_receiver(tmp_path, receiver)
    with pytest.raises(KeyboardInterrupt):
        room.run()
    room.run(NOW + MINUTE)
    assert room.issue(1).state is IssueState.DELIVERED
    assert len(receiver.arrived) == 1


def test_edits_new_dates_and_renames_send_nothing_again(room):
    room.posts = make_posts("a", "b")
    room.seed()
    room.run()
    room.posts = tuple(
        replace(post, title="new", source=f"moved/{post.source}", published=NOW + timedelta(days=1))
        for post in room.posts
    )
    assert room.last(NOW + timedelta(days=2)).message == "nothing new"


@pytest.mark.parametrize("years", [-3, 3])
def test_a_clock_that_jumps_sends_nothing_twice(room, years):
    room.posts = make_posts("a")
    room.seed()
    room.run()
    room.run(NOW + timedelta(days=365 * years))
    room.run(NOW + MINUTE)
    assert outbox(room) == ["1"]


MONDAYS = '[newsletters.weekly]\nfrom = "x@example.org"\nschedule = "mondays 09:00"\n'


def test_a_clock_that_was_years_ahead_silences_no_newsletter(tmp_path):
    room = Newsroom(tmp_path, toml=MONDAYS)
    room.seed()
    room.run(NOW + timedelta(days=2000))
    room.posts = make_posts("a", published=NOW)
    assert "not due before 2026-03-09 09:00" in room.last(NOW + MINUTE).message
    assert room.last(NOW + timedelta(days=7)).issue.state is IssueState.DELIVERED
    assert room.last(NOW + timedelta(days=7) + MINUTE).issue is None


def test_a_clock_that_is_put_back_a_little_makes_no_second_issue(tmp_path):
    room = Newsroom(tmp_path, toml=MONDAYS)
    room.posts = make_posts("a")
    room.seed()
    assert room.last(NOW).issue.state is IssueState.DELIVERED
    room.posts += make_posts("b", published=NOW)
    before = NOW - timedelta(minutes=30)
    assert "not due before 2026-03-09 09:00" in room.last(before).message
    assert room.last(NOW).issue is None
    assert room.last(NOW + timedelta(days=7)).issue.state is IssueState.DELIVERED


def test_a_wait_from_a_clock_that_was_ahead_is_over(tmp_path):
    receiver = Receiver(TemporaryError("451"))
    room = with_receiver(tmp_path, receiver)
    room.run(NOW + timedelta(days=60))
    assert room.run(NOW)[0].issue.state is IssueState.DELIVERED
    assert len(receiver.arrived) == 1


@pytest.mark.parametrize(("day", "clock"), [("2026-03-29", "02:30"), ("2026-10-25", "02:30")])
@pytest.mark.parametrize("minutes", [20, 24 * 60])
def test_a_day_with_a_gap_or_a_fold_has_one_issue_however_often_cron_runs(tmp_path, day, clock, minutes):
    toml = f'[newsletters.weekly]\nfrom = "x@example.org"\nschedule = "daily {clock}"\ntimezone = "Europe/Berlin"\n'
    room = Newsroom(tmp_path, toml=toml, url="sqlite://")
    start = datetime.fromisoformat(f"{day}T00:00:00+00:00") - timedelta(hours=4)
    room.seed(start + timedelta(days=30))
    for step in range(0, 36 * 60, minutes):
        room.posts += make_posts(f"p{step}", published=start)
        room.run(start + timedelta(minutes=step), flood=True)
    days = [issue.claimed_at.date().isoformat() for issue in room.ledger.issues.list_all()]
    assert days.count(day) == 1
    assert len(days) == len(set(days))


def test_a_draft_is_refused_before_anything_is_claimed_where_there_are_none(room):
    room.posts = make_posts("a")
    room.seed()
    with pytest.raises(ConfigError, match="has no drafts"):
        room.run(draft=True, at_once=True)
    assert room.ledger.issues.list_all() == ()


class Busy(Receiver):
    """A receiver that is not done when it accepts; `tells` is what it says when it is asked, in turn."""

    can_draft = True

    def __init__(self, *tells, **rest):
        super().__init__(knows=True, **rest)
        self.tells = list(tells)
        self.drafts = []

    def prepare(self, digest, *, web_url=None, draft=False):
        self.drafts.append(draft)
        return super().prepare(digest, web_url=web_url)

    def deliver(self, prepared, key):
        return replace(super().deliver(prepared, key), settled=False)

    def look_up(self, _prepared, _key):
        told = self.tells.pop(0)
        if isinstance(told, Exception):
            raise told
        return told


def test_a_receiver_is_followed_over_runs_until_it_is_done(tmp_path):
    going = Receipt(reference="campaign 1", message="sent to 1 of 3", settled=False)
    done = Receipt(reference="campaign 1", message="sent to 3 of 3")
    room = with_receiver(tmp_path, Busy(going, done))
    room.run()
    assert len(room.run(NOW + MINUTE)) == 1
    assert room.issue(1).receipt == "campaign 1; sent to 1 of 3"
    followed, _ = room.run(NOW + 2 * MINUTE)
    assert (followed.ending, room.issue(1).receipt) == (Ending.DONE, "campaign 1; sent to 3 of 3")
    assert len(room.run(NOW + 3 * MINUTE)) == 1


def test_readers_that_were_left_out_need_a_person(tmp_path):
    room = with_receiver(tmp_path, Busy(Receipt(reference="campaign 1", trouble="2 of 3 readers got nothing")))
    room.run()
    followed, _ = room.run(NOW + MINUTE)
    assert followed.ending is Ending.NEEDS_PERSON
    assert "2 of 3 readers got nothing" in followed.message


def test_a_receiver_that_cannot_be_asked_is_asked_again(tmp_path):
    done = Receipt(reference="campaign 1", message="sent to 3 of 3")
    room = with_receiver(tmp_path, Busy(TemporaryError("no answer"), done))
    room.run()
    told = [room.run(NOW + minutes * MINUTE) for minutes in (1, 2)]
    assert [mailings[0].ending for mailings in told] == [Ending.TRY_LATER, Ending.DONE]
    assert "sent to 3 of 3" in told[1][0].message


def test_a_receiver_that_stops_on_its_way_is_told_of_in_every_run(tmp_path):
    paused = Receipt(reference="campaign 1", message="paused, sent to 1 of 3", settled=False, trouble="paused there")
    room = with_receiver(tmp_path, Busy(paused, paused))
    room.run()
    for minutes in (1, 2):
        followed, _ = room.run(NOW + minutes * MINUTE)
        assert (followed.ending, "paused there" in followed.message) == (Ending.NEEDS_PERSON, True)


def test_what_is_gone_from_its_receiver_is_told_of_once(tmp_path):
    room = with_receiver(tmp_path, Busy(None))
    room.run()
    followed, _ = room.run(NOW + MINUTE)
    assert (followed.ending, "look there" in followed.message) == (Ending.NEEDS_PERSON, True)
    assert [mailing.ending for mailing in room.run(NOW + 2 * MINUTE)] == [Ending.DONE]
    assert "look there" in room.issue(1).receipt


@pytest.mark.parametrize(("decision", "next_issue"), [(Decision.CANCEL, True), (Decision.SENT, False)])
def test_a_draft_that_a_person_threw_away_waits_for_a_word_on_its_posts(tmp_path, decision, next_issue):
    room = with_receiver(tmp_path, Busy(None, None))
    room.run(draft=True, at_once=True)
    for minutes in (1, 2):
        followed, _ = room.run(NOW + minutes * MINUTE)
        assert followed.ending is Ending.NEEDS_PERSON
        assert "`feeds resolve weekly/1 --cancel` makes its posts new again" in followed.message
    with pytest.raises(ConfigError, match="--again cannot change that"):
        resolve(room, 1, Decision.AGAIN)
    resolve(room, 1, decision)
    room.run(NOW + 3 * MINUTE)
    assert (room.issue(2) is not None) is next_issue
    if next_issue:
        assert room.issue(2).post_ids == ("https://example.org/a/", "https://example.org/b/")


def test_a_crash_is_looked_into_as_soon_as_the_receiver_can_be_asked(tmp_path):
    receiver = Busy(TemporaryError("no answer"), TemporaryError("no answer"), Receipt(reference="campaign 1"))
    receiver.script = [KeyboardInterrupt()]
    room = with_receiver(tmp_path, receiver)
    with pytest.raises(KeyboardInterrupt):
        room.run()
    endings = [room.run(NOW + minutes * MINUTE)[0].ending for minutes in (1, 2, 3)]
    assert endings == [Ending.TRY_LATER, Ending.TRY_LATER, Ending.DONE]
    assert room.issue(1).state is IssueState.DELIVERED
    assert len(receiver.offered) == 1


def test_a_draft_is_made_as_one_and_an_issue_that_was_made_to_be_sent_never_becomes_one(tmp_path):
    receiver = Busy()
    receiver.script = [TemporaryError("not now")]
    room = with_receiver(tmp_path, receiver)
    room.run()
    mailing = room.last(NOW + timedelta(hours=1), draft=True, at_once=True)
    assert (mailing.ending, len(receiver.offered)) == (Ending.NEEDS_PERSON, 1)
    resolve(room, 1, Decision.CANCEL)
    room.run(NOW + timedelta(hours=2), draft=True, at_once=True)
    assert room.issue(2).draft
    assert receiver.drafts == [False, True]
