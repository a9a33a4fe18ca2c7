"""Stores for the contract tests."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from storage import SqlStore, migrate, open_store


@pytest_asyncio.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    """A migrated store of either kind; the tests that ask for it run on both."""
    migrate(database_url)
    opened = open_store(database_url)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def neighbour(database_url: str, store: SqlStore) -> AsyncIterator[SqlStore]:
    """A second store at the same database, as another program of ours would have it."""
    opened = open_store(database_url)
    yield opened
    await opened.close()
