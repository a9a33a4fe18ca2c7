"""Moves the made-up company into a demo, and plays the half year it has had with IT."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from operator import attrgetter
from typing import Final

from adapters.simulator import company
from adapters.terminal.house import House
from adapters.terminal.playing import play
from bot.domain.files.replay_jsonl import Line
from bot.ports import Transaction

ROUNDS: Final = 13


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
    told = merge(
        company.history(begins, ROUNDS, until=until),
        company.help_history(begins, ROUNDS),
        key=attrgetter("at"),
    )
    lines = [
        Line(number, line.at, line.email, line.pulse, line.answers)
        for number, line in enumerate(told, start=1)
    ]
    await play(house, lines, until)


def _move_in(tx: Transaction, begins: date) -> None:
    tx.people.put(company.people())
    for email, grants in company.grants().items():
        person = tx.people.by_email(email)
        assert person, "who is granted something works here"
        tx.people.set_grants(person.id, grants)
    for pulse in company.pulses(begins):
        tx.pulses.put(pulse)
