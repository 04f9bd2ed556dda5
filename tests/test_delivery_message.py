import email
import email.policy
import re
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime

import pytest
from hypothesis import example, given, settings, strategies as st

from digests import make_digest
from feeds.delivery.message import build_message, clean_text, encode_text, make_list_id
from feeds.errors import ConfigError

LIST = "digest@lists.example.org"


def build(digest, **rest):
    rest = {"html": digest.html, "text": digest.text, "to": LIST, "list_id": None} | rest
    return build_message(digest, **rest)


def parse(message):
    return email.message_from_bytes(message, policy=email.policy.strict.clone(raise_on_defect=True))


def content(message, kind):
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


def read(message):
    return email.message_from_bytes(message, policy=email.policy.default)


def test_the_message_is_text_first_and_html_last_with_every_header_once():
    digest = make_digest()
    raw = build(digest, list_id=make_list_id("Example", "weekly", "https://example.org/", digest.sender))
    parse(raw)
    message = read(raw)
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content_charset() for part in message.iter_parts()] == ["utf-8", "utf-8"]
    assert content(message, "html") == digest.html
    assert content(message, "plain") == digest.text
    for header in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "List-Id", "Auto-Submitted"):
        assert len(message.get_all(header)) == 1, header
    assert message["From"].addresses[0].addr_spec == "digest@example.org"
    assert message["To"] == LIST
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    assert message["List-Id"] == "Example <weekly.example.org>"
    assert parsedate_to_datetime(message["Date"]) == digest.date
    assert digest.key[:40] in message["Message-ID"]
    assert not any(part.defects for part in message.walk())


def test_the_same_digest_is_the_same_message_and_another_key_another_message_id():
    assert build(make_digest()) == build(make_digest())
    assert build(make_digest())[:400] != build(make_digest(posts=("https://example.org/c/",)))[:400]


def assert_fit_to_travel(raw):
    assert raw.isascii()
    assert not set(b"\r\n") & set(raw.replace(b"\r\n", b""))
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    body = raw.partition(b"\r\n\r\n")[2].split(b"\r\n")
    assert max(map(len, body)) <= 76, max(body, key=len)
    assert all(len(word) <= 75 for line in lines for word in re.findall(rb"=\?\S+\?=", line))


HOSTILE = [
    "{{ .Values.x }} {% raw %} *|UNSUB|* %recipient% [unsubscribe]",
    "Title\r\nBcc: everybody@example.com\r\n\r\nbody",
    "line\u2028separator\u2029and\x85next\x0bvertical\x1c",
    "x" * 10_000,
    "\u4e16" * 3_000,
    "\u202eright to left\u202c \u2066isolated\u2069",
    "=?utf-8?q?looks_encoded?=",
    "lone \ud800 surrogate and NUL \x00",
    "e\u0301 \U0001f468\u200d\U0001f469\u200d\U0001f467 " * 60,
    ".",
    "..\n.\n",
    'quotes " and \\ and <tags> & @',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_arrives_as_text(text):
    digest = make_digest(text, subject=text)
    raw = build(digest)
    assert_fit_to_travel(raw)
    parse(raw)
    message = read(raw)
    assert message["Bcc"] is None
    assert content(message, "plain") == clean_text(digest.text)
    assert content(message, "html") == clean_text(digest.html)
    expected = re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).encode("utf-8", "replace").decode()
    assert message["Subject"] == " ".join(expected.split())


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
@example("\u00c5\u0085" * 40, "J\u00fcrgen, 'the' \"Editor\"")
def test_any_text_makes_a_message_that_reads_back(text, name):
    phrase = " ".join(encode_text(name, "From").split())
    sender = f"{phrase} <digest@example.org>" if phrase.isalnum() else "digest@example.org"
    digest = make_digest("x", subject=text or "?", text=text, sender=sender)
    raw = build(digest)
    assert_fit_to_travel(raw)
    message = read(raw)
    assert content(message, "plain") == clean_text(text)
    assert not any(part.defects for part in message.walk())


@pytest.mark.parametrize(
    ("sender", "name", "address"),
    [
        ("J\u00fcrgen M\u00fcller <j@example.org>", "J\u00fcrgen M\u00fcller", "j@example.org"),
        ('"Doe, Jane" <jane@example.org>', "Doe, Jane", "jane@example.org"),
        ("Editors @ Example: News <n@example.org>", "Editors @ Example: News", "n@example.org"),
        ("n@b\u00fccher.example", "", "n@xn--bcher-kva.example"),
        ("\u7de8\u96c6\u90e8 " * 12 + "<n@example.org>", ("\u7de8\u96c6\u90e8 " * 12).strip(), "n@example.org"),
    ],
)
def test_a_sender_keeps_name_and_address_in_any_script(sender, name, address):
    raw = build(make_digest(sender=sender))
    assert_fit_to_travel(raw)
    # The package's older decoder: the newer one keeps the space between two encoded words of a name.
    said = str(make_header(decode_header(email.message_from_bytes(raw)["From"])))
    assert parseaddr(said) == (name, address) or said == f"{name} <{address}>"
    assert read(raw)["From"].addresses[0].addr_spec == address


@pytest.mark.parametrize(
    "sender", ["", "nobody", "a b@example.org", "x@example.org\r\nBcc: y@example.com", "\u00fc@example.org"]
)
def test_a_sender_that_is_no_address_is_an_error_that_names_the_setting(sender):
    with pytest.raises(ConfigError) as caught:
        build(make_digest(sender=sender))
    assert caught.value.key == "newsletters.weekly.from"


def test_a_long_list_id_keeps_its_id_readable():
    value = make_list_id("\u00dcber alles " * 9, "weekly news", "https://example.org/", "x@example.org")
    assert "<weekly-news.example.org>" in value
    raw = build(make_digest(), list_id=value)
    assert_fit_to_travel(raw)
    assert read(raw)["List-Id"].startswith("\u00dcber alles \u00dcber")
