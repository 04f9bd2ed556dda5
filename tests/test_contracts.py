"""The house rules that no linter knows."""

from __future__ import annotations

import ast
import itertools
import re
import sys
import tomllib
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "feeds"
MODULES = sorted(SOURCE.rglob("*.py"))
LINES = 300
THIN_LINES = 200
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "core", "common", "base", "misc", "tools", "manager"}


def _name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def test_rooms_import_one_way_and_each_library_has_one_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True) == 0


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_is_short_enough_to_be_read_at_once(path: Path) -> None:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    limit = THIN_LINES if parts[0] in {"publisher", "cli"} else LINES
    assert len(path.read_text("utf-8").splitlines()) <= limit


def test_no_module_is_named_after_nothing() -> None:
    names = {part for path in MODULES for part in path.relative_to(SOURCE).with_suffix("").parts}
    assert not names & NAMES_THAT_SAY_NOTHING


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def _third_party_imports() -> set[str]:
    graph = grimp.build_graph("feeds", include_external_packages=True, cache_dir=None)
    return {name for name in graph.modules if not name.startswith("feeds")} - set(sys.stdlib_module_names)


def test_every_library_has_its_one_home_in_a_contract() -> None:
    """A new library gets its contract in the change that brings it."""
    guarded = {line.strip() for line in (ROOT / ".importlinter").read_text("utf-8").splitlines()}
    assert _third_party_imports() <= guarded


def _module_of(requirement: str) -> str:
    name = re.split(r"[\[<>=]", requirement)[0].replace("-", "_")
    return {"pyyaml": "yaml", "pymdown_extensions": "pymdownx"}.get(name, name.removeprefix("python_"))


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named_in_texts = {"tzdata", "psycopg"}  # zoneinfo and SQLAlchemy load them by name
    needed = {_module_of(requirement) for requirement in project["dependencies"]} - named_in_texts
    optional = {_module_of(requirement) for requirement in itertools.chain(*project["optional-dependencies"].values())}
    imported = _third_party_imports()
    assert needed <= imported
    assert imported <= needed | optional
