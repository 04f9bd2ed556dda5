import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from feeds.errors import OutputError
from feeds.files import name_temporary
from feeds.output import MANIFEST, Manifest, Written, WrittenFile, add_output, read_manifest, write_output
from feeds.output.manifest import write_manifest
from making_folders import make_forbidden, make_public, names, without_rights

SITE = "https://blog.example/"
FILES = {"rss.xml": b"<rss/>", "tags/c/rss.xml": b"<c/>", "tags/d/rss.xml": b"<d/>"}


def write(folder, files, **more):
    return write_output(folder, files, site_url=SITE, **more)


def snapshot(folder):
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_files_appear_with_a_manifest(tmp_path):
    assert write(tmp_path / "public", FILES) == Written(changed=tuple(FILES))
    assert {path: data for path, (data, _) in snapshot(tmp_path / "public").items() if path != MANIFEST} == FILES
    manifest = read_manifest(tmp_path / "public")
    assert (manifest.site_url, manifest.complete, set(manifest.files)) == (SITE, True, set(FILES))
    assert manifest.files["rss.xml"].size == 6


def test_files_are_added_beside_those_that_are_there(tmp_path):
    write(tmp_path, FILES)
    before = snapshot(tmp_path)
    assert add_output(tmp_path, {"new.xml": b"<new/>"}, site_url=SITE) == Written(changed=("new.xml",))
    after = snapshot(tmp_path)
    assert {path: after[path] for path in FILES} == {path: before[path] for path in FILES}
    assert set(read_manifest(tmp_path).files) == {*FILES, "new.xml"}
    assert write(tmp_path, FILES).removed == ("new.xml",)


def test_adding_files_does_not_finish_the_run_that_died(tmp_path):
    unfinished = {"rss.xml": WrittenFile()}
    write_manifest(tmp_path, Manifest(site_url=SITE, files=unfinished, complete=False))
    add_output(tmp_path, {"new.xml": b"<new/>"}, site_url=SITE)
    manifest = read_manifest(tmp_path)
    assert (manifest.complete, set(manifest.files)) == (False, {"rss.xml", "new.xml"})


def test_a_second_run_touches_nothing(tmp_path):
    write(tmp_path, FILES)
    before = snapshot(tmp_path)
    assert write(tmp_path, FILES) == Written(unchanged=tuple(FILES))
    assert snapshot(tmp_path) == before


def test_only_what_changed_is_written(tmp_path):
    write(tmp_path, FILES)
    before = snapshot(tmp_path)
    assert write(tmp_path, FILES | {"rss.xml": b"<new/>"}).changed == ("rss.xml",)
    after = snapshot(tmp_path)
    assert {path for path in after if after[path] != before[path]} == {"rss.xml", MANIFEST}


def test_what_is_no_longer_wanted_goes_with_its_folders(tmp_path):
    write(tmp_path, FILES)
    written = write(tmp_path, {"rss.xml": b"<rss/>", "tags/d/rss.xml": b"<d/>"})
    assert written.removed == ("tags/c/rss.xml",)
    assert names(tmp_path / "tags") == ["d"]


def test_a_folder_with_other_files_stays(tmp_path):
    write(tmp_path, FILES)
    (tmp_path / "tags" / "c" / "index.html").write_text("theirs")
    write(tmp_path, {"rss.xml": b"<rss/>"})
    assert snapshot(tmp_path).keys() == {"rss.xml", "tags/c/index.html", MANIFEST}


def test_a_file_that_somebody_damaged_is_written_again(tmp_path):
    write(tmp_path, FILES)
    (tmp_path / "rss.xml").write_bytes(b"broken")
    assert write(tmp_path, FILES).changed == ("rss.xml",)
    assert (tmp_path / "rss.xml").read_bytes() == b"<rss/>"


def test_a_file_that_somebody_changed_is_not_removed(tmp_path):
    write(tmp_path, FILES)
    (tmp_path / "rss.xml").write_bytes(b"mine now")
    assert write(tmp_path, {}) == Written(removed=("tags/c/rss.xml", "tags/d/rss.xml"), kept=("rss.xml",))
    assert (tmp_path / "rss.xml").read_bytes() == b"mine now"


def test_a_foreign_file_is_never_overwritten(tmp_path):
    (tmp_path / "tags" / "d").mkdir(parents=True)
    (tmp_path / "tags" / "d" / "rss.xml").write_text("theirs")
    with pytest.raises(OutputError, match=r"tags/d/rss\.xml: is not a file that feeds wrote; move it away"):
        write(tmp_path, FILES)
    assert snapshot(tmp_path).keys() == {"tags/d/rss.xml"}


