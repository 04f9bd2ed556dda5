"""What a room offers is there for whoever asks, and nothing is imported before."""

import subprocess
import sys
from importlib import import_module

import pytest

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
