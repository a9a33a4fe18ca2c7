"""A company with a history, and people in it who say words to the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Final, TypeVar

from bot.cards import Reply
from bot.engine import Engine
from bot.events import Address, Commanded, Pressed, Wrote
from bot.ports import Store, Transaction
from bot.refs import Ref
from tests.stories.company import WEEKLY, Company, open_company, staff

T = TypeVar("T")

ROUND: Final = "it-weekly@2026-11-24"
NEXT_ROUND: Final = "it-weekly@2026-12-01"

LEAD, ADMIN, EDITOR = (f"p{number:03}@example.com" for number in (1, 2, 3))
#: Has answered everything, only the first question, and nothing.
DONE, HALFWAY, SILENT = (f"p{number:03}@example.com" for number in (4, 5, 6))
FAR_AWAY: Final = "p101@example.com"
IN_A_SMALL_UNIT: Final = "p201@example.com"
#: Came when the round was open already.
NEWCOMER: Final = "p301@example.com"
EVERYBODY: Final = (
    LEAD, ADMIN, EDITOR, DONE, HALFWAY, SILENT, FAR_AWAY, IN_A_SMALL_UNIT, NEWCOMER
)  # fmt: skip


@dataclass
class Watched:
    """A store that remembers how it was asked."""

    store: Store
    asked: list[str] = field(default_factory=list)

    async def run(self, fn: Callable[[Transaction], T], together: bool = False) -> T:
        self.asked.append("writing")
        return await self.store.run(fn, together)

    async def read(self, fn: Callable[[Transaction], T]) -> T:
        self.asked.append("reading")
        return await self.store.read(fn)

    async def checkpoint(self) -> None:
        await self.store.checkpoint()


class Speaker:
    """Says words to an engine as people of a company would."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.store = Watched(company.house.store)
        self._engine = Engine(self.store, company.house.ring)
        self._ids = count()

    async def says(self, email: str, words: str) -> Reply:
        return await self._engine.handle(Commanded(*self._said_by(email), words))

    async def types(self, email: str, text: str) -> Reply:
        return await self._engine.handle(Wrote(*self._said_by(email), text))

    async def presses(self, email: str, ref: Ref) -> Reply:
        return await self._engine.handle(Pressed(*self._said_by(email), ref, None))

    def _said_by(self, email: str) -> tuple[str, Address, datetime]:
        user = self.company.user(email) if email in self._known() else "a stranger"
        now = self.company.simulator.clock.now()
        return f"event-{next(self._ids)}", Address("simulator", "demo", user), now

    def _known(self) -> set[str]:
        return {account.email for account in self.company.simulator.accounts.all()}


def database(folder: Path) -> str:
    return f"sqlite:///{folder / 'itpulse.sqlite'}"


async def two_weeks(folder: Path) -> None:
    """One round is released and the next one open; Legal is too small to be shown."""
    async with open_company(folder, database(folder)) as company:
        await company.hire(
            *staff(20, "Finance", zone="Europe/Berlin"),
            *staff(6, "Sales", first=101, zone="America/New_York"),
            *staff(2, "Legal", first=201, zone="Pacific/Auckland"),
        )
        await company.grant(LEAD, "lead")
        await company.grant(ADMIN, "admin")
        await company.grant(EDITOR, "editor")
        await company.ask(WEEKLY)
        await company.at("2026-11-24T15:00:00+00:00")
        for number in chain(range(1, 15), range(101, 107), range(201, 203)):
            told = await company.answers(
                f"p{number:03}@example.com",
                ROUND,
                overall=1 + number % 5,
                why=["speed"],
                recommend=number % 11,
                words=f"The VPN is slow {number}",
            )
            assert told["refusal"] is None
        await company.at("2026-12-01T16:00:00+00:00")
        await company.hire(*staff(1, "Finance", first=301))
        await company.answers(DONE, NEXT_ROUND, overall=4, why=[], recommend=9, words=None)
        await company.answers(HALFWAY, NEXT_ROUND, overall=2)
