"""Databases for the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest

from tests import postgres

# A busy machine is no defect of the code under test.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[postgres.Databases]:
    with ExitStack() as stack:
        try:
            url = stack.enter_context(postgres.server())
        except postgres.Absent as absent:
            pytest.skip(f"no PostgreSQL: {absent}")
        yield stack.enter_context(postgres.Databases(url))


@pytest.fixture
def fresh_postgresql(postgresql_databases: postgres.Databases) -> Iterator[Callable[[], str]]:
    """Each call gives the URL of one more empty PostgreSQL database, dropped after the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(postgresql_databases.fresh())


@pytest.fixture
def postgresql_url(fresh_postgresql: Callable[[], str]) -> str:
    return fresh_postgresql()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind; the tests that ask for it run on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'itpulse.sqlite'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url
