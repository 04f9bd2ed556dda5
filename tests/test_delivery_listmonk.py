import html
import json
import re
import threading
from datetime import UTC, datetime, timedelta

import pytest

from digests import make_config, make_digest
from feeds.delivery import make_test_transport, make_transport
from feeds.errors import ConfigError, PermanentError, TemporaryError, UnknownOutcome
from http_double import DROP, SILENCE
from listmonk_double import Listmonk, render_go
from openapi import check_body, read_document

DRAFT_FIELDS = ("altbody", "archive", "archive_slug", "body", "headers", "template_id")


def make_listmonk(root, server, *, lists="[1, 2]", timeout=10, token="s3cret", extra=""):
    url = server if isinstance(server, str) else server.url
    toml = f'[transports.lm]\nkind = "listmonk"\nurl = "{url}"\nuser = "feeds"\ntoken_env = "LM_TOKEN"\n'
    toml += f"lists = {lists}\ntimeout = {timeout}\n{extra}"
    return make_transport(make_config(root, toml), "lm", environment={"LM_TOKEN": token})


def send(transport, digest=None, *, draft=False):
    digest = digest or make_digest()
    prepared = transport.prepare(digest, draft=draft)
    return prepared, transport.deliver(prepared, digest.key)


@pytest.fixture
def server():
    with Listmonk() as server:
        yield server


def test_a_digest_becomes_one_campaign_that_is_started(tmp_path, server):
    digest = make_digest()
    prepared, receipt = send(make_listmonk(tmp_path, server), digest)
    (campaign,) = server.campaigns.values()
    assert server.starts == [1]
    assert campaign["archive_slug"] == digest.key
    assert campaign["lists"] == [1, 2]
    assert server.templates[campaign["template_id"]]["body"] == '{{ template "content" . }}'
    assert (receipt.reference, receipt.settled) == ("campaign 1", False)
    assert b"s3cret" not in prepared


def test_its_own_tags_stand_in_our_slots(tmp_path, server):
    send(make_listmonk(tmp_path, server))
    (campaign,) = server.campaigns.values()
    assert 'href="{{ UnsubscribeURL }}"' in campaign["body"]
    assert 'href="{{ MessageURL }}"' in campaign["body"]
    assert "Out: https://listmonk.test/UnsubscribeURL" in render_go(campaign["altbody"])
    assert ".invalid" not in campaign["body"] + campaign["altbody"]


def test_sending_again_under_one_key_starts_nothing_twice(tmp_path, server):
    transport = make_listmonk(tmp_path, server)
    prepared, _ = send(transport)
    transport.deliver(prepared, make_digest().key)
    assert server.starts == [1]
    assert len(server.campaigns) == 1


