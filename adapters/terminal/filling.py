"""Moves the made-up company into a demo, and plays the half year it has had with IT."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from operator import attrgetter
from typing import Final

from adapters.simulator import company
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
    await house.store.run(lambda tx: _move_in(tx, begins))
    told: list[Iterator[Told]] = [
        company.history(begins, ROUNDS, until=until),
        company.help_history(begins, ROUNDS),
        company.grumbles(begins, ROUNDS),
    ]
    every = enumerate(merge(*told, key=attrgetter("at")), start=1)
    await play(house, [_line(number, each) for number, each in every], until)


def _line(number: int, told: Told) -> Line:
    if isinstance(told, company.Grumble):
        return Line(number, told.at, told.email, grumble=told.text, manner=told.manner)
    return Line(number, told.at, told.email, told.pulse, told.answers)


def _move_in(tx: Transaction, begins: date) -> None:
    tx.notes.put(NOTE, write_rules(RULES))
    tx.people.put(company.people())
    for email, grants in company.grants().items():
        person = tx.people.by_email(email)
        assert person, "who is granted something works here"
        tx.people.set_grants(person.id, grants)
    for pulse in company.pulses(begins):
        tx.pulses.put(pulse)
