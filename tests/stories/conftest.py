from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.company import Company, open_company


@pytest.fixture
async def company(tmp_path: Path, database_url: str) -> AsyncIterator[Company]:
    async with open_company(tmp_path, database_url) as opened:
        yield opened


@pytest.fixture
async def company_on_sqlite(tmp_path: Path) -> AsyncIterator[Company]:
    """For conversations in which nothing depends on the database."""
    async with open_company(tmp_path, f"sqlite:///{tmp_path / 'itpulse.sqlite'}") as opened:
        yield opened
