"""A small made-up company that stories are played in."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from adapters.settings import Settings
from adapters.simulator import Simulator
from adapters.simulator.turns import take_turn
from bot.domain.people import Grant, Person
from bot.domain.pulse import Audience, Cadence, Choice, Pulse, Question
from itpulse import House
from storage import migrate_if_needed

#: A Monday morning; the first round opens on the Tuesday.
MONDAY = datetime.fromisoformat("2026-11-23T08:00:00+00:00")

WHY = Question(
    "why",
    "several",
    "",
    options=(Choice("speed", "Speed"), Choice("help", "Help I got"), Choice("other", "Other")),
    wordings={
        "low": "What got in the way?",
        "middle": "What would help?",
        "high": "What went well?",
    },
)
OVERALL = Question("overall", "satisfaction", "How satisfied were you with IT?", follow_up=WHY)
RECOMMEND = Question("recommend", "recommend", "Would you recommend IT to a colleague?")
WORDS = Question("words", "comment", "Anything IT should know?")
WEEKLY = Pulse(
    id="it-weekly",
    title="How is IT doing for you?",
    questions=(OVERALL, RECOMMEND, WORDS),
    audience=Audience(everyone=True),
    cadence=Cadence("FREQ=WEEKLY;BYDAY=TU", date(2026, 11, 24), time(10, 0)),
)


def person(number: int, unit: str, **more: Any) -> Person:
    name = f"Person {number:03}"
    return Person(f"p{number:03}@example.com", name, unit, "Business", "Staff", "HQ", **more)


def staff(count: int, unit: str = "Finance", first: int = 1, **more: Any) -> list[Person]:
    return [person(number, unit, **more) for number in range(first, first + count)]


class Company:
    """A house with people in it; each story speaks through the simulator as they would."""

    def __init__(self, house: House, simulator: Simulator) -> None:
        self.house = house
        self.simulator = simulator

    async def hire(self, *people: Person) -> None:
        await self.house.store.run(lambda tx: tx.people.put(people))
        await self.house.greet_newcomers()

    async def grant(self, email: str, *grants: Grant) -> None:
        known = await self.house.store.read(lambda tx: tx.people.by_email(email))
        assert known
        await self.house.store.run(lambda tx: tx.people.set_grants(known.id, grants))

    async def ask(self, *pulses: Pulse) -> None:
        for pulse in pulses:
            await self.house.store.run(lambda tx, pulse=pulse: tx.pulses.put(pulse))  # type: ignore[misc]

    async def at(self, iso: str) -> None:
        await self.house.push(datetime.fromisoformat(iso))

    async def says(self, email: str, **payload: Any) -> dict[str, Any]:
        """What the chat answers to a press, a submission, a command or a text."""
        told = await take_turn(self.simulator, self.house.handle, self.user(email), payload)
        return json.loads(json.dumps(told))  # type: ignore[no-any-return]

    def chat(self, email: str) -> list[dict[str, Any]]:
        messages = [message.wire() for message in self.simulator.chats.of(self.user(email))]
        return json.loads(json.dumps(messages))  # type: ignore[no-any-return]

    def user(self, email: str) -> str:
        return next(a.user for a in self.simulator.accounts.all() if a.email == email)

    async def answers(self, email: str, round: str, **answers: Any) -> dict[str, Any]:
        return await self.says(email, submit=f"answers|{round}|", values=answers)


@asynccontextmanager
async def open_company(
    folder: Path, database_url: str, starts: datetime = MONDAY
) -> AsyncIterator[Company]:
    migrate_if_needed(database_url)
    simulator = Simulator(folder / "simulator.sqlite", starts)
    settings = Settings(database_url, f"file://{folder}/keys", "WARNING")
    house = House(settings, simulator)
    try:
        yield Company(house, simulator)
    finally:
        await house.close()


def parts(message: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [part for part in message["parts"] if part["type"] == kind]


def later(pulse: Pulse, **changes: Any) -> Pulse:
    return replace(pulse, **changes)
