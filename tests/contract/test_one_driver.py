"""`replay` beside a running `demo` on one folder is refused, and reading is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import itpulse
from bot.errors import Fault

STARTS = datetime(2026, 11, 23, 8, tzinfo=UTC)


async def test_a_demo_is_driven_by_one_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ITPULSE_DATABASE_URL", "ITPULSE_KEYRING"):
        monkeypatch.delenv(name, raising=False)
    await itpulse.make_demo(tmp_path, None, STARTS)
    async with itpulse.open_house(tmp_path) as running:
        await running.push(STARTS + timedelta(hours=1))
        async with itpulse.open_house(tmp_path) as other:
            assert other.clock.now() == running.clock.now()
            with pytest.raises(Fault, match="in use by another program"):
                await other.push(STARTS + timedelta(hours=2))
            with pytest.raises(Fault, match="in use by another program"):
                await itpulse.serve(tmp_path, "127.0.0.1", 0, None)
        await running.push(STARTS + timedelta(hours=3))
    async with itpulse.open_house(tmp_path) as later:
        await later.push(STARTS + timedelta(hours=4))
