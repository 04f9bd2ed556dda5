"""The house rules that no linter knows."""

from __future__ import annotations

import ast
import itertools
import tomllib
from pathlib import Path

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


def test_every_library_that_is_needed_is_guarded_by_a_contract() -> None:
    """A new dependency gets its one home in .importlinter in the change that brings it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    data_only = {"tzdata", "psycopg"}  # loaded by zoneinfo and SQLAlchemy; no module of ours imports them
    imported_as = {
        "python-frontmatter": "frontmatter",
        "python-liquid": "liquid",
        "python-slugify": "slugify",
        "pyyaml": "yaml",
    }
    wanted = set()
    for requirement in itertools.chain(project["dependencies"], *project["optional-dependencies"].values()):
        name = requirement.split("[")[0].split(">")[0].split("=")[0]
        if name not in data_only:
            wanted.add(imported_as.get(name, name))
    contracts = (ROOT / ".importlinter").read_text("utf-8")
    guarded = {line.strip() for line in contracts.splitlines()}
    assert wanted <= guarded
