"""Fixtures that give a test a ledger on each database it must work on."""

import itertools

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
