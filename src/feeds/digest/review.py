"""What should not be in a finished mail, whoever's template put it there, and what must be."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import html

from feeds.digest.budget import MAX_BYTES
from feeds.models import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.config import NewsletterSettings
    from feeds.models import Digest


def review_digest(digest: Digest, settings: NewsletterSettings) -> Iterator[Problem]:
    """The faults of a digest as a whole, each without a place; `settings` are its newsletter's."""
    page = html.document_fromstring(digest.html)
    yield from _review_addresses(digest, page)
    for image in page.iter("img"):
        if image.get("alt") is None:
            yield _error(f"the picture {image.get('src', '')} has no `alt`, which the template leaves out")
    if (size := len(digest.html.encode())) > MAX_BYTES:
        yield _error(f"the HTML has {size} bytes, and Gmail clips a mail beyond {MAX_BYTES}; the template is too long")
    yield from _review_settings(digest, settings, " ".join(page.text_content().split()))


def _review_addresses(digest: Digest, page: html.HtmlElement) -> Iterator[Problem]:
    targets = [address for element in page.iter() for address in (element.get("href"), element.get("src")) if address]
    for address in dict.fromkeys(targets):
        if not urlsplit(address).scheme:
            yield _error(f"the mail has a relative link, {address}, which leads nowhere from a mailbox")
    slot = digest.slots["unsubscribe"]
    if slot not in targets or slot not in digest.text:
        yield _error("a reader cannot unsubscribe: the template leaves out `issue.slots.unsubscribe`")


def _review_settings(digest: Digest, settings: NewsletterSettings, words: str) -> Iterator[Problem]:
    key = f"newsletters.{digest.newsletter}"
    if not settings.sender:
        yield _error(f"{key}.from is not set, and nothing can be sent without it")
    if not settings.address:
        yield _warning(f"{key}.address is not set: mail laws ask for a postal address in the footer")
    elif " ".join(settings.address.split()) not in words:
        yield _warning("the postal address is set, but the template does not show it")
    for note in digest.notes:
        if not note.startswith(f"{key}.from "):  # told above
            yield _warning(note)


def _error(message: str) -> Problem:
    return Problem(message=message)


def _warning(message: str) -> Problem:
    return Problem(message=message, severity=Severity.WARNING)
