"""Fixtures that give a test a ledger on each database it must work on, and a disk that is soon full."""

import itertools
import subprocess

import pytest

from postgres import make_schema, start_postgres

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres():
    with start_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def state_url(request, tmp_path):
    """Where a ledger may be made: a file, then a PostgreSQL database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/.feeds/state.db"
    return make_schema(request.getfixturevalue("postgres"), f"feeds_{next(_numbers)}")


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 300 kB, and a way to make it read-only."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", folder]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small file system")

    def close():
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)

    yield folder, close
    subprocess.run(["umount", "-l", folder], check=True)
