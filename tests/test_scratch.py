import resource
import tempfile

import pytest

from feeds import workers
from feeds.scratch import Scratch
from feeds.workers import map_ordered

PIECES = [f"piece {number} ".encode() * (number + 1) for number in range(40)]


@pytest.fixture(autouse=True)
def several_processes(monkeypatch):
    monkeypatch.setattr(workers, "count_cores", lambda: 3)
    monkeypatch.setattr(workers, "ENOUGH", 10)
    monkeypatch.setattr(workers, "CHUNK", 4)


def test_what_other_processes_have_put_there_is_found_where_they_say():
    scratch = Scratch()
    for _ in range(2):  # the second time behind what lies there already
        places = list(map_ordered(scratch.put, [[[piece, b""], [piece[:3]]] for piece in PIECES]))
        found = [[scratch.take(place) for place in two] for two in places]
        assert found == [[[piece, b""], [piece[:3]]] for piece in PIECES]
    assert {number for two in places for number, _, _ in two} <= {0, 1, 2}


def test_the_process_that_shares_the_work_out_puts_nothing_there():
    scratch = Scratch()
    assert not scratch.is_open
    assert scratch.put([[b"here"]]) is None
    assert all(map_ordered(lambda _: scratch.is_open, PIECES))


def test_where_there_is_no_room_nothing_is_handed_over():
    def put(piece):
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        return scratch.put([[piece]])

    scratch = Scratch()
    for piece, places in zip(PIECES, map_ordered(put, PIECES), strict=True):
        assert places is None or [scratch.take(place) for place in places] == [[piece]]
    assert places is None


def test_without_a_folder_for_what_is_temporary_nothing_is_handed_over(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    scratch = Scratch()
    assert set(map_ordered(scratch.put, [[PIECES]] * 20)) == {None}
