import base64
import email
import email.policy
import socket

import pytest

from digests import make_config, make_digest
from feeds.delivery import make_transport
from feeds.errors import ConfigError, PermanentError, TemporaryError, UnknownOutcome
from smtp_server import DROP, SILENCE, SmtpServer, make_certificate, make_tls

LIST = "digest@lists.example.org"


def make_smtp(root, server, *, security="none", host="127.0.0.1", extra="", environment=None, timeout=10):
    port = server if isinstance(server, int) else server.port
    toml = f'[transports.list]\nkind = "smtp"\nhost = "{host}"\nport = {port}\nsecurity = "{security}"\n'
    toml += f'to = "{LIST}"\ntimeout = {timeout}\n{extra}'
    return make_transport(make_config(root, toml), "list", environment=environment or {})


def send(transport, digest=None):
    digest = digest or make_digest()
    prepared = transport.prepare(digest, web_url="https://example.org/newsletters/weekly/1/")
    return prepared, transport.deliver(prepared, digest.key)


def test_the_prepared_bytes_arrive_as_they_are(tmp_path):
    with SmtpServer() as server:
        digest = make_digest(".\n..dots\n.")
        prepared, receipt = send(make_smtp(tmp_path, server), digest)
    assert server.accepted == [("digest@example.org", LIST, prepared)]
    assert "queued as 4242" in receipt.message
    message = email.message_from_bytes(prepared, policy=email.policy.default)
    assert receipt.reference == message["Message-ID"]
    html = message.get_body(("html",)).get_content()
    assert 'href="mailto:digest@example.org?subject=unsubscribe"' in html
    assert 'href="https://example.org/newsletters/weekly/1/"' in html
    assert ".invalid" not in html + message.get_body(("plain",)).get_content()


def test_the_list_keeps_its_own_headers(tmp_path):
    prepared = make_smtp(tmp_path, 25).prepare(make_digest())
    headers = email.message_from_bytes(prepared).keys()
    assert not {"List-Unsubscribe", "List-Unsubscribe-Post"} & set(headers)


BEFORE = ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"]


@pytest.mark.parametrize("point", [*BEFORE, "DOT"])
def test_a_temporary_refusal_at_any_verb_is_temporary(tmp_path, point):
    # A server that refuses EHLO is greeted with HELO, which is refused as well.
    with SmtpServer({point: ["451 4.3.0 not now"] * 2}) as server, pytest.raises(TemporaryError, match="451"):
        send(make_smtp(tmp_path, server))
    assert server.accepted == []


@pytest.mark.parametrize("point", [*BEFORE, "DOT"])
def test_a_permanent_refusal_at_any_verb_is_permanent(tmp_path, point):
    with (
        SmtpServer({point: ["550 no such list"] * 2}) as server,
        pytest.raises(PermanentError, match="550: no such list"),
    ):
        send(make_smtp(tmp_path, server))
    assert server.accepted == []


@pytest.mark.parametrize("fault", [DROP, SILENCE])
@pytest.mark.parametrize("point", BEFORE)
def test_a_server_that_goes_away_before_the_dot_has_accepted_nothing(tmp_path, point, fault):
    with SmtpServer({point: [fault] * 2}) as server, pytest.raises(TemporaryError, match="nothing was sent"):
        send(make_smtp(tmp_path, server, timeout=0.3))
    assert server.accepted == []


@pytest.mark.parametrize("fault", [DROP, SILENCE])
def test_a_server_that_goes_away_or_stops_reading_inside_the_body_has_accepted_nothing(tmp_path, fault):
    # More than the kernel takes off our hands, so that the dot cannot have left.
    large = f"From: a@example.org\r\nTo: {LIST}\r\nMessage-ID: <x@y>\r\n\r\n".encode() + b"words\r\n" * 3_000_000
    with SmtpServer({"BODY": [fault]}) as server, pytest.raises(TemporaryError, match="nothing was sent"):
        make_smtp(tmp_path, server, timeout=0.5).deliver(large, "key")
    assert server.accepted == []


@pytest.mark.parametrize("fault", [DROP, SILENCE, "what?", "999 odd"])
def test_after_the_dot_nobody_knows(tmp_path, fault):
    with SmtpServer({"DOT": [fault]}) as server, pytest.raises(UnknownOutcome):
        send(make_smtp(tmp_path, server, timeout=0.3))
    assert len(server.accepted) == 1


@pytest.mark.parametrize("fault", [DROP, SILENCE, "500 what?", "garbage"])
def test_a_good_bye_that_fails_changes_nothing(tmp_path, fault):
    with SmtpServer({"QUIT": [fault]}) as server:
        send(make_smtp(tmp_path, server, timeout=0.3))
    assert len(server.accepted) == 1