def test_ten_at_once_make_one_campaign_and_start_it_once(tmp_path, server):
    transports = [make_listmonk(tmp_path, server) for _ in range(10)]
    digest = make_digest()
    prepared = transports[0].prepare(digest)
    receipts = []

    def run(transport):
        receipts.append(transport.deliver(prepared, digest.key))

    threads = [threading.Thread(target=run, args=(transport,)) for transport in transports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 10
    assert server.starts == [1]


def test_a_draft_waits_for_a_person_and_is_followed(tmp_path, server):
    transport = make_listmonk(tmp_path, server)
    digest = make_digest()
    prepared, receipt = send(transport, digest, draft=True)
    assert (server.starts, receipt.settled) == ([], False)
    assert "waits for approval" in transport.look_up(prepared, digest.key).message
    server.change_status(server.campaigns[1], "running")
    assert "running" in transport.look_up(prepared, digest.key).message


def test_a_campaign_is_followed_until_every_reader_has_it(tmp_path, server):
    transport = make_listmonk(tmp_path, server)
    digest = make_digest()
    prepared, _ = send(transport, digest)
    assert transport.look_up(prepared, digest.key).settled is False
    server.finish()
    receipt = transport.look_up(prepared, digest.key)
    assert (receipt.settled, receipt.trouble) == (True, "")
    assert "sent to 3 of 3" in receipt.message


def test_readers_that_were_left_out_are_told_of(tmp_path, server):
    transport = make_listmonk(tmp_path, server)
    digest = make_digest()
    prepared, _ = send(transport, digest)
    server.finish(sent=1)
    assert "2 of 3 readers got nothing" in transport.look_up(prepared, digest.key).trouble


def test_an_unknown_list_is_refused_before_anything_starts(tmp_path, server):
    with pytest.raises(PermanentError, match=r"lists \[1, 99\] became \[1\]"):
        send(make_listmonk(tmp_path, server, lists="[1, 99]"))
    assert server.starts == []


def test_a_draft_that_somebody_changed_is_put_right_before_it_starts(tmp_path, server):
    transport = make_listmonk(tmp_path, server)
    digest = make_digest()
    prepared = transport.prepare(digest)
    send(transport, digest, draft=True)
    server.campaigns[1]["body"] = "something else"
    transport.deliver(prepared, digest.key)
    assert server.campaigns[1]["body"] == json.loads(prepared)["campaign"]["body"]
    assert server.starts == [1]


def test_a_draft_that_has_lost_its_template_gets_it_back_before_it_starts(tmp_path, server):
    transport = make_listmonk(tmp_path, server)
    digest = make_digest()
    send(transport, digest, draft=True)
    for template in (None, 1):  # deleted, or the one that wraps what is finished
        server.campaigns[1]["template_id"] = template
        send(transport, digest, draft=True)
        assert server.templates[server.campaigns[1]["template_id"]]["body"] == '{{ template "content" . }}'


def test_a_template_of_ones_own_is_kept(tmp_path, server):
    send(make_listmonk(tmp_path, server, extra="template = 1\n"))
    assert server.campaigns[1]["template_id"] == 1
    assert len(server.templates) == 1


def test_a_list_that_was_deleted_is_told_of(tmp_path, server):
    transport = make_listmonk(tmp_path, server)
    send(transport, draft=True)
    there = server.show(server.campaigns[1]) | {"lists": [{"id": None, "name": "Weekly"}, {"id": 2, "name": "Monthly"}]}
    server.faults["GET /api/campaigns/N"] = [None, (200, {"data": there}, {}), (200, {"data": there}, {})]
    with pytest.raises(PermanentError, match=r"lists \[1, 2\] became \[0, 2\]"):
        send(transport)
    assert server.starts == []


def test_a_person_may_change_the_tags_of_a_draft(tmp_path, server):
    transport = make_listmonk(tmp_path, server)
    digest = make_digest()
    prepared, _ = send(transport, digest, draft=True)
    server.campaigns[1]["tags"] = ["my own"]
    assert "waits for approval" in transport.look_up(prepared, digest.key).message
    assert transport.deliver(prepared, digest.key).reference == "campaign 1"
    assert server.made == 1


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ("Smith, Ann <ann@example.org>", '"Smith, Ann" <ann@example.org>'),
        ('"Dr. Smith" <ann@example.org>', '"Dr. Smith" <ann@example.org>'),
        ("Zo\u00eb <zoe@b\u00fccher.example>", "Zo\u00eb <zoe@xn--bcher-kva.example>"),
        ("ann@example.org", "ann@example.org"),
    ],
)
def test_the_sender_is_one_that_listmonk_can_mail_from(tmp_path, server, sender, expected):
    send(make_listmonk(tmp_path, server), make_digest(sender=sender))
    assert server.campaigns[1]["from_email"] == expected


LATER = "delay = 30\n"


def test_a_delayed_issue_is_scheduled_and_followed(tmp_path, server):
    transport = make_listmonk(tmp_path, server, extra=LATER)
    digest = make_digest(date=datetime.now(UTC))
    prepared, receipt = send(transport, digest)
    moment = datetime.fromisoformat(server.campaigns[1]["send_at"])
    assert moment == digest.date.replace(microsecond=0) + timedelta(minutes=30)
    assert (server.campaigns[1]["status"], server.starts, receipt.settled) == ("scheduled", [], False)
    assert receipt.message == f"scheduled for {moment:%Y-%m-%d %H:%M} UTC"
    assert transport.deliver(prepared, digest.key) == receipt
    server.come()
    server.finish()
    assert transport.look_up(prepared, digest.key).settled
    assert server.starts == [1]


def test_a_moment_that_is_over_is_now(tmp_path, server):
    _, receipt = send(make_listmonk(tmp_path, server, extra=LATER))
    assert (server.campaigns[1]["send_at"], server.starts) == (None, [1])
    assert receipt.message.startswith("running")


def test_a_draft_whose_moment_came_while_nobody_could_start_it_goes_out_at_once(tmp_path, server):
    transport = make_listmonk(tmp_path, server, extra=LATER)
    digest = make_digest(date=datetime.now(UTC))
    prepared = transport.prepare(digest)
    server.faults["PUT /api/campaigns/N/status"] = [(503, {"message": "busy"}, {})]
    with pytest.raises(TemporaryError):
        transport.deliver(prepared, digest.key)
    server.campaigns[1]["send_at"] = "2026-03-02T09:30:00+00:00"
    late = json.loads(prepared)
    late["campaign"]["send_at"] = server.campaigns[1]["send_at"]
    transport.deliver(json.dumps(late).encode(), digest.key)
    assert server.campaigns[1]["status"] == "scheduled"
    assert server.made == 1


