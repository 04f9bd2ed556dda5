"""What a room offers is there for whoever asks, and nothing is imported before."""

import subprocess
import sys
from importlib import import_module

import pytest

from cli_sites import NOW, TOML, WEEKLY, feeds

ROOMS = ("feeds.config", "feeds.identity", "feeds.loader", "feeds.render", "feeds.state")


@pytest.mark.parametrize("room", ROOMS)
def test_all_that_a_room_names_is_there(room):
    module = import_module(room)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_another_name_is_told_as_python_does(room):
    with pytest.raises(AttributeError, match=f"module '{room}' has no attribute 'nothing'"):
        import_module(room).nothing  # noqa: B018 - asking is what is tested


def test_a_room_imports_none_of_its_libraries_by_itself():
    heavy = ("sqlalchemy", "pydantic", "feedparser", "cmarkgfm", "yaml")
    asked = f"import sys, {', '.join(ROOMS)}; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("command", [("digest",), ("list",), ("why", "a.md"), ("check",)])
def test_a_command_that_only_reads_leaves_the_library_of_databases_alone(tmp_path, command):
    (tmp_path / "feeds.toml").write_text(TOML + WEEKLY, "utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text("---\ntitle: A\ndate: 2026-03-01\n---\nWords.\n", "utf-8")
    assert feeds(tmp_path, "build").status == 0
    assert (tmp_path / ".feeds/state.db").exists()
    asked = (
        "import sys, atexit; atexit.register(lambda: print('sqlalchemy' in sys.modules, file=sys.stderr)); "
        "from feeds.cli import main; main()"
    )
    run = [sys.executable, "-c", asked, *command, "--site", str(tmp_path), "--now", NOW]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "False"
    assert done.stdout
