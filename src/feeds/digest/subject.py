"""The subject and the preheader: what a reader sees before deciding to open."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

from feeds.digest.excerpt import shorten_to_words
from feeds.theme import render_source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import jinja2

    from feeds.config import Config
    from feeds.theme import Language

# One header line without folding (RFC 5322 section 2.1.1), and more than any inbox shows.
SUBJECT_LENGTH = 78
PREHEADER_LENGTH = 140


def name_newsletter(config: Config, newsletter: str) -> str:
    """The newsletter's title, or the site's where it has none of its own or is no longer configured."""
    settings = config.settings.newsletters.get(newsletter)
    return (settings and settings.title) or config.site.title


def compose_subject(
    environment: jinja2.Environment,
    language: Language,
    *,
    template: str | None,
    newsletter: str,
    title: str,
    number: int,
    date: datetime,
    titles: Sequence[str],
) -> tuple[str, int]:
    """One line of 1 to 78 characters: what the setting `newsletters.NAME.subject` makes of the issue.

    Beside it, how many characters it had before it was cut.

    The template knows `title` (the first post's), `titles`, `count`, `number`, `date` and `newsletter` (the
    title of it). Without one, or if it comes out empty, the subject is the first title and how many more
    there are, or the newsletter's name and the issue's number. Raises TemplateError, which names the
    setting.
    """
    subject = ""
    if template:
        values = {"title": titles[0], "titles": titles, "count": len(titles), "number": number, "date": date}
        key = f"newsletters.{newsletter}.subject"
        subject = render_source(environment, template, path="feeds.toml", key=key, newsletter=title, **values)
    whole = (
        clean_line(subject)
        or _name_posts(language, [clean_line(one) for one in titles])
        or clean_line(f"{title} · {language.say('issue', number)}")
    )
    return clean_line(whole, SUBJECT_LENGTH), len(whole)


def compose_preheader(language: Language, *, titles: Sequence[str], summary: str) -> str:
    """The line that an inbox shows after the subject: the other titles, or the one post's summary."""
    if len(titles) > 1:
        return clean_line(language.say("also", titles=language.listing(titles[1:])), PREHEADER_LENGTH)
    return clean_line(summary, PREHEADER_LENGTH)


def clean_line(text: str, length: int = sys.maxsize) -> str:
    """`text` on one line, without control characters, cut between words where it is longer than `length`."""
    kept = "".join(
        " " if unicodedata.category(character) in {"Cc", "Zl", "Zp"} else character
        for character in text
        if unicodedata.category(character) not in {"Cs", "Cn"}
    )
    return shorten_to_words(kept, length)


def _name_posts(language: Language, titles: Sequence[str]) -> str:
    first, others = titles[0], len(titles) - 1
    if not first or not others:
        return first
    both = language.say("and_more", others, title=first)
    return both if len(both) <= SUBJECT_LENGTH else first