def test_a_draft_for_a_person_has_no_moment(tmp_path, server):
    send(make_listmonk(tmp_path, server, extra=LATER), make_digest(date=datetime.now(UTC)), draft=True)
    assert (server.campaigns[1]["status"], server.campaigns[1]["send_at"]) == ("draft", None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "paused", "sent": 1, "to_send": 3}, "has paused it"),
        ({"status": "cancelled", "sent": 1, "to_send": 3}, "2 of 3 readers got nothing"),
        ({"status": "finished", "sent": 0, "to_send": 0}, "nobody is on its lists"),
    ],
)
def test_a_campaign_that_does_not_reach_everybody_is_told_of(tmp_path, server, change, said):
    transport = make_listmonk(tmp_path, server)
    digest = make_digest()
    prepared, _ = send(transport, digest)
    server.campaigns[1] |= change
    receipt = transport.look_up(prepared, digest.key)
    assert said in receipt.trouble
    assert receipt.settled is (change["status"] != "paused")


def try_out(root, server, to):
    """Mail a test to `to`: what the trial transport says."""
    toml = f'[transports.lm]\nkind = "listmonk"\nurl = "{server.url}"\nuser = "feeds"\ntoken_env = "LM_TOKEN"\n'
    config = make_config(root, f"{toml}lists = [1]\n{LATER}")
    transport = make_test_transport(config, "lm", to=to, environment={"LM_TOKEN": "s3cret"})
    return send(transport, make_digest(subject="[test] The week", date=datetime.now(UTC)))[1]


def test_a_test_is_mailed_by_listmonk_and_leaves_nothing_there(tmp_path):
    with Listmonk(subscribers=["me@example.org"]) as server:
        assert try_out(tmp_path, server, "Me@example.org").message == "mailed by listmonk as a test"
        ((address, subject, template),) = server.tests
        assert (address, subject) == ("me@example.org", "[test] The week")
        assert server.templates[template]["body"] == '{{ template "content" . }}'
        assert (server.campaigns, server.starts) == ({}, [])
        document = read_document("listmonk.yaml")
        if document is not None:
            assert "post" in document["paths"]["/campaigns/{id}/test"]


def test_a_test_to_a_stranger_is_refused_and_leaves_nothing_there(tmp_path, server):
    with pytest.raises(PermanentError, match=r"No known subscribers to test. \(listmonk tests with its own"):
        try_out(tmp_path, server, "stranger@example.org")
    assert (server.campaigns, server.starts) == ({}, [])


def test_what_was_never_started_was_not_accepted(tmp_path, server):
    transport = make_listmonk(tmp_path, server)
    digest = make_digest()
    prepared = transport.prepare(digest)
    assert transport.look_up(prepared, digest.key) is None
    server.faults["PUT /api/campaigns/N/status"] = [(503, {"message": "busy"}, {})]
    with pytest.raises(TemporaryError):
        transport.deliver(prepared, digest.key)
    assert transport.look_up(prepared, digest.key) is None
    transport.deliver(prepared, digest.key)
    assert server.starts == [1]


@pytest.mark.parametrize("fault", [DROP, SILENCE])
@pytest.mark.parametrize("point", ["POST /api/campaigns", "PUT /api/campaigns/N/status"])
def test_an_answer_that_never_came_is_looked_for(tmp_path, server, point, fault):
    server.faults[point] = [fault]
    transport = make_listmonk(tmp_path, server, timeout=0.5)
    digest = make_digest()
    prepared = transport.prepare(digest)
    try:
        transport.deliver(prepared, digest.key)
    except TemporaryError:
        transport.deliver(prepared, digest.key)
    assert server.starts == [1]
    assert len(server.campaigns) == 1


def test_a_start_without_answer_from_a_server_that_stays_silent_is_unknown(tmp_path, server):
    server.faults["PUT /api/campaigns/N/status"] = [DROP]
    # Of the three looks at the campaign, the one after the start fails.
    server.faults["GET /api/campaigns/N"] = [None, DROP]
    with pytest.raises(UnknownOutcome):
        send(make_listmonk(tmp_path, server))
    assert server.starts == [1]


