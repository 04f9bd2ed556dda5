"""A post that looks like a template, like a header or like nothing at all is text to its readers, whoever mails it."""

import email
import email.policy
import json
import re
import unicodedata
from html.parser import HTMLParser

import pytest

from buttondown_double import Buttondown
from cli_sites import TOML, WEEKLY, feeds, make_site, write_post
from listmonk_double import Listmonk, render_go
from smtp_server import SmtpServer

HOSTILE = {
    "go": "{{ .Values.x }} {{ range }} {{{ x }}}",
    "liquid": "{% raw %} {{ unsubscribe_url }} {# gone #}",
    "mailchimp": "*|UNSUB|* %recipient% [unsubscribe]",
    "header": "Line\r\nBcc: everybody@example.com",
    "separator": "one\u2028two\u2029three",
    "override": "\u202eright to left\u202c",
    "tracked": "https://example.org/a@TrackLink",
    "markup": "<script>alert(1)</script> & \"quotes\" \\ 'single'",
    "long": "word " * 2_000,
}


class Words(HTMLParser):
    """What a reader sees of HTML."""

    def __init__(self):
        super().__init__()
        self.words = ""

    def handle_data(self, data):
        self.words += data


def read_words(html):
    parser = Words()
    parser.feed(html)
    return squeeze(parser.words)


def squeeze(text):
    """The words alone: which space stands between them, and which direction marks, is the mail's affair."""
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    return " ".join("".join(c for c in kept if unicodedata.category(c) != "Cf").split())


@pytest.fixture
def site(tmp_path):
    site = make_site(tmp_path / "site", "one", toml=TOML + WEEKLY)
    feeds(site, "send", "weekly", "--first-run", "seed")
    for name, text in HOSTILE.items():
        code = text.replace("`", "").replace("\r\n", " ")[:300]
        write_post(site, name, f"Before `` {code} `` after.\n", title=text, date="2026-03-01")
    return site


def send(site, transport, monkeypatch):
    """Send the issue by a transport's table."""
    monkeypatch.setenv("TOKEN", "s3cret")
    (site / "feeds.toml").write_text(
        f'{TOML}{WEEKLY}transport = "way"\nlayout = "letter"\n[transports.way]\n{transport}'
    )
    sent = feeds(site, "send", "weekly")
    assert (sent.status, sent.err) == (0, "")


def check(html, subject, text=None):
    """Every title and every body is there as it was written (the longest at least begins to be)."""
    words = read_words(html)
    for written in HOSTILE.values():
        assert squeeze(written)[:120] in words
    assert "<script" not in html
    assert not re.search(r"[\r\n\u2028\u2029]", subject)
    if text is not None:
        for written in HOSTILE.values():
            assert squeeze(written)[:60] in squeeze(text)


def test_a_hostile_post_arrives_as_its_author_wrote_it(site, monkeypatch):
    with SmtpServer() as server:
        send(
            site,
            f'kind = "smtp"\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\nto = "l@blog.example"\n',
            monkeypatch,
        )
    ((_, _, raw),) = server.accepted
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["Bcc"] is None
    html, text = (message.get_body((kind,)).get_content() for kind in ("html", "plain"))
    check(html, str(message["Subject"]), text)


def test_a_hostile_post_is_no_template_to_listmonk(site, monkeypatch):
    with Listmonk() as server:
        send(
            site,
            f'kind = "listmonk"\nurl = "{server.url}"\nuser = "feeds"\ntoken_env = "TOKEN"\nlists = [1]\n',
            monkeypatch,
        )
    (campaign,) = server.campaigns.values()
    check(render_go(campaign["body"]), render_go(campaign["subject"]), render_go(campaign["altbody"]))


def test_a_hostile_post_is_no_template_to_buttondown(site, monkeypatch):
    with Buttondown() as server:
        send(site, f'kind = "buttondown"\nurl = "{server.url}/v1"\ntoken_env = "TOKEN"\n', monkeypatch)
    (mail,) = server.emails.values()
    rest = mail["body"].replace("{{ unsubscribe_url }}", "")
    assert not re.search(r"\{[{%#]", rest)
    check(rest, mail["subject"])


def test_a_hostile_post_is_data_in_the_manifest(site, monkeypatch):
    send(site, 'kind = "folder"\n', monkeypatch)
    folder = site / "outbox/weekly/1"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert len(manifest["post_ids"]) == len(HOSTILE)
    check((folder / "issue.html").read_text("utf-8"), manifest["subject"], (folder / "issue.txt").read_text("utf-8"))