def test_a_foreign_file_that_came_later_is_never_overwritten(tmp_path):
    write(tmp_path, {"rss.xml": b"<rss/>"})
    (tmp_path / "atom.xml").write_text("theirs")
    with pytest.raises(OutputError, match=r"atom\.xml"):
        write(tmp_path, {"rss.xml": b"<changed/>", "atom.xml": b"<feed/>"})
    assert (tmp_path / "rss.xml").read_bytes() == b"<rss/>"


def test_our_own_files_are_recognised_when_only_the_manifest_was_lost(tmp_path):
    write(tmp_path, FILES)
    (tmp_path / MANIFEST).unlink()
    assert write(tmp_path, FILES).unchanged == tuple(FILES)
    assert set(read_manifest(tmp_path).files) == set(FILES)


def test_the_folder_of_another_site_is_refused(tmp_path):
    write(tmp_path, FILES)
    with pytest.raises(OutputError, match=r"holds the feeds of https://blog\.example/, not of https://other\.example/"):
        write_output(tmp_path, FILES, site_url="https://other.example/")


def test_a_site_that_moved_goes_on_as_the_error_says(tmp_path):
    write(tmp_path, FILES)
    path = tmp_path / MANIFEST
    path.write_text(path.read_text().replace(SITE, "https://new.example/"))
    assert write_output(tmp_path, FILES, site_url="https://new.example/").unchanged == tuple(FILES)


@pytest.mark.parametrize("place", ["rss.xml", "tags", "tags/c"])
def test_no_link_leads_out_of_the_folder(tmp_path, place):
    outside = tmp_path / "outside"
    outside.mkdir()
    link = tmp_path / "public" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    with pytest.raises(OutputError):
        write(tmp_path / "public", FILES)
    assert names(outside) == []


def test_a_file_of_ours_that_became_a_link_is_not_written_through(tmp_path):
    write(tmp_path / "public", FILES)
    (tmp_path / "theirs").write_text("theirs")
    (tmp_path / "public" / "rss.xml").unlink()
    (tmp_path / "public" / "rss.xml").symlink_to(tmp_path / "theirs")
    with pytest.raises(OutputError, match="is not a file that feeds wrote"):
        write(tmp_path / "public", FILES)
    assert (tmp_path / "theirs").read_text() == "theirs"


def test_a_file_where_a_folder_is_needed_is_named(tmp_path):
    (tmp_path / "tags").write_text("theirs")
    with pytest.raises(OutputError, match="tags: is a file where a folder is needed"):
        write(tmp_path, FILES)


def test_a_folder_where_a_file_is_needed_is_named(tmp_path):
    (tmp_path / "rss.xml").mkdir()
    with pytest.raises(OutputError, match=r"rss\.xml: is not a file that feeds wrote"):
        write(tmp_path, FILES)


@pytest.mark.parametrize("other", ["TAGS/C/rss.xml", "tags/C/RSS.xml"])
def test_paths_that_differ_in_case_alone_are_refused(tmp_path, other):
    with pytest.raises(OutputError, match="are one file on many systems"):
        write(tmp_path, FILES | {other: b""})
    assert names(tmp_path) == []


def test_paths_that_differ_in_composition_alone_are_refused(tmp_path):
    with pytest.raises(OutputError, match="are one file on many systems"):
        write(tmp_path, {"tags/\u00e9/rss.xml": b"", "tags/e\u0301/rss.xml": b""})


def test_a_path_that_is_a_file_and_a_folder_is_refused(tmp_path):
    with pytest.raises(OutputError, match=r"tags/c/rss\.xml would have to be both"):
        write(tmp_path, FILES | {"tags/c/rss.xml/x": b""})


@pytest.mark.parametrize("path", ["../rss.xml", "/etc/passwd", "a/../../b"])
def test_no_path_leaves_the_folder(tmp_path, path):
    with pytest.raises(OutputError, match="no path for a file of ours"):
        write(tmp_path / "public", {path: b""})


