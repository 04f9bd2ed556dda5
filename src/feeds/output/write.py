"""Files go to a folder and old ones leave it; the manifest tells ours from everybody else's."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import time
from collections import deque
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from feeds.cache.listing import OUTPUT_TICK, list_files
from feeds.errors import LockedError, OutputError
from feeds.files import name_temporary, write_file_whole
from feeds.output.manifest import MANIFEST, Manifest, WrittenFile, read_manifest, write_manifest
from feeds.output.ways import fold, holds, is_file, refusal, refuse_clashes, refuse_foreign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a run did to a folder, as paths below it, sorted. `changed` are the new files and those with other bytes.

    `kept` are files that should have gone, but which somebody has changed since we wrote them: they are no longer ours.
    `files` are those that are ours now, as the manifest has them.
    """

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    files: Mapping[str, WrittenFile] = field(default_factory=dict, compare=False, repr=False)


class KnownFile(NamedTuple):
    """The bytes that a file would have, and how a file with them looked in the folder when it was last seen there.

    `look` is `cache.listing.list_files`'.
    """

    sha256: str
    size: int
    look: str


HANDS = 2
FEW = 3  # files, as many as a feed has formats
NOTHING: Mapping[str, KnownFile] = MappingProxyType({})


def write_output(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    site_url: str,
    dry_run: bool = False,
    known: Mapping[str, KnownFile] = NOTHING,
    former: Iterable[str] = (),
) -> Written:
    """Makes the folder hold `files` (by path below it, with slashes) and none of those of an earlier run besides.

    Each path is asked for once, in the mapping's order, so that it may make its bytes when they are wanted; one that is
    `known` is not asked for if its file looks as it did. A file whose bytes are the same is not touched. With `dry_run`
    nothing is written, and what comes back is what would have been done. A folder with the feeds of another address is
    the site's own if a `former` address of its posts lies there: then the site has moved.
    Raises OutputError, before anything is written, if a path leaves the folder, two paths differ in case alone, a
    foreign file is in the way or the folder holds another site's feeds; and while writing if the system refuses. Raises
    LockedError if another process is writing there.
    """
    with contextlib.nullcontext() if dry_run else _stand_alone(folder):
        return _write_files(folder, files, site_url=site_url, dry_run=dry_run, known=known, former=former)


def add_output(folder: Path, files: Mapping[str, bytes], *, site_url: str) -> Written:
    """Makes the folder hold `files` beside those of an earlier run, which all stay. Otherwise as `write_output`."""
    with _stand_alone(folder):
        return _write_files(folder, files, site_url=site_url, keep=True)


def _write_files(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    site_url: str,
    dry_run: bool = False,
    keep: bool = False,
    known: Mapping[str, KnownFile] = NOTHING,
    former: Iterable[str] = (),
) -> Written:
    paths = sorted(files)
    refuse_clashes(paths)
    before = _read_own_manifest(folder, site_url, former)
    refuse_foreign(folder, files, paths, before)
    run = _Run(folder, before, paths, dry_run=dry_run)
    if not dry_run:
        run.clean_up()
    still = _find_unchanged(folder, known, before)
    for path in files:
        if path in still:
            run.leave(path)
    if todo := [path for path in files if path not in still]:
        run.write_all((path, files[path]) for path in todo)
    others = sorted(before.files.keys() - set(paths))
    if keep:
        run.keep(others)
    else:
        run.remove(others)
    return run.finish()


def _read_own_manifest(folder: Path, site_url: str, former: Iterable[str]) -> Manifest:
    found = read_manifest(folder) or Manifest(site_url=site_url)
    secured = found.site_url.replace("http://", "https://") == site_url.replace("http://", "https://")
    if secured or any(address.startswith(found.site_url) for address in former):
        return replace(found, site_url=site_url)
    raise OutputError(
        f"holds the feeds of {found.site_url}, not of {site_url}: choose another folder (feeds.output), or, if "
        f"the site has moved, write the new address as `site` in its {MANIFEST}",
        path=folder,
    )


@contextlib.contextmanager
def _stand_alone(folder: Path) -> Iterator[None]:
    """Keep other processes from writing to the folder. Two would rename each other's half written files into place."""
    if not folder.is_dir():
        yield  # there is nothing to lock yet, and no earlier run whose files could be mixed with ours
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise LockedError("another build is writing here; try again later", path=folder) from None
    finally:
        os.close(descriptor)


