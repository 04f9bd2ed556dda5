import json
import threading

import pytest

from digests import make_config, make_digest
from feeds.delivery import make_files, make_transport
from feeds.errors import ConfigError, PermanentError, TemporaryError


def make_folder(root, toml=""):
    config = make_config(root, toml)
    return make_transport(config, "files" if toml else "folder", environment={})


def deliver(transport, digest):
    prepared = transport.prepare(digest)
    return prepared, transport.deliver(prepared, digest.key)


def test_an_issue_is_four_files_and_the_manifest_names_them(tmp_path):
    digest = make_digest()
    _, receipt = deliver(make_folder(tmp_path), digest)
    folder = tmp_path / "outbox/weekly/1"
    assert receipt.reference == str(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["issue.eml", "issue.html", "issue.txt", "manifest.json"]
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest == {
        "key": digest.key,
        "newsletter": "weekly",
        "number": 1,
        "subject": "The week",
        "date": "2026-03-02T09:00:00+00:00",
        "files": ["issue.eml", "issue.html", "issue.txt"],
        "post_ids": list(digest.post_ids),
    }
    assert (folder / "issue.eml").read_bytes() == make_files(make_config(tmp_path), digest)["issue.eml"].encode()
    assert not list((tmp_path / "outbox/weekly").glob(".*"))


def test_slots_are_filled_and_escaped_for_where_they_stand(tmp_path):
    out = "https://example.org/out?list=a&reader=b"
    toml = f'[transports.files]\nkind = "folder"\npath = "mail"\nunsubscribe = "{out}"\n'
    transport = make_folder(tmp_path, toml)
    files = json.loads(transport.prepare(make_digest(), web_url="https://example.org/web/1/"))["files"]
    assert 'href="https://example.org/out?list=a&amp;reader=b"' in files["issue.html"]
    assert out in files["issue.txt"]
    assert 'href="https://example.org/web/1/"' in files["issue.html"]
    assert ".invalid" not in "".join(files.values())


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://example.org/a b", 'https://x/"><script>'])
def test_an_unsubscribe_address_that_is_none_is_an_error(tmp_path, address):
    toml = f"[transports.files]\nkind = \"folder\"\nunsubscribe = '{address}'\n"
    with pytest.raises(ConfigError, match="is no https: or mailto: address"):
        make_folder(tmp_path, toml).prepare(make_digest())


def test_delivering_twice_under_one_key_leaves_the_first_as_it_is(tmp_path):
    transport = make_folder(tmp_path)
    prepared, first = deliver(transport, make_digest())
    before = (tmp_path / "outbox/weekly/1/manifest.json").stat().st_mtime_ns
    assert transport.deliver(prepared, make_digest().key) == first
    assert (tmp_path / "outbox/weekly/1/manifest.json").stat().st_mtime_ns == before


def test_another_issue_in_its_place_is_never_overwritten(tmp_path):
    transport = make_folder(tmp_path)
    deliver(transport, make_digest())
    with pytest.raises(PermanentError, match="holds something else"):
        deliver(transport, make_digest(posts=("https://example.org/other/",)))
    (tmp_path / "outbox/weekly/2").mkdir()
    with pytest.raises(PermanentError, match="holds something else"):
        deliver(transport, make_digest(number=2))


def test_what_was_delivered_can_be_looked_up_by_its_key(tmp_path):
    transport = make_folder(tmp_path)
    digest = make_digest()
    prepared = transport.prepare(digest)
    assert transport.look_up(prepared, digest.key) is None
    transport.deliver(prepared, digest.key)
    assert transport.look_up(prepared, digest.key).reference.endswith("outbox/weekly/1")
    assert transport.look_up(prepared, "another key") is None


def test_what_a_killed_run_left_behind_goes_with_the_next(tmp_path):
    left = tmp_path / "outbox/weekly/.1-dead"
    left.mkdir(parents=True)
    (left / "issue.eml").write_text("half")
    deliver(make_folder(tmp_path), make_digest())
    assert not left.exists()


def test_a_folder_that_cannot_be_written_accepts_nothing(tmp_path):
    (tmp_path / "outbox").write_text("a file in the way")
    with pytest.raises(TemporaryError, match="nothing was delivered"):
        deliver(make_folder(tmp_path), make_digest())


def test_twenty_at_once_leave_one_whole_issue(tmp_path):
    transport = make_folder(tmp_path)
    prepared = transport.prepare(make_digest())
    receipts, problems = [], []

    def run():
        try:
            receipts.append(transport.deliver(prepared, make_digest().key))
        except TemporaryError as error:
            problems.append(error)

    threads = [threading.Thread(target=run) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(receipts), problems) == (20, [])
    assert [path.name for path in (tmp_path / "outbox/weekly").iterdir() if not path.name.startswith(".")] == ["1"]
    assert transport.look_up(prepared, make_digest().key)


def test_a_folder_has_no_drafts(tmp_path):
    with pytest.raises(ConfigError, match="has no drafts"):
        make_folder(tmp_path).prepare(make_digest(), draft=True)
