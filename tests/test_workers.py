import contextlib
import os
import signal
import subprocess
import sys
import threading

import pytest

from feeds import workers
from feeds.workers import begin, map_ordered, map_together, stand_by


@pytest.fixture(autouse=True)
def several_processes(monkeypatch):
    monkeypatch.setattr(workers, "count_cores", lambda: 3)
    monkeypatch.setattr(workers, "ENOUGH", 10)
    monkeypatch.setattr(workers, "CHUNK", 4)


def where(value):
    return value, os.getpid()


def test_the_results_are_in_the_order_of_the_values_and_made_elsewhere():
    done = list(map_ordered(where, range(50)))
    assert [value for value, _ in done] == list(range(50))
    assert os.getpid() not in {pid for _, pid in done}


def test_a_program_that_leaves_results_where_they_are_ends_all_the_same():
    code = (
        "from feeds import workers; workers.count_cores = lambda: 2; "
        "made = workers.map_ordered(len, ['ab'] * 1000, enough=1); print(next(made))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == ("2\n", "")


def test_a_few_values_are_not_worth_another_process():
    assert {pid for _, pid in map_ordered(where, range(9))} == {os.getpid()}


@pytest.mark.parametrize("count", [0, 1, 9, 10, 50])
def test_values_that_are_worked_at_together_come_back_one_by_one_in_their_order(count):
    def work(values):
        return [(value, len(values), os.getpid()) for value in values]

    done = list(map_together(work, range(count), batch=4))
    assert [value for value, _, _ in done] == list(range(count))
    assert all(together <= 4 for _, together, _ in done)
    assert {pid == os.getpid() for _, _, pid in done} == ({count < 10} if count else set())


def test_a_process_with_threads_is_not_copied():
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert {pid for _, pid in map_ordered(where, range(50))} == {os.getpid()}
    finally:
        done.set()
        thread.join()


def test_neither_the_work_nor_the_values_need_be_picklable():
    values = [lambda number=number: number for number in range(30)]
    assert list(map_ordered(lambda value: value() + 1, values)) == list(range(1, 31))


def test_what_the_work_raises_is_raised_here():
    def refuse(value):
        if value == 25:
            raise LookupError(value)
        return value

    done = []
    with pytest.raises(LookupError, match="25"):
        done.extend(map_ordered(refuse, range(50)))


def test_a_process_that_dies_is_replaced_by_this_one():
    here = os.getpid()

    def die_elsewhere(value):
        if value == 25 and os.getpid() != here:
            os._exit(1)
        return value

    assert list(map_ordered(die_elsewhere, range(50))) == list(range(50))


def test_work_that_is_begun_is_done_elsewhere():
    pid, text = begin(lambda: (os.getpid(), "x" * 1_000_000))()
    assert pid != os.getpid()
    assert text == "x" * 1_000_000


def test_work_that_is_begun_and_fails_elsewhere_is_done_again_here():
    here = os.getpid()

    def fail_elsewhere():
        if os.getpid() != here:
            raise LookupError
        return here

    def die_elsewhere():
        if os.getpid() != here:
            os._exit(1)
        return here

    assert begin(fail_elsewhere)() == here
    assert begin(die_elsewhere)() == here
    with pytest.raises(ZeroDivisionError):
        begin(lambda: 1 // 0)()


def test_work_that_is_begun_and_never_asked_for_keeps_nobody(tmp_path):
    script = "from feeds import workers\nworkers.count_cores = lambda: 2\nworkers.begin(lambda: b'x' * 1_000_000)\n"
    done = subprocess.run([sys.executable, "-c", script], timeout=20, capture_output=True, check=True, cwd=tmp_path)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_work_is_not_begun_in_a_process_with_threads():
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert begin(os.getpid)() == os.getpid()
    finally:
        done.set()
        thread.join()


def ignore():
    pass


def test_who_stands_by_gets_ready_and_does_the_work_elsewhere():
    ready = []
    with stand_by(lambda: ready.append(os.getpid()), lambda value: (value * 2, ready, os.getpid())) as ask:
        answers = [ask(1)(), ask("x" * 1_000_000)()]
    assert [value for value, _, _ in answers] == [2, "x" * 2_000_000]
    assert {tuple(prepared) for _, prepared, _ in answers} == {(answers[0][2],)}
    assert answers[0][2] != os.getpid()
    assert ready == []


def test_who_asks_has_other_things_to_do_until_the_answer_is_wanted(tmp_path):
    with stand_by(ignore, lambda path: (path.exists(), path.touch())[0]) as ask:
        hear = ask(tmp_path / "done")
        while not (tmp_path / "done").exists():
            pass
        assert hear() is False


def test_who_stands_by_is_gone_with_the_block_whatever_it_is_at(tmp_path):
    def loiter():
        (tmp_path / "pid").write_text(str(os.getpid()))
        (tmp_path / "pid").rename(tmp_path / "there")
        threading.Event().wait()

    with contextlib.suppress(LookupError), stand_by(loiter, str):
        while not (tmp_path / "there").exists():
            pass
        raise LookupError
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "there").read_text()), 0)


def test_who_stands_by_ends_when_whoever_asks_is_killed(tmp_path):
    script = (
        "import os, signal\nfrom feeds import workers\nworkers.count_cores = lambda: 2\n"
        "def tell(): print(os.getpid(), flush=True)\n"
        "with workers.stand_by(tell, lambda _: os.getpid()) as ask:\n"
        "    assert ask(0)() != os.getpid()\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    # It writes to the same place until it ends, and as long something may come to be read there.
    done = subprocess.run([sys.executable, "-c", script], timeout=20, capture_output=True, cwd=tmp_path, check=False)
    assert done.returncode == -signal.SIGKILL
    assert done.stdout


def test_work_whose_stand_by_dies_or_fails_is_done_here():
    here = os.getpid()

    def die():
        os._exit(1)

    def fail():
        raise LookupError

    def fail_elsewhere(value):
        if os.getpid() != here:
            raise LookupError
        return value

    for get_ready, work in ((die, fail_elsewhere), (fail, fail_elsewhere), (ignore, fail_elsewhere)):
        with stand_by(get_ready, work) as ask:
            assert [ask(1)(), ask(2)()] == [1, 2]
    with stand_by(ignore, lambda value: 1 // value) as ask:
        assert ask(1)() == 1
        with pytest.raises(ZeroDivisionError):
            ask(0)()
        assert ask(1)() == 1


def test_what_cannot_be_pickled_is_worked_at_here():
    with stand_by(ignore, lambda value: value()) as ask:
        assert ask(lambda: 1)() == 1
    with stand_by(ignore, lambda value: lambda: value) as ask:
        assert ask(1)()() == 1


def test_nobody_stands_by_where_a_process_would_be_no_help(monkeypatch):
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        with stand_by(ignore, where) as ask:
            assert ask(1)() == (1, os.getpid())
    finally:
        done.set()
        thread.join()
    monkeypatch.setattr(workers, "count_cores", lambda: 1)
    with stand_by(ignore, where) as ask:
        assert ask(1)() == (1, os.getpid())
    monkeypatch.setattr(workers, "count_cores", lambda: 2)
    monkeypatch.delattr(os, "fork")
    with stand_by(ignore, where) as ask:
        assert ask(1)() == (1, os.getpid())
