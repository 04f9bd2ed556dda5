"""What is in an issue, and what is made of it without the site's posts or its state, wherever that is done."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.config import Config, Settings
    from feeds.models import Digest, Entry


class Contents(NamedTuple):
    """All that the digest of one issue is made from.

    `config` is that for mail, as `feeds.config.make_plain` has it; `introduction` is clean HTML.
    """

    config: Config
    newsletter: str
    number: int
    key: str
    entries: tuple[Entry, ...]
    introduction: str | None
    corrections: tuple[Entry, ...]
    now: datetime


class LaidOut(NamedTuple):
    """A digest, and its files by name as the folder transport has them."""

    digest: Digest
    documents: Mapping[str, str]


def compose_contents(contents: Contents) -> Digest:
    """The digest of the contents. Raises what `feeds.digest.compose_digest` raises."""
    from feeds.digest import compose_digest
    from feeds.render import highlight_code

    return compose_digest(
        contents.config,
        newsletter=contents.newsletter,
        number=contents.number,
        key=contents.key,
        entries=contents.entries,
        now=contents.now,
        introduction=contents.introduction,
        corrections=contents.corrections,
        highlight=highlight_code,
    )


def lay_out(contents: Contents) -> LaidOut:
    """The digest of the contents and its files. Raises as `compose_contents` does."""
    from feeds.delivery import make_files

    config = contents.config
    digest = compose_contents(contents)
    transport = config.settings.transports.get(config.settings.newsletters[contents.newsletter].transport)
    unsubscribe = getattr(transport, "unsubscribe", None)
    return LaidOut(digest, make_files(config, digest, unsubscribe=unsubscribe))


def get_ready() -> None:
    """Lay out an issue of nothing, for most of the time goes into importing, compiling templates and reading styles."""
    from feeds.config import Config, Findings
    from feeds.models import Entry, Site

    root = Path()
    look = {"accent": None, "font": None, "logo": None, "logo_width": 0, "template": "digest.html", "layout": "auto"}
    words = {"title": None, "subject": None, "sender": "", "footer": None, "address": None, "group_by": None}
    newsletter = SimpleNamespace(**look, **words, transport="", links=())
    config = Config(
        root=root,
        state_dir=root,
        output=root,
        site=Site(title="None", url="https://example.invalid/", language="en", timezone="UTC"),
        settings=cast("Settings", SimpleNamespace(newsletters={"none": newsletter}, transports={})),
        findings=Findings(),
        authors={},
        posts=(),
        origins={},
        stable_url=False,
    )
    moment = datetime.fromtimestamp(0, UTC)
    url = f"{config.require_url()}picture.png"
    entries = [
        Entry(
            id=f"urn:{number}",
            source="",
            url=config.require_url(),
            title="None",
            published=moment,
            updated=moment,
            summary="One sentence. Another.",
            content=f'<p>One sentence. Another.</p>\n<p><img src="{url}" alt=""></p>',
        )
        for number in range(2)
    ]
    lay_out(
        Contents(
            config=config,
            newsletter="none",
            number=1,
            key="0" * 64,
            entries=tuple(entries),
            introduction=None,
            corrections=(),
            now=moment,
        )
    )
