"""Entries as the templates see them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Literal

from feeds.digest.addresses import follow_scheme, make_link, make_uri
from feeds.digest.elements import drop_invisible
from feeds.digest.excerpt import shorten_to_sentences, shorten_to_words
from feeds.digest.pictures import choose_cover, choose_thumbnail
from feeds.digest.prose import Prose, make_prose
from feeds.digest.view import Form, PictureView, PostView
from feeds.theme import wrap_text
from feeds.theme.language import is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from feeds.config import NewsletterSettings
    from feeds.digest.view import IssueView
    from feeds.models import Entry
    from feeds.theme import Language

WORDS_PER_MINUTE = 220


def name_entry(entry: Entry) -> str:
    """The entry's title on one line; the beginning of its summary where it has none."""
    return " ".join(drop_invisible(entry.title).split()) or shorten_to_words(entry.summary, 60) or entry.url


class PostWriter:
    """Writes the views of an issue's posts; a post is adapted once, however often the issue is composed anew."""

    def __init__(
        self,
        *,
        settings: NewsletterSettings,
        language: Language,
        newsletter: str,
        issue: IssueView,
        entries: Sequence[Entry],
        highlight: Callable[[str], str],
    ) -> None:
        self.entries = entries
        self.language = language
        self.highlight = highlight
        self.newsletter = newsletter
        self.issue = issue
        self.logo = settings.logo_width if settings.logo else 0
        # A letter's title is the page's heading; where there are several posts, the newsletter's name is.
        self.level = 2 if len(entries) == 1 else 4 if settings.group_by else 3
        # A picture that several posts have, such as the site's logo, says nothing of any of them: it is shown once.
        first = {entry.image.url: entry.id for entry in reversed(entries) if entry.image}
        self.illustrated = frozenset(first.values())
        self.written: dict[tuple[str, Form], PostView] = {}

    def write_posts(self, forms: Sequence[Form]) -> list[PostView]:
        """One view for each entry, in the form of the same place."""
        posts = []
        for number, (entry, form) in enumerate(zip(self.entries, forms, strict=True), start=1):
            if (entry.id, form) not in self.written:
                self.written[entry.id, form] = self._write_post(entry, form, number)
            posts.append(self.written[entry.id, form])
        return posts

    def _write_post(self, entry: Entry, form: Form, number: int) -> PostView:
        first = number == 1
        minutes = max(1, round(entry.words / WORDS_PER_MINUTE)) if entry.words else None
        meta = self._write_meta(entry, minutes)
        sentences, columns = (4, 320) if self.issue.layout == "cover" and first else (2, 160)
        excerpt = shorten_to_sentences(drop_invisible(entry.summary), sentences=sentences, columns=columns)
        prose = self._write_prose(entry, form)
        foreign = entry.language and entry.language != self.language.tag
        return PostView(
            id=entry.id,
            number=number,
            url=make_link(entry.url),
            title=name_entry(entry),
            published=entry.published,
            authors=tuple(author.name for author in entry.authors),
            tags=entry.tags,
            categories=entry.categories,
            minutes=minutes,
            meta=meta,
            excerpt=excerpt,
            form=form,
            opening=prose.opening if prose else "",
            body=prose.rest if prose else "",
            plain=prose.plain if prose else wrap_text(excerpt),
            picture=self._choose_picture(entry, form, meta, first=first, prose=prose),
            language=entry.language if foreign else None,
            direction=self._choose_direction(entry),
        )

    def _choose_direction(self, entry: Entry) -> Literal["ltr", "rtl"]:
        """Of a post that says no language, the direction of most letters; without any, the page's."""
        if entry.language:
            return "rtl" if is_right_to_left(entry.language) else "ltr"
        signs = Counter(map(unicodedata.bidirectional, entry.title + entry.summary))
        right, left = signs["R"] + signs["AL"], signs["L"]
        return self.language.direction if right == left else "rtl" if right > left else "ltr"

    def _write_prose(self, entry: Entry, form: Form) -> Prose | None:
        if self.issue.layout != "letter" or form not in {Form.FULL, Form.EXCERPT} or not entry.content.strip():
            return None
        highlighted = replace(entry, content=self.highlight(entry.content))
        return make_prose(highlighted, level=self.level, say=self.language.say, whole=form is Form.FULL)

    def _write_meta(self, entry: Entry, minutes: int | None) -> str:
        parts = [self.language.date(entry.published)]
        if entry.authors:
            parts.append(self.language.listing([author.name for author in entry.authors]))
        if minutes:
            # A line must not end between the number and its unit.
            parts.append(self.language.say("minutes", minutes).replace(" ", "\xa0"))
        return self.language.join(parts)

    def _choose_picture(
        self, entry: Entry, form: Form, meta: str, *, first: bool, prose: Prose | None
    ) -> PictureView | None:
        if form in {Form.HEADLINE, Form.ABSENT} or entry.id not in self.illustrated:
            return None
        image = entry.image and replace(entry.image, url=follow_scheme(entry.image.url, entry.url))
        if prose and image and escape(make_uri(image.url), quote=False) in prose.opening + prose.rest:
            return None
        if self.issue.layout == "letter" or first:
            return choose_cover(
                image,
                name=self.newsletter,
                above=[self.issue.meta, meta],
                title=entry.title,
                late=bool(self.issue.introduction),
                logo=self.logo,
            )
        return choose_thumbnail(image)
