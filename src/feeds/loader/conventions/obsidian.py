"""Obsidian vaults: https://help.obsidian.md/properties and https://help.obsidian.md/publish/publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeds.config import Findings
from feeds.errors import ConfigError
from feeds.loader.addresses import join_path
from feeds.loader.conventions.plain import Plain
from feeds.loader.datafiles import read_data
from feeds.loader.keys import is_false
from feeds.models import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from feeds.loader.convention import Page, SourceFile

# The core plugins and settings that keep notes which are no writing of one's own.
_SETTINGS = (
    ("templates.json", "folder"),
    ("plugins/templater-obsidian/data.json", "templates_folder"),
    ("app.json", "attachmentFolderPath"),
)


class Obsidian(Plain):
    """A vault is a plain folder with properties; what lies in its folder of templates is no note."""

    name = "obsidian"

    def detect(self, root: Path) -> str | None:
        """The vault's own folder of settings."""
        return ".obsidian" if (root / ".obsidian").is_dir() else None

    def read_site(self, root: Path) -> Findings:
        """What a plain folder says, and which folders hold templates."""
        found = super().read_site(root)
        ignored = []
        for name, key in _SETTINGS:
            file = root / ".obsidian" / name
            try:
                value = read_data(file).get(key) if file.is_file() else None
            except ConfigError:  # Obsidian writes it anew at its next start
                value = None
            if isinstance(value, str) and value.strip("/."):
                ignored.append(value.strip("/."))
        options = {**found.options, "ignored": ignored}
        return Findings(
            convention=self.name,
            site=found.site,
            posts=found.posts,
            authors=found.authors,
            options=options,
            # Publish has rules of its own for addresses, so that none is guessed.
            origins={key: why for key, why in found.origins.items() if key != "posts.permalink"}
            | {"posts.convention": ".obsidian"},
        )

    def find_files(self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]) -> Iterator[SourceFile]:
        """The notes outside of the folders of templates."""
        ignored = tuple(f"{folder}/" for folder in options.get("ignored", ()))
        for file in super().find_files(root, folders, options):
            above = file.source.lower().split("/")[:-1]
            if not file.source.startswith(ignored) and "templates" not in above:
                yield file

    def judge(self, page: Page) -> tuple[Status, str]:
        """`publish: false` keeps a note out of Obsidian Publish, and so out of feeds."""
        if is_false(page.fields.get("publish")):
            return Status.HIDDEN, "publish: false"
        return super().judge(page)

    def address(self, page: Page) -> str:
        """`permalink`, or the path with `+` for spaces, as Obsidian Publish has it."""
        own = page.fields.get("permalink")
        if isinstance(own, str) and own.strip():
            return join_path(own)
        return join_path(page.file.source.rpartition(".")[0].replace(" ", "+"))