def test_a_name_may_change_its_case(tmp_path):
    write(tmp_path, {"tags/C/rss.xml": b"<c/>"})
    write(tmp_path, {"tags/c/rss.xml": b"<c/>"})
    assert (tmp_path / "tags" / "c" / "rss.xml").read_bytes() == b"<c/>"
    assert len(names(tmp_path / "tags")) == 1


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(tmp_path):
    write(tmp_path, FILES)
    before = snapshot(tmp_path)
    wanted = {"rss.xml": b"<new/>", "tags/c/rss.xml": b"<c/>"}
    told = write(tmp_path, wanted, dry_run=True)
    assert told == Written(changed=("rss.xml",), removed=("tags/d/rss.xml",), unchanged=("tags/c/rss.xml",))
    assert snapshot(tmp_path) == before
    assert write(tmp_path, wanted) == told
    write(tmp_path / "new", FILES, dry_run=True)
    assert not (tmp_path / "new").exists()


class Dying(Mapping):
    """Files of which the last cannot be made: a run that stops half-way."""

    def __init__(self, files, last):
        self.files, self.last = files, last

    def __getitem__(self, path):
        if path == self.last:
            raise KeyboardInterrupt
        return self.files[path]

    def __iter__(self):
        return iter(self.files)

    def __len__(self):
        return len(self.files)


@pytest.mark.parametrize("old", [{}, {"rss.xml": b"<old/>", "gone.xml": b"<gone/>"}])
def test_after_a_crash_the_next_run_finishes_the_work(tmp_path, old):
    write(tmp_path, old)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, Dying(FILES, "tags/d/rss.xml"))
    assert (tmp_path / "rss.xml").read_bytes() == b"<rss/>"
    assert not read_manifest(tmp_path).complete
    (tmp_path / "tags" / "c").mkdir(parents=True, exist_ok=True)
    name_temporary(tmp_path / "tags" / "c" / "rss.xml").write_bytes(b"half")
    name_temporary(tmp_path / MANIFEST).write_bytes(b"half")
    write(tmp_path, FILES | {"rss.xml": b"<newer/>"})
    assert {path: data for path, (data, _) in snapshot(tmp_path).items() if path != MANIFEST} == FILES | {
        "rss.xml": b"<newer/>"
    }
    assert read_manifest(tmp_path).complete


def test_what_a_run_that_died_wrote_may_be_removed(tmp_path):
    write_manifest(tmp_path, Manifest(site_url=SITE, files={"rss.xml": WrittenFile()}, complete=False))
    (tmp_path / "rss.xml").write_bytes(b"<written before the crash/>")
    assert write(tmp_path, {}).removed == ("rss.xml",)


def test_a_folder_that_may_not_be_written_is_an_error_that_says_so():
    with make_forbidden() as folder, pytest.raises(OutputError, match="make the folder writable"):
        write(folder, FILES)


paths = st.sampled_from(["a.xml", "b.xml", "t/a.xml", "t/b.xml", "t/u/a.xml"])
states = st.lists(st.dictionaries(paths, st.binary(max_size=3)), min_size=1, max_size=5)


@given(states)
@settings(max_examples=40, deadline=None)
def test_after_any_sequence_of_runs_the_folder_holds_the_last_files_and_no_others(sequence):
    folder = Path(tempfile.mkdtemp())
    try:
        for files in sequence:
            write(folder, files)
        assert {path: data for path, (data, _) in snapshot(folder).items() if path != MANIFEST} == sequence[-1]
        assert not [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())]
    finally:
        shutil.rmtree(folder)


def test_a_file_that_may_not_be_read_or_removed_is_an_error_that_says_so():
    with make_public() as folder:
        write(folder, {"a.xml": b"a", "t/b.xml": b"b"})
        (folder / "a.xml").chmod(0)
        with without_rights(), pytest.raises(OutputError, match=r"a\.xml: cannot be read .*set its permissions right"):
            write(folder, {"a.xml": b"x", "t/b.xml": b"b"})
        (folder / "a.xml").chmod(0o644)
        (folder / "t").chmod(0o555)
        write_manifest(folder, Manifest(site_url=SITE, files={"t/b.xml": WrittenFile()}, complete=False))
        with without_rights(), pytest.raises(OutputError, match=r"b\.xml: cannot be read or changed"):
            write(folder, {})
        (folder / "t").chmod(0)
        with without_rights(), pytest.raises(OutputError, match="set its permissions right"):
            write(folder, {"t/b.xml": b"b"})
        (folder / "t").chmod(0o755)


def test_a_manifest_that_may_not_be_read_is_an_error_that_says_so():
    with make_public() as folder:
        write(folder, FILES)
        (folder / MANIFEST).chmod(0)
        with without_rights(), pytest.raises(OutputError, match="make it readable"):
            write(folder, FILES)
