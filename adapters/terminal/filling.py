"""Moves the made-up company into a demo, plays the half year it has had with IT, and goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from itertools import takewhile
from operator import attrgetter
from typing import Final

from adapters.simulator import Simulator, company
from adapters.terminal.house import House
from adapters.terminal.playing import play
from bot.domain.files.replay_jsonl import Line
from bot.domain.files.rules_toml import write_rules
from bot.domain.house_rules import HouseRules
from bot.house_rules import NOTE
from bot.ports import Transaction

ROUNDS: Final = 13
#: Its longer pulse comes every eight weeks and asks five questions.
RULES: Final = HouseRules(questions_a_week=5)
#: Rounds that the company answers after a visitor has come: a year.
MORE: Final = 26
#: The note that says on which day the story began.
BEGAN: Final = "company_began"
Told = company.Line | company.Grumble


def story_begins(now: datetime) -> date:
    return company.latest_start(now.astimezone(UTC), ROUNDS)


def clock_starts(now: datetime) -> datetime:
    """A day before the first card is due anywhere."""
    return datetime.combine(story_begins(now) - timedelta(days=1), time(), UTC)


async def fill(house: House, now: datetime, exactly: bool) -> None:
    """The demo then stands at `now`, or (unless `exactly`) in the middle of the last round."""
    begins = story_begins(now)
    until = now if exactly else company.middle(begins, ROUNDS)
    await house.store.run(lambda tx: move_in(tx, begins))
    told: list[Iterator[Told]] = [
        company.history(begins, ROUNDS, until=until),
        company.help_history(begins, ROUNDS),
        company.grumbles(begins, ROUNDS),
    ]
    every = enumerate(merge(*told, key=attrgetter("at")), start=1)
    await play(house, [_line(number, each) for number, each in every], until)


class Company:
    """The made-up company while a visitor pushes the clock: it goes on answering."""

    def __init__(self, house: House, simulator: Simulator) -> None:
        self._house = house
        self._simulator = simulator

    async def push(self, to: datetime) -> None:
        """Moves the clock on; whoever answers by then does. A visitor's own people leave that
        to the visitor."""
        began = await self._house.store.read(lambda tx: tx.notes.get(BEGAN))
        if began is None:
            await self._house.push(to)
            return
        now, visited = self._house.clock.now(), self._simulator.visited() | set(company.cast())
        coming = await asyncio.to_thread(_coming, date.fromisoformat(began), now, to, visited)
        await play(self._house, coming, to)


def _coming(began: date, now: datetime, to: datetime, visited: Collection[str]) -> list[Line]:
    rounds = ROUNDS + MORE
    told = (company.history(began, rounds), company.help_history(began, rounds))
    by_then = takewhile(lambda each: each.at <= to, merge(*told, key=attrgetter("at")))
    found = [each for each in by_then if each.at > now and each.email not in visited]
    return [_line(number, each) for number, each in enumerate(found, start=1)]


def _line(number: int, told: Told) -> Line:
    if isinstance(told, company.Grumble):
        return Line(number, told.at, told.email, grumble=told.text, manner=told.manner)
    return Line(number, told.at, told.email, told.pulse, told.answers)


def move_in(tx: Transaction, begins: date) -> None:
    """Its people, what IT may do, and what is asked from a day on."""
    tx.notes.put(BEGAN, begins.isoformat())
    tx.notes.put(NOTE, write_rules(RULES))
    tx.people.put(company.people())
    for email, grants in company.grants().items():
        person = tx.people.by_email(email)
        assert person, "who is granted something works here"
        tx.people.set_grants(person.id, grants)
    for pulse in company.pulses(begins):
        tx.pulses.put(pulse)
