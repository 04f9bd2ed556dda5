"""An issue that is shown again is what composing it again would make; nothing is composed as long as that is sure."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cli_sites import NOW, TOML, WEEKLY, feeds, make_site, snapshot, write_post
from feeds.cache.answers import Answer, Dated, recall

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RECORD = ".feeds-digest.json"
MONTHLY = '[newsletters.monthly]\nfrom = "Blog <news@blog.example>"\nmax_posts = 1\n'
LATER = "2026-03-02T11:30:00+02:00"


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site", "one", "two", toml=TOML + WEEKLY)


def is_known(site, *arguments, now=NOW):
    """Whether the program would show the issues without composing them."""
    return isinstance(recall(["digest", "--site", str(site), "--now", now, *arguments], {}), Dated)


def read_issues(folder):
    return {path: content for path, (content, _) in snapshot(folder).items() if not path.endswith(RECORD)}


def test_an_issue_is_shown_again_with_the_date_of_the_day_and_in_the_same_words(site):
    first = feeds(site, "digest")
    before = read_issues(site / "preview")
    assert is_known(site, now=LATER)
    assert feeds(site, "digest", now=LATER) == first
    after = read_issues(site / "preview")
    assert [path for path in before if before[path] != after[path]] == ["weekly/issue.eml"]
    old, new = (message_from_bytes(one["weekly/issue.eml"], policy=policy.strict) for one in (before, after))
    assert (old["Date"], new["Date"]) == ("Mon, 02 Mar 2026 09:00:00 +0000", "Mon, 02 Mar 2026 11:30:00 +0200")
    (site / "preview" / RECORD).unlink()
    assert feeds(site, "digest", now=LATER) == first
    assert read_issues(site / "preview") == after


def test_only_the_place_of_previews_has_a_record_beside_the_issues(site, tmp_path):
    feeds(site, "digest", "weekly", "--output", tmp_path / "elsewhere")
    assert sorted(snapshot(tmp_path / "elsewhere")) == ["issue.eml", "issue.html", "issue.txt"]
    assert not (site / "preview").exists()
    feeds(site, "digest", "weekly")
    assert sorted(snapshot(site / "preview/weekly")) == ["issue.eml", "issue.html", "issue.txt"]
    assert sorted(path.name for path in (site / "preview").iterdir()) == [RECORD, "weekly"]


def test_showing_an_issue_changes_nothing_but_previews(site):
    feeds(site, "build")
    before = {path: known for path, known in snapshot(site).items() if not path.startswith("preview/")}
    feeds(site, "digest")
    feeds(site, "digest")
    assert {path: known for path, known in snapshot(site).items() if not path.startswith("preview/")} == before


def test_nothing_is_kept_where_nothing_is_new(site):
    feeds(site, "send", "weekly", "--first-run", "seed")
    assert feeds(site, "digest").out == "weekly: nothing new\n"
    assert not (site / "preview").exists()


def test_each_question_has_its_own_answer(site):
    feeds(site, "digest")
    assert is_known(site)
    assert not is_known(site, "weekly")
    assert not is_known(site, "--json")
    assert not is_known(site, "--set", "newsletters.weekly.accent=#112233")
    assert not is_known(site, "weekly", "monthly")
    feeds(site, "digest", "weekly", "--json")
    assert is_known(site, "weekly", "--json")
    assert not is_known(site)


@pytest.mark.parametrize(
    ("change", "until"),
    [
        (lambda _site: None, datetime(2026, 3, 3, tzinfo=UTC)),
        (lambda site: write_post(site, "three", date="2026-03-02T13:00:00Z"), datetime(2026, 3, 2, 13, tzinfo=UTC)),
        (
            lambda site: write_post(site, "three", date="2026-02-20", expires="2026-03-02T13:00:00Z"),
            datetime(2026, 3, 2, 13, tzinfo=UTC),
        ),
        (
            lambda site: (
                write_post(site, "three", date="2026-01-31T14:00:00Z"),
                (site / "feeds.toml").write_text(TOML + WEEKLY + "max_age = 30\n", "utf-8"),
            ),
            datetime(2026, 3, 2, 14, tzinfo=UTC),
        ),
        (
            lambda site: (site / "feeds.toml").write_text(
                TOML.replace("[site]", '[site]\ntimezone = "Asia/Tokyo"') + WEEKLY, "utf-8"
            ),
            datetime(2026, 3, 2, 15, tzinfo=UTC),
        ),
    ],
    ids=["day", "schedule", "expiry", "age", "zone"],
)
def test_an_issue_is_composed_anew_once_time_changes_more_than_its_date(site, change, until):
    change(site)
    feeds(site, "digest")
    assert is_known(site, now=(until - timedelta(seconds=1)).isoformat())
    assert not is_known(site, now=until.isoformat())
    assert not is_known(site, now=(START - timedelta(seconds=1)).isoformat())


def test_a_day_on_which_the_clocks_change_is_not_told_by_its_midnight(site):
    toml = TOML.replace("[site]", '[site]\ntimezone = "Europe/Berlin"') + WEEKLY
    (site / "feeds.toml").write_text(toml, "utf-8")
    feeds(site, "digest", now="2026-10-24T23:30:00Z")
    assert not is_known(site, now="2026-10-24T23:30:01Z")
    feeds(site, "digest", now="2026-10-25T09:30:00Z")
    assert is_known(site, now="2026-10-25T09:30:01Z")


@pytest.mark.parametrize(
    "change",
    [
        lambda site: write(site / "templates/feeds/digest.txt", "{{ issue.date }}"),
        lambda site: write(site / "feeds.toml", TOML + WEEKLY + 'subject = "{{ number }}, {{ date }}"\n'),
        lambda site: write(site / "newsletters/weekly/next.md", "It is {{ page.date }}."),
        lambda site: write(site / "feeds.toml", TOML + WEEKLY + '[state]\nurl = "sqlite://"\n'),
        lambda site: write(site / "feeds.toml", TOML.replace('"posts"', '"../posts"') + WEEKLY),
    ],
    ids=["template", "subject", "introduction", "database", "outside"],
)
def test_an_issue_that_may_say_what_time_it_is_or_is_made_from_what_nobody_watches_is_always_composed(site, change):
    shutil.copytree(site / "posts", site.parent / "posts")
    change(site)
    assert feeds(site, "digest").status == 0
    assert (site / "preview/weekly/issue.eml").exists()
    assert not is_known(site)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "issue.eml").unlink(),
        lambda folder: write(folder / "issue.eml", "Date: none"),
        lambda folder: write(folder / "issue.html", "<p>mine"),
        lambda folder: (folder / "issue.txt").unlink(),
        lambda folder: write(folder / "notes.txt", "mine"),
        lambda folder: (folder / "issue.eml").write_bytes((folder / "issue.eml").read_bytes() + b"more\r\n"),
        lambda folder: write(folder.parent / RECORD, "{}"),
        lambda folder: write(folder.parent / RECORD, (folder.parent / RECORD).read_text().replace("Two", "Six")),
    ],
    ids=["message", "other message", "html", "text", "beside", "longer", "record", "words"],
)
def test_whoever_lays_hands_on_a_preview_gets_it_whole_again(site, spoil):
    expected = feeds(site, "digest")
    issue = read_issues(site / "preview")
    spoil(site / "preview/weekly")
    assert feeds(site, "digest") == expected
    assert issue.items() <= read_issues(site / "preview").items()


def test_a_message_that_cannot_be_written_is_one_line(site):
    feeds(site, "digest")
    (site / "preview/weekly/.issue.eml.feeds-tmp").mkdir()
    known = feeds(site, "digest", now=LATER)
    assert (known.status, known.out) == (1, "")
    assert re.fullmatch(r"feeds: \S+/issue.eml: cannot be written \(.*\n", known.err)


def test_a_build_does_not_mind_what_is_kept_of_previews(site):
    feeds(site, "digest")
    built = feeds(site, "build")
    (site / "preview" / RECORD).unlink()
    assert isinstance(recall(["build", "--site", str(site), "--now", NOW], {}), Answer)
    assert feeds(site, "build").out.count("0 files written") == 1
    assert built.status == 0


EDITS = (
    *(
        "nothing",
        "nothing",
        "nothing",
        "minute",
        "day",
        "add",
        "edit",
        "delete",
        "schedule",
        "expire",
        "correct",
        "template",
    ),
    *("introduction", "settings", "send", "build", "message", "page", "remove"),
)
QUESTIONS = ((), (), (), (), ("weekly",), ("--json",), ("--strict",), ("monthly", "--output", "elsewhere"))


def change(site, edit, step, now):  # noqa: C901, PLR0912 - one case for each edit
    """Make one edit, the same in each site that is given the same step, and tell the moment after it."""
    posts = sorted((site / "posts").iterdir())
    post = posts[step % len(posts)] if posts else None
    soon = (now + timedelta(minutes=40)).isoformat()
    match edit:
        case "minute":
            return now + timedelta(minutes=41)
        case "day":
            return now + timedelta(days=1 + 9 * (step % 2))
        case "add":
            body = "Words." if step % 2 else "```python\nx = 1\n```\n\n{{ page.title }} {% nonsense %}"
            write_post(site, f"new-{step}", body, date=f"2026-02-1{step}", tags=["x"])
        case "edit" if post:
            post.write_text(f"{post.read_text('utf-8')}More, {step}.\n", "utf-8")
        case "delete" if post:
            post.unlink()
        case "schedule":
            write_post(site, f"soon-{step}", date=soon)
        case "expire":
            write_post(site, f"gone-{step}", date="2026-02-20", expires=soon)
        case "correct" if post:
            post.write_text(post.read_text("utf-8").replace("---\n", "---\ncorrection: So it was.\n", 1), "utf-8")
        case "template" if step % 2:
            write(site / "templates/feeds/digest.txt", f"{step} {{{{ issue.date }}}}\n")
        case "template":
            shutil.rmtree(site / "templates", ignore_errors=True)
        case "introduction":
            write(site / "newsletters/weekly/next.md", f"Hello {step}." + " {{ page.date }}" * (step % 4 == 1))
        case "settings":
            more = f'max_age = {20 + step}\nfooter = "{step}"\n' + MONTHLY * (step % 2)
            write(site / "feeds.toml", TOML + WEEKLY + more)
        case "send":
            first = () if (site / "outbox").exists() else ("--first-run", f"last={1 + step % 2}")
            feeds(site, "send", "weekly", *first, now=now.isoformat())
        case "build":
            feeds(site, "build", "--yes", now=now.isoformat())
        case "message" | "page" | "remove" if found := sorted(site.glob("preview/*/issue.*")):
            file = found[{"message": 0, "page": 1, "remove": step}[edit] % len(found)]
            file.unlink() if edit == "remove" else file.write_bytes(file.read_bytes()[:-9] + b"spoilt\n")
    return now


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(EDITS), st.integers(0, 9), st.sampled_from(QUESTIONS)), min_size=4, max_size=6
    )
)
def test_after_any_edits_what_is_shown_is_what_would_be_composed(tmp_path_factory, edits):
    root = tmp_path_factory.mktemp("edits")
    sites = [make_site(root / name / "site", "one", "two", toml=TOML + WEEKLY) for name in ("a", "b")]
    now = START
    for edit, step, question in [("nothing", 0, ()), *edits]:
        found = []
        moment = now
        for number, site in enumerate(sites):
            now = change(site, edit, step, moment)
            arguments = [str(site.parent / one) if one == "elsewhere" else one for one in question]
            if number:
                (site / "preview" / RECORD).unlink(missing_ok=True)
            shown = feeds(site, "digest", *arguments, now=now.isoformat())
            said = [text.replace(str(site.parent), "") for text in (shown.out, shown.err)]
            issues = read_issues(site.parent)
            found.append((shown.status, said, {path: data for path, data in issues.items() if "issue." in path}))
        assert found[0] == found[1]
        now += timedelta(seconds=1)
