"""What a room offers is there for whoever asks, and nothing is imported before."""

import subprocess
import sys
from importlib import import_module

import pytest

from cli_sites import NOW, TOML, WEEKLY, feeds
from feeds.imports import postpone_import

ROOMS = (
    "feeds.config",
    "feeds.delivery",
    "feeds.digest",
    "feeds.identity",
    "feeds.loader",
    "feeds.render",
    "feeds.state",
)


@pytest.mark.parametrize("room", ROOMS)
def test_all_that_a_room_names_is_there(room):
    module = import_module(room)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_another_name_is_told_as_python_does(room):
    with pytest.raises(AttributeError, match=f"module '{room}' has no attribute 'nothing'"):
        import_module(room).nothing  # noqa: B018 - asking is what is tested


def test_a_room_imports_none_of_its_libraries_by_itself():
    heavy = ("sqlalchemy", "pydantic", "feedparser", "cmarkgfm", "yaml", "jinja2", "lxml", "premailer")
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


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A module that has not been imported, with one name."""
    (tmp_path / "library_of_a_test.py").write_text("NAME = 'there'\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "library_of_a_test"
    sys.modules.pop("library_of_a_test", None)


def test_a_postponed_import_is_made_when_something_is_asked_of_it(library):
    with postpone_import(library):
        module = __import__(library)
    assert library not in sys.modules
    assert module.NAME == "there"
    assert sys.modules[library] is not module
    assert module.NAME is import_module(library).NAME
    with pytest.raises(AttributeError):
        module.nothing  # noqa: B018 - asking is what is tested


def test_a_postponed_import_is_made_within_the_block_if_it_is_asked_there(library):
    with postpone_import(library):
        assert __import__(library).NAME == "there"
        assert import_module(library).NAME == "there"
    assert import_module(library).NAME == "there"


def test_a_module_that_is_there_is_not_postponed(library):
    before = import_module(library)
    with postpone_import(library):
        assert import_module(library) is before
    assert sys.modules[library] is before


def test_inlining_styles_brings_no_http_client_and_one_is_there_for_whoever_wants_it():
    asked = (
        "import sys; from feeds.digest.html import inline_styles; "
        "inline_styles('<style>p { margin: 0 }</style><p>x</p>', template='x'); "
        "print('requests' in sys.modules, 'urllib3' in sys.modules); "
        "import premailer.premailer as home, requests; print(home.requests.get is requests.get)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True"]


def test_who_lays_out_a_digest_needs_no_models_of_the_settings():
    asked = "import sys; from feeds.publisher.contents import get_ready; get_ready(); print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