def test_a_421_is_temporary_and_a_refused_connection_as_well(tmp_path):
    with SmtpServer({"CONNECT": ["421 too busy"]}) as server, pytest.raises(TemporaryError, match="421: too busy"):
        send(make_smtp(tmp_path, server))
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(TemporaryError, match="Connection refused; nothing was sent"):
        send(make_smtp(tmp_path, port))


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificates")
    return {name: make_certificate(folder, name) for name in ("localhost", "other.example")}


@pytest.fixture
def trusted(certificates, monkeypatch):
    """A server context whose certificate this process trusts for localhost."""
    chain, key = certificates["localhost"]
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    return make_tls(chain, key)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_secured_session_logs_in_only_behind_tls(tmp_path, trusted, security):
    extra = 'user = "feeds"\npassword_env = "LIST_PASSWORD"\n'
    with SmtpServer(tls=trusted, implicit_tls=security == "tls", password="s3cret") as server:
        transport = make_smtp(
            tmp_path, server, security=security, host="localhost", extra=extra, environment={"LIST_PASSWORD": "s3cret"}
        )
        prepared, _ = send(transport)
    assert len(server.accepted) == 1
    assert b"s3cret" not in prepared
    if security == "starttls":
        assert server.commands.index("STARTTLS") < server.commands.index("AUTH")


def test_a_wrong_password_is_permanent_and_stays_secret(tmp_path, trusted):
    extra = 'user = "feeds"\npassword_env = "LIST_PASSWORD"\n'
    with SmtpServer(tls=trusted, password="s3cret") as server:
        transport = make_smtp(
            tmp_path, server, security="starttls", host="localhost", extra=extra, environment={"LIST_PASSWORD": "wr0ng"}
        )
        with pytest.raises(PermanentError, match="535") as caught:
            send(transport)
    assert "wr0ng" not in str(caught.value)


@pytest.mark.parametrize("repeated", ["wr0ng", base64.b64encode(b"wr0ng").decode()])
def test_a_password_that_the_server_repeats_stays_secret(tmp_path, trusted, repeated):
    extra = 'user = "feeds"\npassword_env = "LIST_PASSWORD"\n'
    with SmtpServer({"AUTH": [f"535 no {repeated} here"]}, tls=trusted, password="s3cret") as server:
        transport = make_smtp(
            tmp_path, server, security="starttls", host="localhost", extra=extra, environment={"LIST_PASSWORD": "wr0ng"}
        )
        with pytest.raises(PermanentError, match=r"535: no \*\*\*") as caught:
            send(transport)
    assert repeated not in str(caught.value)


def test_a_password_that_the_environment_lacks_is_named_before_anything_is_sent(tmp_path):
    with pytest.raises(ConfigError, match="LIST_PASSWORD is not set") as caught:
        make_smtp(tmp_path, 25, extra='user = "feeds"\npassword_env = "LIST_PASSWORD"\n')
    assert caught.value.key == "transports.list.password_env"


@pytest.mark.parametrize("answer", [None, "454 4.7.0 TLS not available"])
def test_stripped_starttls_is_refused(tmp_path, trusted, answer):
    refusal = pytest.raises((PermanentError, TemporaryError))
    with SmtpServer({"STARTTLS": [answer]}, tls=trusted, offer_starttls=answer is not None) as server, refusal:
        send(make_smtp(tmp_path, server, security="starttls", host="localhost"))
    assert "MAIL" not in server.commands
    assert server.accepted == []


@pytest.mark.parametrize("name", ["localhost", "other.example"])
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_bad_certificate_is_refused(tmp_path, certificates, monkeypatch, security, name):
    if name == "other.example":  # trusted, but another host's
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates[name][0]))
    tls = make_tls(*certificates[name])
    refusal = pytest.raises(PermanentError, match="cannot prove who it is, so nothing was sent")
    with SmtpServer(tls=tls, implicit_tls=security == "tls") as server, refusal:
        send(make_smtp(tmp_path, server, security=security, host="localhost"))
    assert server.accepted == []


def test_mail_never_travels_in_the_clear_to_another_machine(tmp_path):
    with pytest.raises(ConfigError, match="in the clear") as caught:
        make_smtp(tmp_path, 25, host="mail.example.org")
    assert caught.value.key == "transports.list.security"


def test_a_mail_server_has_no_drafts_and_cannot_be_asked(tmp_path):
    transport = make_smtp(tmp_path, 25)
    assert not transport.can_look_up
    assert not transport.can_draft
    assert transport.look_up(b"", "key") is None
    with pytest.raises(ConfigError, match="has no drafts"):
        transport.prepare(make_digest(), draft=True)
