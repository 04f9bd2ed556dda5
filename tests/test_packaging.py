"""What is shipped works where nothing of this folder is."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import feedparser
import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(build, check=True)
    return next(folder.glob("feeds-*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the tree that holds the example site, and in `python/` an environment with the wheel alone."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "python")
    # Our pip installs for the other interpreter, which then need not have one; it runs twice and need not be compiled.
    pip = [sys.executable, "-m", "pip", "--python", folder / "python", "install", "--quiet", "--no-compile"]
    subprocess.run([*pip, wheel], check=True)
    shutil.copy(ROOT / "feeds.toml", folder)
    shutil.copytree(ROOT / "posts", folder / "posts")
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [folder / "python" / "bin" / "feeds", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_carries_the_templates_and_the_licence_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*") if path.is_file()}
    assert shipped
    assert {f"feeds/{name}" for name in shipped} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "feeds/py.typed" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"feeds"}


def test_the_installed_program_builds_the_feeds(elsewhere: Path) -> None:
    done = run(elsewhere, "build")
    assert done.returncode == 0, done.stderr
    assert (
        feedparser.parse((elsewhere / "public" / "atom.xml").read_bytes()).entries[0].title
        == "A digest that people open"
    )


def test_the_installed_program_composes_the_digest(elsewhere: Path) -> None:
    done = run(elsewhere, "digest", "weekly")
    assert done.returncode == 0, done.stderr
    message = email.message_from_bytes(
        (elsewhere / "preview" / "weekly" / "issue.eml").read_bytes(), policy=email.policy.default
    )
    assert message["From"].addresses[0].addr_spec == "letters@feeds.example"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
