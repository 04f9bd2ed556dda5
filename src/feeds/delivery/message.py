"""A digest as an email message: the same bytes each time, and fit for every server on the way.

Where the email package would write what servers and readers stumble over, the header policy here decides
header by header: https://github.com/python/cpython/issues/80222 and its relatives.
"""

from __future__ import annotations

import re
import unicodedata
from email.charset import Charset
from email.generator import BytesGenerator
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, quote
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feeds.delivery.addresses import split_address

if TYPE_CHECKING:
    from feeds.models import Digest

LONGEST_LINE = 76
UTF8 = Charset("utf-8")
ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")


class _HeaderPolicy(EmailPolicy):
    """Headers are made by this module and written as they are: folded, encoded and in ASCII already."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        return name, value

    def header_fetch_parse(self, name: str, value: Any) -> Any:  # noqa: ARG002 - its signature
        return value

    def fold_binary(self, name: str, value: Any) -> bytes:
        return f"{name}: {value}{self.linesep}".encode("ascii")


POLICY = EmailPolicy(max_line_length=LONGEST_LINE, linesep="\r\n", cte_type="7bit")
HEADERS = _HeaderPolicy(max_line_length=LONGEST_LINE, linesep="\r\n", cte_type="7bit")


def build_message(digest: Digest, *, html: str, text: str, to: str, list_id: str | None) -> bytes:
    """The whole message (RFC 5322), lines ended by CRLF, all ASCII, no line over 998 octets.

    `html` and `text` are the digest's with their slots filled. `to` is the list's address. Raises ConfigError for
    addresses that are none.
    """
    name, sender = split_address(digest.sender, key=f"newsletters.{digest.newsletter}.from")
    to_name, to_address = split_address(to, key="to")
    message = EmailMessage(policy=POLICY)
    message.set_content(clean_text(text), cte="quoted-printable")
    message.add_alternative(clean_text(html), subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{digest.key[:24]}")
    headers = {
        "From": _format_address(name, sender, "From"),
        "To": _format_address(to_name, to_address, "To"),
        "Subject": encode_text(digest.subject, "Subject"),
        "Date": format_datetime(digest.date),
        "Message-ID": make_message_id(digest.key, sender),
        "List-Id": list_id,
        "Auto-Submitted": "auto-generated",
        # Older programs that answer for somebody on holiday know this alone (RFC 3834 section 2).
        "Precedence": "bulk",
        "MIME-Version": "1.0",
        "Content-Type": str(message["Content-Type"]),
    }
    whole = EmailMessage(policy=HEADERS)
    for header, value in headers.items():
        if value is not None:
            whole[header] = value
    whole.set_payload(message.get_payload())
    out = BytesIO()
    BytesGenerator(out, policy=HEADERS, mangle_from_=False).flatten(whole)
    return out.getvalue()


def make_message_id(key: str, sender: str) -> str:
    """The Message-ID of every attempt at the issue with this key."""
    return f"<{key[:40]}@{sender.rpartition('@')[2]}>"


def make_list_id(title: str, newsletter: str, site_url: str | None, sender: str) -> str:
    """The List-Id (RFC 2919) of a newsletter: its title, and an id of its name and the site's host."""
    _, address = split_address(sender, key=f"newsletters.{newsletter}.from")
    host = (urlsplit(site_url or "").hostname or address.rpartition("@")[2]).encode("idna").decode("ascii")
    label = re.sub(r"[^a-z0-9]+", "-", newsletter.casefold()).strip("-") or "newsletter"
    return _format_address(title, f"{label}.{host}", "List-Id")


def clean_text(text: str) -> str:
    """`text` without what no message may carry: lone surrogates, NUL and its like. Lines end in LF."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return text if text.endswith("\n") else f"{text}\n"


def encode_text(text: str, header: str) -> str:
    """`text` as the value of an unstructured header, in encoded words of at most 75 characters where needed.

    A line break or any other control character in it becomes a space: nothing in a title can start a header.
    """
    plain = " ".join("".join(c if unicodedata.category(c) not in {"Cc", "Zl", "Zp"} else " " for c in text).split())
    plain = plain.encode("utf-8", "replace").decode()
    # What looks like an encoded word must not be decoded, and a word too long for a line cannot be folded as
    # it is.
    readable = (
        plain.isascii() and "=?" not in plain and all(len(word) < LONGEST_LINE - len(header) for word in plain.split())
    )
    charset = Charset("us-ascii") if readable else UTF8
    return Header(plain, charset, maxlinelen=LONGEST_LINE, header_name=header).encode(linesep="\r\n")


def _format_address(name: str, address: str, header: str) -> str:
    if not name:
        return f"<{address}>" if header == "List-Id" else address
    phrase = encode_text(name, header)
    if name.isascii() and "=?" not in phrase and not ATOM.fullmatch(phrase):
        phrase = f'"{quote(phrase)}"'
    lines = phrase.rsplit("\r\n", 1)
    fits = len(lines[-1]) + len(address) + 3 + (len(header) + 2 if len(lines) == 1 else 0) <= LONGEST_LINE
    return f"{phrase}{' ' if fits else chr(13) + chr(10) + ' '}<{address}>"
