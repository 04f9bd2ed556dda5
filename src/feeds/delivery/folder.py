"""Files in a folder: one folder for each issue, there as a whole or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.delivery.message import build_message, clean_text, make_list_id
from feeds.delivery.prepared import read_request
from feeds.delivery.slots import choose_addresses, fill_html, fill_text
from feeds.errors import ConfigError, PermanentError, TemporaryError
from feeds.models import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeds.config import Config
    from feeds.models import Digest

MANIFEST = "manifest.json"


def make_files(
    config: Config, digest: Digest, *, unsubscribe: str | None = None, web_url: str | None = None
) -> dict[str, str]:
    """The digest as `issue.eml`, `issue.html`, `issue.txt` and, last, `manifest.json`: names and their text.

    Raises ConfigError if the newsletter has no sender.
    """
    values = choose_addresses(digest, unsubscribe=unsubscribe, web_url=web_url, site_url=config.site.url)
    html = clean_text(fill_html(digest.html, digest, values))
    text = clean_text(fill_text(digest.text, digest, values))
    title = config.settings.newsletters[digest.newsletter].title or config.site.title
    list_id = make_list_id(title, digest.newsletter, config.site.url, digest.sender)
    message = build_message(digest, html=html, text=text, to=digest.sender, list_id=list_id)
    files = {"issue.eml": message.decode("ascii"), "issue.html": html, "issue.txt": text}
    manifest = {
        "key": digest.key,
        "newsletter": digest.newsletter,
        "number": digest.number,
        "subject": digest.subject,
        "date": digest.date.isoformat(),
        "files": sorted(files),
        "post_ids": list(digest.post_ids),
    }
    return files | {MANIFEST: json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"}


class FolderTransport:
    """Writes each issue to PATH/NEWSLETTER/NUMBER/."""

    can_look_up = True
    can_draft = False

    def __init__(self, config: Config, *, path: Path, unsubscribe: str | None) -> None:
        self._config = config
        self._path = path
        self._unsubscribe = unsubscribe

    def prepare(self, digest: Digest, *, web_url: str | None = None, draft: bool = False) -> bytes:
        """The files as JSON, with the folder they go to."""
        if draft:
            raise ConfigError("a folder has no drafts; `feeds digest` shows the next issue without delivering it")
        files = make_files(self._config, digest, unsubscribe=self._unsubscribe, web_url=web_url)
        request = {"folder": f"{digest.newsletter}/{digest.number}", "files": files}
        return json.dumps(request, ensure_ascii=False).encode()

    def deliver(self, prepared: bytes, key: str) -> Receipt:
        """The issue's folder, written beside its place and renamed. One that is there stays as it is."""
        request = read_request(prepared, "folder")
        target = self._path / request["folder"]
        try:
            self._write(target, request["files"], key)
        except OSError as error:
            message = f"{target} cannot be written ({error.strerror}); nothing was delivered"
            raise TemporaryError(message) from error
        return Receipt(reference=str(target))

    def look_up(self, prepared: bytes, key: str) -> Receipt | None:
        """The issue's folder, if it is there with this key."""
        target = self._path / read_request(prepared, "folder")["folder"]
        return Receipt(reference=str(target)) if _read_key(target) == key else None

    def _write(self, target: Path, files: Mapping[str, str], key: str) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _hold(target.parent):
            if target.exists():
                if _read_key(target) != key:
                    raise PermanentError(f"{target} holds something else; move it away, then `feeds resolve --again`")
                return
            for left_behind in target.parent.glob(f".{target.name}-*"):
                shutil.rmtree(left_behind, ignore_errors=True)
            beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
            try:
                for name, text in files.items():
                    _write_durably(beside / name, text)
                beside.chmod(0o755)
                _sync_folder(beside)
                beside.rename(target)
            except OSError:
                shutil.rmtree(beside, ignore_errors=True)
                raise
            _sync_folder(target.parent)


@contextlib.contextmanager
def _hold(folder: Path) -> Iterator[None]:
    """Wait until nobody else writes to the folder: what they have half written looks like what a killed run left."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write_durably(path: Path, text: str) -> None:
    with path.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_key(folder: Path) -> str | None:
    with contextlib.suppress(OSError, ValueError):
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
        return found.get("key") if isinstance(found, dict) else None
    return None
