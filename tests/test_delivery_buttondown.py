import html
import re
from datetime import UTC, datetime, timedelta

import pytest

from buttondown_double import Buttondown
from digests import make_config, make_digest
from feeds.delivery import make_test_transport, make_transport
from feeds.errors import ConfigError, PermanentError, TemporaryError, UnknownOutcome
from http_double import DROP
from openapi import check_body, read_document


def make_buttondown(root, server, *, tags="[]", token="s3cret", delay=0, make=make_transport, **rest):
    toml = f'[transports.bd]\nkind = "buttondown"\nurl = "{server.url}/v1"\ntoken_env = "BD_TOKEN"\ntags = {tags}\n'
    config = make_config(root, f"{toml}delay = {delay}\n")
    return make(config, "bd", environment={"BD_TOKEN": token}, **rest)


def send(transport, digest=None, *, draft=False):
    digest = digest or make_digest()
    prepared = transport.prepare(digest, web_url="https://example.org/web/1/", draft=draft)
    return prepared, transport.deliver(prepared, digest.key)


@pytest.fixture
def server():
    with Buttondown() as server:
        yield server


def test_an_email_is_made_as_a_draft_and_then_sent(tmp_path, server):
    prepared, receipt = send(make_buttondown(tmp_path, server))
    assert server.sent == ["em_1"]
    created = next(body for method, _, _, body, _ in server.requests if method == "POST")
    assert created["status"] == "draft"
    assert created["template"] == "naked"
    assert created["body"].startswith("<!-- buttondown-editor-mode: naked -->\n<!doctype html>")
    assert 'href="{{ unsubscribe_url }}"' in created["body"]
    assert 'href="https://example.org/web/1/"' in created["body"]
    assert (receipt.reference, receipt.settled) == ("email em_1", False)
    assert b"s3cret" not in prepared


def test_readers_are_chosen_by_tag(tmp_path, server):
    send(make_buttondown(tmp_path, server, tags='["monthly"]'))
    assert server.emails["em_1"]["filters"] == {
        "filters": [{"field": "subscriber.tags", "operator": "contains", "value": "tag_2"}],
        "groups": [],
        "predicate": "or",
    }


def test_a_tag_that_is_not_there_sends_to_nobody_and_says_so(tmp_path, server):
    with pytest.raises(PermanentError, match="has no tag 'yearly'; nothing was sent"):
        send(make_buttondown(tmp_path, server, tags='["yearly"]'))
    assert server.emails == {}


@pytest.mark.parametrize(("before", "after"), [("weekly", ""), ("", "weekly")])
def test_a_draft_for_other_readers_is_not_sent(tmp_path, server, before, after):
    send(make_buttondown(tmp_path, server, tags=f'["{before}"]' if before else "[]"), draft=True)
    with pytest.raises(PermanentError, match=r"is not what was asked for \(tags\); it was not sent"):
        send(make_buttondown(tmp_path, server, tags=f'["{after}"]' if after else "[]"))
    assert server.sent == []


def test_a_delayed_issue_is_scheduled(tmp_path, server):
    transport = make_buttondown(tmp_path, server, delay=45)
    digest = make_digest(date=datetime.now(UTC))
    prepared, receipt = send(transport, digest)
    assert (server.emails["em_1"]["status"], server.sent, receipt.settled) == ("scheduled", [], False)
    assert datetime.fromisoformat(server.emails["em_1"]["publish_date"]) == digest.date + timedelta(minutes=45)
    assert transport.deliver(prepared, digest.key).message == "scheduled"


def test_a_moment_that_is_over_is_now(tmp_path, server):
    send(make_buttondown(tmp_path, server, delay=45))
    assert server.sent == ["em_1"]


def test_an_email_is_looked_for_from_the_day_before_wherever_the_site_is(tmp_path, server):
    send(make_buttondown(tmp_path, server), make_digest(date=datetime.fromisoformat("2026-03-02T09:00:00+13:00")))
    asked = next(query for method, path, query, _, _ in server.requests if (method, path) == ("GET", "/v1/emails"))
    assert asked["creation_date__start"] == ["2026-02-28"]


def test_a_test_is_mailed_by_buttondown_and_leaves_nothing_there(tmp_path, server):
    trial = make_buttondown(tmp_path, server, make=make_test_transport, to="me@example.org")
    _, receipt = send(trial, make_digest(subject="[test] The week"))
    assert server.tests == [("me@example.org", "[test] The week")]
    assert (server.emails, server.sent, receipt.message) == ({}, [], "mailed by Buttondown as a draft")
    document = read_document("buttondown.json")
    if document is not None:
        check_body(document, "POST", "/emails/{id}/send-draft", {"recipients": ["me@example.org"]})


def test_sending_again_under_one_key_sends_nothing_twice(tmp_path, server):
    transport = make_buttondown(tmp_path, server)
    prepared, _ = send(transport)
    transport.deliver(prepared, make_digest().key)
    assert server.sent == ["em_1"]


def test_an_issue_that_was_cancelled_comes_again_under_its_new_number(tmp_path, server):
    transport = make_buttondown(tmp_path, server)
    send(transport, draft=True)
    server.emails.clear()  # thrown away by a person
    send(transport, make_digest(number=2))
    assert server.sent == ["em_2"]