@pytest.mark.parametrize(
    ("status", "expected"),
    [(500, TemporaryError), (502, TemporaryError), (429, TemporaryError), (401, PermanentError), (400, PermanentError)],
)
@pytest.mark.parametrize("point", ["POST /api/campaigns", "PUT /api/campaigns/N/status"])
def test_each_answer_has_its_meaning(tmp_path, server, point, status, expected):
    server.faults[point] = [(status, {"message": "so it is"}, {})]
    with pytest.raises(expected, match="so it is"):
        send(make_listmonk(tmp_path, server))
    assert server.starts == []


@pytest.mark.parametrize(
    "point", ["GET /api/campaigns", "GET /api/campaigns/N", "GET /api/templates", "POST /api/templates"]
)
@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_fault_of_the_server_is_no_refusal_wherever_it_happens(tmp_path, server, point, status):
    server.faults[point] = [(status, "<h1>Bad gateway</h1>", {})]
    transport = make_listmonk(tmp_path, server)
    digest = make_digest()
    prepared = transport.prepare(digest)
    with pytest.raises(TemporaryError, match=f"{status}: .*; nothing was sent"):
        transport.deliver(prepared, digest.key)
    transport.deliver(prepared, digest.key)
    assert (server.starts, server.made) == ([1], 1)


@pytest.mark.parametrize("answer", ["<html>Log in</html>", "[]", {"data": {}}, {"message": "hello"}])
def test_something_else_that_answers_at_the_address_is_told_of(tmp_path, server, answer):
    server.faults["GET /api/campaigns"] = [(200, answer, {})]
    with pytest.raises(TemporaryError, match=r"is its address right\?"):
        send(make_listmonk(tmp_path, server))


def test_retry_after_is_heard(tmp_path, server):
    server.faults["POST /api/campaigns"] = [(429, {"message": "slow down"}, {"Retry-After": "120"})]
    with pytest.raises(TemporaryError) as caught:
        send(make_listmonk(tmp_path, server))
    assert caught.value.retry_after == timedelta(seconds=120)


def test_a_refused_token_is_permanent_and_stays_secret_even_if_the_server_repeats_it(tmp_path, server):
    with pytest.raises(PermanentError, match=r"feeds:\*\*\*; check the token") as caught:
        send(make_listmonk(tmp_path, server, token="wr0ng"))
    assert "wr0ng" not in str(caught.value)


def test_a_server_that_is_not_there_is_temporary(tmp_path):
    with pytest.raises(TemporaryError, match="cannot be reached"):
        send(make_listmonk(tmp_path, "http://127.0.0.1:9"))


def test_a_missing_token_is_named(tmp_path):
    with pytest.raises(ConfigError, match="LM_TOKEN is not set"):
        make_listmonk(tmp_path, "http://127.0.0.1:9", token="")


HOSTILE = [
    '{{ .Values.x }} {{ range }} {{{ {{/* */}} }} {{ "quoted" }}',
    "{% raw %} *|UNSUB|* %recipient% [unsubscribe] {{UnsubscribeURL}}",
    "https://example.org/a@TrackLink and https://example.org@TrackLink",
    "back\\slash \"quotes\" 'single' `ticks`",
    "\u2028 \u202e\u0645\u0631\u062d\u0628\u0627 \u4e16\u754c",
    "x" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_arrives_as_text(tmp_path, server, text):
    digest = make_digest(html.escape(text), subject=text[:78], text=f"a <b & <!-- c --> {text}\n")
    send(make_listmonk(tmp_path, server), digest)
    (campaign,) = server.campaigns.values()
    assert html.unescape(text) in html.unescape(render_go(campaign["body"]))
    assert render_go(campaign["altbody"]) == digest.text
    assert render_go(campaign["subject"]) == " ".join(text[:78].split())


def test_outlooks_conditional_comments_survive(tmp_path, server):
    digest = make_digest()
    send(make_listmonk(tmp_path, server), digest)
    (campaign,) = server.campaigns.values()
    assert "<!--[if mso]>" not in campaign["body"].replace("\\u003c", "<").split("{{ Safe")[0]
    assert "<!--[if mso]><style>a{color:red}</style><![endif]-->" in render_go(campaign["body"])


def test_every_request_is_one_that_the_documents_allow(tmp_path, server):
    document = read_document("listmonk.yaml")
    if document is None:
        pytest.skip("listmonk's OpenAPI document is not beside the project")
    send(make_listmonk(tmp_path, server))
    checked = 0
    for method, path, _, body, _ in server.requests:
        if body is None or path == "/api/templates":
            continue
        check_body(document, method, re.sub(r"/\d+", "/{id}", path.removeprefix("/api")), body, extra=DRAFT_FIELDS)
        checked += 1
    assert checked == 2
