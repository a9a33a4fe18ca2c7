"""A house that dies as by `kill -9` at a wanted moment."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.faults.ports import overhear
from tests.faults.saying import say_something
from tests.stories.company import open_company

#: In the company's folder: a line for each person whose answer was told to be saved.
SAVED: Final = "saved"


@dataclass(frozen=True, slots=True)
class Crash:
    """The `nth` time that a call is told of (tests/faults/ports.py)."""

    moment: str
    nth: int = 1

    def __str__(self) -> str:
        return f"{self.moment} {self.nth}"


class Death:
    def __init__(self, crash: Crash) -> None:
        self._moment, self._left = crash.moment, crash.nth

    def __call__(self, told: str) -> None:
        self._left -= told == self._moment
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)


def live(
    folder: Path, database_url: str, crash: Crash, until: str, answering: Collection[str]
) -> None:
    """Pushes the clock, then lets people answer one after the other; not meant to return."""
    asyncio.run(_live(folder, database_url, crash, until, answering))


async def _live(
    folder: Path, database_url: str, crash: Crash, until: str, answering: Collection[str]
) -> None:
    async with open_company(folder, database_url) as company:
        overhear(company, Death(crash))
        await company.at(until)
        for email in answering:
            await say_something(company, email)
            _note(folder / SAVED, email)


def _note(file: Path, line: str) -> None:
    with file.open("a") as lines:
        lines.write(f"{line}\n")
