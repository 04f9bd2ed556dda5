"""One issue, from entries to its finished `Digest`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from feeds.digest.addresses import follow_scheme, make_link, make_slots, make_uri
from feeds.digest.budget import fit_forms, note_shortening
from feeds.digest.elements import drop_invisible
from feeds.digest.html import inline_styles
from feeds.digest.layout import arrange_posts, choose_forms, choose_layout
from feeds.digest.look import make_look
from feeds.digest.posts import PostWriter, name_entry
from feeds.digest.prose import make_fragment
from feeds.digest.subject import SUBJECT_LENGTH, compose_preheader, compose_subject, name_newsletter
from feeds.digest.view import CorrectionView, Form, IssueView, LinkView, NewsletterView
from feeds.errors import ConfigError
from feeds.models import Digest
from feeds.theme import choose_template, locate_template, make_environment, make_language, render_template

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from feeds.config import Config, NewsletterSettings
    from feeds.models import Entry
    from feeds.theme import Language


def compose_digest(
    config: Config,
    *,
    newsletter: str,
    number: int,
    key: str,
    entries: Sequence[Entry],
    now: datetime,
    introduction: str | None = None,
    corrections: Sequence[Entry] = (),
    highlight: Callable[[str], str] = str,
) -> Digest:
    """The issue that carries `entries`, which must not be empty, newest first; `now` is its date.

    `introduction` is the editor's own text as clean HTML. `corrections` are posts that were mailed before;
    what their front matter says under `correction` is the note, unless it is a plain yes. `highlight` gives the HTML
    of a post that is shown in full with the tokens of its code told apart. Raises ConfigError if there is no such
    newsletter, TemplateError if a template is broken.
    """
    settings = _settings(config, newsletter)
    environment = make_environment(config)
    language = make_language(config.site.language, config.site.timezone)
    entries = [_follow_site(config, entry) for entry in entries]
    entries = sorted(entries, key=lambda entry: (entry.published, entry.id), reverse=True)
    titles = [name_entry(entry) for entry in entries]
    title = name_newsletter(config, newsletter)
    intro = make_fragment(introduction, say=language.say) if introduction and introduction.strip() else None
    subject, length = compose_subject(
        environment,
        language,
        template=settings.subject,
        newsletter=newsletter,
        title=title,
        number=number,
        date=now,
        titles=titles,
    )
    bare = IssueView(
        number=number,
        date=now,
        subject=subject,
        preheader=compose_preheader(language, titles=titles, summary=entries[0].summary),
        meta=language.join(
            [language.say("issue", number), language.date(now), language.say("new_posts", len(entries))]
        ),
        layout=choose_layout(settings, len(entries)),
        introduction=intro.opening + intro.rest if intro else "",
        introduction_plain=intro.plain if intro else "",
        corrections=tuple(_view_correction(_follow_site(config, entry)) for entry in corrections),
        slots=make_slots(key),
    )
    writer = PostWriter(
        settings=settings, language=language, newsletter=title, issue=bare, entries=entries, highlight=highlight
    )
    values: dict[str, Any] = {
        "newsletter": _view_newsletter(config, settings, language, name=newsletter, title=title),
        "look": make_look(settings, language=language),
    }

    def compose(forms: Sequence[Form]) -> tuple[str, IssueView]:
        posts = writer.write_posts(forms)
        issue = arrange_posts(bare, posts, by=settings.group_by, rest=language.say("more"))
        page = render_template(environment, settings.template, issue=issue, **values)
        return inline_styles(page, template=locate_template(environment, settings.template)), issue

    wanted = choose_forms(bare.layout, len(entries))
    (html, issue), shown = fit_forms(wanted, compose, lambda made: len(made[0].encode()))
    text_template = choose_template(environment, settings.template.removesuffix(".html") + ".txt", "digest.txt")
    text = render_template(environment, text_template, issue=issue, **values)
    sender, sender_notes = _choose_sender(config, settings, newsletter, title)
    return Digest(
        newsletter=newsletter,
        number=number,
        key=key,
        subject=issue.subject,
        preheader=issue.preheader,
        sender=sender,
        html=html,
        text=_finish_text(text),
        date=now,
        language=config.site.language,
        post_ids=tuple(entry.id for entry in entries),
        slots=issue.slots,
        corrections={entry.id: read_note(entry.extra.get("correction")) for entry in corrections},
        notes=(*_note_subject(length), *note_shortening(titles, wanted, shown), *sender_notes),
    )


def read_note(correction: object) -> str:
    """The author's note in a post's `correction`; "" for one that only says that there is a correction."""
    return " ".join(correction.split()) if isinstance(correction, str) else ""


def _settings(config: Config, newsletter: str) -> NewsletterSettings:
    try:
        return config.settings.newsletters[newsletter]
    except KeyError:
        known = ", ".join(sorted(config.settings.newsletters)) or "none yet"
        raise ConfigError(
            f"there is no newsletter of that name; feeds.toml has {known}", key=f"newsletters.{newsletter}"
        ) from None


def _view_newsletter(
    config: Config, settings: NewsletterSettings, language: Language, *, name: str, title: str
) -> NewsletterView:
    url = config.require_url()
    return NewsletterView(
        name=name,
        title=title,
        logo=make_uri(urljoin(url, settings.logo)) if settings.logo else None,
        logo_width=settings.logo_width,
        reason=settings.footer or language.say("reason", newsletter=title),
        address=settings.address,
        links=tuple(LinkView(title=link.title, url=make_link(link.url)) for link in settings.links),
        feed=make_link(urljoin(url, "subscribe/")),
    )


def _follow_site(config: Config, entry: Entry) -> Entry:
    return replace(entry, url=follow_scheme(entry.url, config.require_url()))


def _view_correction(entry: Entry) -> CorrectionView:
    return CorrectionView(title=entry.title, url=make_link(entry.url), note=read_note(entry.extra.get("correction")))


def _choose_sender(
    config: Config, settings: NewsletterSettings, newsletter: str, title: str
) -> tuple[str, tuple[str, ...]]:
    """The From address, and what to say if there is none: a digest can be looked at before there is one.

    A reader sees a name in a list of mails, so that an address alone gets the newsletter's.
    """
    quoted = '"' + title.replace("\\", "").replace('"', "") + '"'
    if settings.sender:
        alone = re.fullmatch(r"\s*[^\s<>\"(),;:]+@[^\s<>\"(),;:]+\s*", settings.sender)
        return (f"{quoted} <{settings.sender.strip()}>" if alone else settings.sender), ()
    host = urlsplit(config.require_url()).hostname
    note = f'newsletters.{newsletter}.from is not set; write `from = "{title} <you@{host}>"` before anything is sent'
    return f"{quoted} <newsletter@{host}>", (note,)


def _note_subject(length: int) -> tuple[str, ...]:
    fits = length <= SUBJECT_LENGTH
    return (
        () if fits else (f"the subject has {length} characters and is cut to {SUBJECT_LENGTH}; say it in fewer words",)
    )


def _finish_text(text: str) -> str:
    """Lines without trailing spaces, never more than two empty ones in a row, one line end at the end."""
    lines: list[str] = []
    for line in drop_invisible(text).splitlines():
        if line.strip() or lines[-2:] != ["", ""]:
            lines.append(line.rstrip())
    return "\n".join(lines).strip("\n") + "\n"