class _Run:
    """One run over a folder. The first change marks the manifest as incomplete, so that a crash leaves a trace."""

    def __init__(self, folder: Path, before: Manifest, paths: Iterable[str], *, dry_run: bool) -> None:
        self.folder = folder
        self.before = before
        self.paths = frozenset(paths)
        self.dry_run = dry_run
        self.after: dict[str, WrittenFile] = {}
        self.changed: list[str] = []
        self.removed: list[str] = []
        self.unchanged: list[str] = []
        self.kept: list[str] = []
        self.marked = dry_run or not before.complete
        self.lock = Lock()
        self.complete = True

    def clean_up(self) -> None:
        """Removes what a run that died has left half written."""
        try:
            name_temporary(self.folder / MANIFEST).unlink(missing_ok=True)
            if not self.before.complete:
                for path in self.before.files:
                    name_temporary(self.folder / path).unlink(missing_ok=True)
        except NotADirectoryError:
            pass  # said with more to the point where the file is written
        except OSError as error:
            raise refusal(self.folder, error) from error

    def write_all(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Writes each file once a hand is free for it: hashing and writing leave Python's lock to others."""
        from concurrent.futures import ThreadPoolExecutor  # a run that finds nothing changed needs no hands

        with ThreadPoolExecutor(HANDS) as hands:
            waiting: deque[Future[None]] = deque()
            for some in _batch_folders(files):
                waiting.append(hands.submit(self._write_some, some))
                # What is made and not yet written waits in memory.
                if len(waiting) > HANDS:
                    waiting.popleft().result()
            while waiting:
                waiting.popleft().result()

    def _write_some(self, files: Iterable[tuple[str, bytes]]) -> None:
        for path, data in files:
            self.write(path, data)

    def write(self, path: str, data: bytes) -> None:
        self.after[path] = WrittenFile(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
        place = self.folder / path
        if holds(place, data):
            self.unchanged.append(path)
            return
        self.changed.append(path)
        if not self.dry_run:
            with self.lock:
                self._mark()
            write_file_whole(place, data, fsync=False)

    def leave(self, path: str) -> None:
        self.after[path] = self.before.files[path]
        self.unchanged.append(path)

    def remove(self, paths: Iterable[str]) -> None:
        places = {fold(path): self.folder / path for path in self.after}
        for path in paths:
            place = self.folder / path
            # Where names that differ in case are one file, the new one has taken the place of the old one.
            if not is_file(place) or ((new := places.get(fold(path))) and new.exists() and place.samefile(new)):
                continue
            if not self._is_ours(place, self.before.files[path]):
                self.kept.append(path)
                continue
            self.removed.append(path)
            if not self.dry_run:
                self._mark()
                self._unlink(place)

    def keep(self, paths: Iterable[str]) -> None:
        """Leaves files of an earlier run as they are; what that run did not finish, the next whole one will."""
        self.after |= {path: self.before.files[path] for path in paths}
        self.complete = self.before.complete

    def finish(self) -> Written:
        manifest = Manifest(site_url=self.before.site_url, files=self.after, complete=self.complete)
        if not self.dry_run and (manifest != self.before or not (self.folder / MANIFEST).exists()):
            write_manifest(self.folder, manifest)
        return Written(
            changed=tuple(sorted(self.changed)),
            removed=tuple(self.removed),
            unchanged=tuple(sorted(self.unchanged)),
            kept=tuple(self.kept),
            files=self.after,
        )

    def _mark(self) -> None:
        if not self.marked:
            new = {path: WrittenFile() for path in self.paths - self.before.files.keys()}
            files = {**self.before.files, **new}
            write_manifest(self.folder, Manifest(site_url=self.before.site_url, files=files, complete=False))
            self.marked = True

    def _is_ours(self, place: Path, known: WrittenFile) -> bool:
        # After a crash the bytes may be those of the run that died; it had the right to the path, and so have we.
        return not self.before.complete or hashlib.sha256(place.read_bytes()).hexdigest() == known.sha256

    def _unlink(self, place: Path) -> None:
        try:
            place.unlink()
            parent = place.parent
            while parent != self.folder and not any(parent.iterdir()):
                parent.rmdir()
                parent = parent.parent
        except OSError as error:
            raise refusal(place, error) from error


def _batch_folders(files: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    """A few files of one folder at a time: two hands in one folder wait for each other."""
    for _, group in groupby(files, key=lambda file: file[0].rpartition("/")[0]):
        while some := list(islice(group, FEW)):
            yield some


def _find_unchanged(folder: Path, known: Mapping[str, KnownFile], before: Manifest) -> frozenset[str]:
    """The known files that we wrote, and that nobody has touched since or that have the same bytes all the same."""
    ours = [
        path
        for path, file in known.items()
        if before.files.get(path) == WrittenFile(sha256=file.sha256, size=file.size)
    ]
    looks = list_files((str(folder / path) for path in ours), fresh_since=time.time_ns() - OUTPUT_TICK)
    return frozenset(
        path
        for path, look in zip(ours, looks.values(), strict=True)
        # To read a file that has been touched takes a fraction of what making its bytes again would.
        if look == known[path].look or _hash_file(folder / path) == known[path].sha256
    )


def _hash_file(place: Path) -> str:
    try:
        return hashlib.sha256(place.read_bytes()).hexdigest()
    except OSError:  # said with more to the point where the file is written
        return ""