def test_a_repeat_that_is_answered_as_a_duplicate_finds_the_first(tmp_path, server):
    transport = make_buttondown(tmp_path, server)
    server.faults["POST /v1/emails"] = [DROP]
    digest = make_digest()
    prepared = transport.prepare(digest)
    with pytest.raises(TemporaryError):
        transport.deliver(prepared, digest.key)
    # The list is late: the first email does not show in it yet.
    server.faults["GET /v1/emails"] = [(200, {"results": [], "count": 0, "next": None}, {})]
    transport.deliver(prepared, digest.key)
    assert server.sent == ["em_1"]


def test_a_draft_waits_for_a_person(tmp_path, server):
    transport = make_buttondown(tmp_path, server)
    prepared, receipt = send(transport, draft=True)
    assert (server.sent, receipt.settled) == ([], False)
    assert "waits for approval" in receipt.message
    server.emails["em_1"]["status"] = "sent"
    assert transport.look_up(prepared, make_digest().key).settled


@pytest.mark.parametrize(
    ("status", "settled", "troubled"), [("in_flight", False, False), ("sent", True, False), ("errored", True, True)]
)
def test_what_becomes_of_an_email_is_followed(tmp_path, server, status, settled, troubled):
    transport = make_buttondown(tmp_path, server)
    prepared, _ = send(transport)
    server.emails["em_1"]["status"] = status
    receipt = transport.look_up(prepared, make_digest().key)
    assert (receipt.settled, bool(receipt.trouble)) == (settled, troubled)


def test_a_send_whose_answer_never_came_is_looked_for(tmp_path, server):
    server.faults["PATCH /v1/emails/em_1"] = [DROP]
    send(make_buttondown(tmp_path, server))
    assert server.sent == ["em_1"]
    assert [method for method, *_ in server.requests].count("PATCH") == 1


def test_a_send_without_answer_from_a_server_that_stays_silent_is_unknown(tmp_path, server):
    server.faults |= {"PATCH /v1/emails/em_1": [DROP], "GET /v1/emails/em_1": [None, DROP]}
    with pytest.raises(UnknownOutcome):
        send(make_buttondown(tmp_path, server))


@pytest.mark.parametrize(("status", "expected"), [(500, TemporaryError), (429, TemporaryError), (400, PermanentError)])
@pytest.mark.parametrize("point", ["POST /v1/emails", "PATCH /v1/emails/em_1"])
def test_each_answer_has_its_meaning(tmp_path, server, point, status, expected):
    server.faults[point] = [(status, {"detail": "so it is"}, {})]
    with pytest.raises(expected, match="so it is"):
        send(make_buttondown(tmp_path, server))
    assert server.sent == []


@pytest.mark.parametrize("point", ["GET /v1/emails", "GET /v1/tags", "GET /v1/emails/em_1"])
def test_a_fault_of_the_server_is_no_refusal_wherever_it_happens(tmp_path, server, point):
    server.faults[point] = [(502, "<h1>Bad gateway</h1>", {})]
    transport = make_buttondown(tmp_path, server, tags='["weekly"]')
    with pytest.raises(TemporaryError, match=r"502: .*; nothing was sent"):
        send(transport)
    send(transport)
    assert server.sent == ["em_1"]


def test_something_else_that_answers_at_the_address_is_told_of(tmp_path, server):
    server.faults["GET /v1/emails"] = [(200, {"hello": "world"}, {})]
    with pytest.raises(TemporaryError, match=r"is its address right\?"):
        send(make_buttondown(tmp_path, server))


def test_a_missing_and_a_refused_token(tmp_path, server):
    with pytest.raises(ConfigError, match="BD_TOKEN is not set"):
        make_buttondown(tmp_path, server, token="")
    with pytest.raises(PermanentError, match="check the token") as caught:
        send(make_buttondown(tmp_path, server, token="wr0ng"))
    assert "wr0ng" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["{{ subscriber.email }} {% if x %} {# no #} {{{", "{% raw %} *|UNSUB|* %recipient% [unsubscribe]"]
)
def test_hostile_text_is_no_template(tmp_path, server, text):
    send(make_buttondown(tmp_path, server), make_digest(html.escape(text), subject=text))
    email = server.emails["em_1"]
    rest = email["body"].replace("{{ unsubscribe_url }}", "")
    assert not re.search(r"\{[{%#]", rest)
    assert html.escape(text) in html.escape(html.unescape(rest))
    shown = re.sub(r'\{\{ "(\{[{%#])" \}\}', r"\1", email["subject"])
    assert shown == text
    assert not re.search(r"\{[{%#]", re.sub(r'\{\{ "(\{[{%#])" \}\}', "", email["subject"]))


def test_every_request_is_one_that_the_document_allows(tmp_path, server):
    document = read_document("buttondown.json")
    if document is None:
        pytest.skip("Buttondown's OpenAPI document is not beside the project")
    send(make_buttondown(tmp_path, server, tags='["weekly"]', delay=45), make_digest(date=datetime.now(UTC)))
    bodies = [(method, path, body) for method, path, _, body, _ in server.requests if body is not None]
    for method, path, body in bodies:
        check_body(document, method, re.sub(r"/em_\d+", "/{id}", path.removeprefix("/v1")), body)
    assert len(bodies) == 2
