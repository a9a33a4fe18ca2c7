from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.stories.company import Company, open_company

#: Opens the house of this test; each time is a restart.
Open = Callable[[], AbstractAsyncContextManager[Company]]


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Open:
    return lambda: open_company(tmp_path, database_url)


@pytest.fixture
async def company(house: Open) -> AsyncIterator[Company]:
    async with house() as opened:
        yield opened
