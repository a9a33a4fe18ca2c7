from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.company import Company, open_company


@pytest.fixture
async def company(tmp_path: Path, database_url: str) -> AsyncIterator[Company]:
    async with open_company(tmp_path, database_url) as opened:
        yield opened
