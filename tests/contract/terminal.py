"""A terminal whose roof opens the house of the stories; nothing is served."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from typer.testing import CliRunner, Result

from adapters.terminal.house import House, Roof, Upkeep
from adapters.terminal.words import application
from bot.domain.files.pulse_text import write_pulse
from bot.health import Finding
from bot.ports import Transaction
from tests.stories.company import MONDAY, WEEKLY, open_company

T = TypeVar("T")

HEADER = "email,name,unit,division,role,site,timezone\n"


class Elsewhere:
    """A house of real people: its clock cannot be pushed."""

    def __init__(self, house: House) -> None:
        self.store, self.ring, self.clock = house.store, house.ring, house.clock
        self.handle, self.next_due, self.push = house.handle, house.next_due, house.push
        self.greet_newcomers = house.greet_newcomers
        self.is_demo = False


class Terminal:
    """Says words to the command line; `calls` are what the roof was asked for."""

    def __init__(self, folder: Path, is_demo: bool = True) -> None:
        self.folder = folder
        self.is_demo = is_demo
        self.calls: list[tuple[object, ...]] = []
        #: What the doctor finds.
        self.found: list[Finding] = []

    def __call__(self, *words: str, input: str | bytes | None = None) -> Result:
        """With the directory said last; see `bare` for none."""
        return self.bare(*words, "--data", str(self.folder), input=input)

    def bare(self, *words: str, input: str | bytes | None = None) -> Result:
        return CliRunner().invoke(application(), words, input=input, obj=self.roof)

    @property
    def roof(self) -> Roof:
        upkeep = Upkeep(
            self._examine,
            self._back_up,
            self._restore,
            self._adopt,
            self._manifest,
            teams_package=lambda: b"the app",
            use_themes=lambda: self.calls.append(("use_themes",)),
        )
        return Roof(self._open, self._make_demo, self._serve, self._migrate, lambda: MONDAY, upkeep)

    def file(self, name: str, text: str | bytes) -> str:
        path = self.folder.parent / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    def read(self, look: Callable[[Transaction], T]) -> T:
        async def visit() -> T:
            async with self._open(self.folder) as house:
                return await house.store.read(look)

        return asyncio.run(visit())

    def audit(self) -> list[str]:
        lines = self.read(lambda tx: tx.audit.newest(10))
        return [f"{line.who}: {line.what}" for line in lines]

    def hire(self, count: int, *units: str) -> None:
        """The first `count` people are of the first unit, and so on; p1, p2, … of each."""
        rows = [
            f"{unit.lower()}{i}@example.com,{unit} {i},{unit},Business,Staff,HQ,Europe/Berlin\n"
            for unit in units or ("Finance",)
            for i in range(1, count + 1)
        ]
        done = self("people", "import", self.file("people.csv", HEADER + "".join(rows)))
        assert done.exit_code == 0, done.stderr

    def ask(self) -> None:
        done = self("pulse", "apply", self.file("weekly.toml", write_pulse(WEEKLY)))
        assert done.exit_code == 0, done.stderr

    @asynccontextmanager
    async def _open(self, data: Path) -> AsyncIterator[House]:
        async with open_company(data, _database(data)) as company:
            yield company.house if self.is_demo else Elsewhere(company.house)

    async def _make_demo(self, *call: Any) -> None:
        self.calls.append(("make_demo", *call))

    async def _serve(self, *call: Any) -> None:
        self.calls.append(("serve", *call))

    async def _examine(self, data: Path) -> list[Finding]:
        self.calls.append(("examine", data))
        return self.found

    def _back_up(self, *call: object) -> None:
        self.calls.append(("back_up", *call))

    def _restore(self, *call: object) -> None:
        self.calls.append(("restore", *call))

    async def _adopt(self, *call: object) -> None:
        self.calls.append(("adopt", *call))

    def _manifest(self, socket: bool) -> dict[str, object]:
        self.calls.append(("slack_manifest", socket))
        return {"features": {}}

    def _migrate(self, data: Path) -> str:
        self.calls.append(("migrate", data))
        return "The tables are up to date now."


def _database(data: Path) -> str:
    data.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{data}/itpulse.sqlite"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


__all__ = ["HEADER", "MONDAY", "WEEKLY", "Terminal", "at"]
