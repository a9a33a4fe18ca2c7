"""A company of many people, and the rooms that ask them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, cast

from sqlalchemy import Connection

from benchmarks.ground import Site
from bot.cards import Card
from bot.domain import grumbles
from bot.domain.ballot import Keys
from bot.domain.people import Person, Profile
from bot.domain.pulse import Audience, Cadence, Choice, Pulse, Question
from bot.engine import Engine
from bot.events import Address
from bot.ports import KeyRing, Pace, Receipt, Transaction
from schedules.dispatcher import LocalDispatcher
from schedules.rooms import Rooms
from storage import SqlStore, migrate, open_keyring, open_store
from storage.transaction import SqlTransaction

UNITS: Final = 50
#: Of the first round; a Tuesday.
FIRST: Final = date(2026, 11, 24)
AT: Final = time(10, 0)

WHY: Final = Question(
    "why",
    "several",
    "",
    options=(Choice("speed", "Speed"), Choice("help", "Help I got"), Choice("other", "Other")),
    wordings={"low": "What got in the way?", "middle": "What would help?", "high": "What helped?"},
)
OVERALL: Final = Question("overall", "satisfaction", "How satisfied were you?", follow_up=WHY)
RECOMMEND: Final = Question("recommend", "recommend", "Would you recommend IT?")
WORDS: Final = Question("words", "comment", "Anything IT should know?")

#: A satisfaction with its follow-up: 512 bytes a ballot.
SHORT: Final = Pulse(
    "short",
    "How is IT doing for you?",
    (OVERALL,),
    Audience(everyone=True),
    Cadence("FREQ=WEEKLY;BYDAY=TU", FIRST, AT),
)
#: With a comment: 4 KiB a ballot.
LONG: Final = replace(SHORT, id="long", questions=(OVERALL, RECOMMEND, WORDS))


def staff(count: int) -> list[Person]:
    """In 50 units of 5 divisions, of 3 roles at 2 sites."""
    return [
        Person(
            email=f"p{number:05}@example.com",
            name=f"Person {number:05}",
            unit=f"Unit {number % UNITS:02}",
            division=f"Division {number % UNITS % 5}",
            role=("Staff", "Staff", "Staff", "Lead", "Expert")[number // UNITS % 5],
            site=("HQ", "HQ", "Branch")[number // UNITS % 3],
        )
        for number in range(count)
    ]


@dataclass(slots=True)
class Hand:
    """A clock that stands where it is put."""

    at: datetime

    def now(self) -> datetime:
        return self.at


class Silent:
    """A platform that does nothing."""

    name = "silent"

    def pace(self, space: str) -> Pace:
        return Pace(per_second=1e9, at_once=64)

    async def deliver(self, to: Address, card: Card, key: str) -> Receipt:
        return Receipt(key)

    async def was_delivered(self, to: Address, key: str) -> Receipt | None:
        return Receipt(key)

    async def replace(self, receipt: Receipt, card: Card) -> None: ...

    def news(self) -> list[Profile]:
        return []

    async def people(self) -> AsyncIterator[Profile]:
        nobody: tuple[Profile, ...] = ()
        for profile in nobody:
            yield profile


@dataclass(frozen=True, slots=True)
class Company:
    store: SqlStore
    ring: KeyRing
    engine: Engine
    rooms: Rooms
    clock: Hand
    people: tuple[Person, ...]

    def week(self, number: int) -> str:
        """Puts the clock to the hour at which that week's round opens; returns its date."""
        self.clock.at = datetime.combine(FIRST, AT, UTC) + timedelta(weeks=number)
        return self.clock.at.date().isoformat()


@asynccontextmanager
async def company(site: Site, people: int, pulse: Pulse) -> AsyncIterator[Company]:
    migrate(site.url)
    store = open_store(site.url)
    try:
        hired = staff(people)
        where = {address(person): person.email for person in hired}
        await store.run(lambda tx: tx.people.put(hired))
        await store.run(lambda tx: tx.people.attach(where))
        await store.run(lambda tx: tx.pulses.put(pulse))
        known = await store.read(lambda tx: tx.people.all())
        ring = open_keyring(f"file://{site.folder}/keys")
        await _put_up_a_box(store, ring, known)
        yield _opened(store, ring, known)
    finally:
        await store.close()


async def _put_up_a_box(store: SqlStore, ring: KeyRing, people: list[Person]) -> None:
    """Grumbles have a box already and nobody looks into it: only rounds are measured."""
    box = grumbles.box(people, datetime.combine(FIRST, AT, UTC))
    kept = replace(box, state="open", closes_at=box.closes_at + timedelta(days=3_650))
    ring.put(box.id, Keys.draw())
    await store.run(lambda tx: tx.rounds.add(kept))


def _opened(store: SqlStore, ring: KeyRing, people: list[Person]) -> Company:
    clock = Hand(datetime.combine(FIRST, AT, UTC))
    silent = Silent()
    rooms = Rooms(store, ring, clock, {silent.name: silent}, LocalDispatcher(), "bench", True)
    return Company(store, ring, Engine(store, ring), rooms, clock, tuple(people))


def address(person: Person) -> Address:
    return Address(Silent.name, "company", person.email)


def connection(tx: Transaction) -> Connection:
    """What the sections stand on: the same connection, in the same thread."""
    return cast(SqlTransaction, tx).connection
