"""A round whose storage is looked at again and again, by somebody without its keys."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Final

from sqlalchemy import make_url

from adapters.logs import OURS
from bot.domain.ballot import Box, Keys
from bot.domain.people import Person
from bot.events import Address, Pressed, Submitted
from bot.ports import Transaction
from bot.refs import Ref
from tests.attack import shelves
from tests.attack.shelves import Shelves
from tests.attack.stage import addresses_of
from tests.stories.company import OVERALL, WEEKLY, Company, person

ROUND: Final = "it-weekly@2026-11-24"
PEOPLE: Final = 240
#: Who lives where it is tomorrow already.
FAR: Final = (17, 101, 180)
#: A question nobody else asks: what is left of it on a server that others use too is ours.
SCORE: Final = replace(OVERALL, id="numbat")
PULSE: Final = replace(WEEKLY, questions=(SCORE, *WEEKLY.questions[1:]))
#: In every comment, and taken out of it before anything is published.
SECRET: Final = "wombat.kestrel"


@dataclass
class Story:
    """What the thief has seen, and the truth to judge it by."""

    #: Tag -> person.
    whose: dict[bytes, int]
    #: Comment as it is published -> person.
    wrote: dict[str, int] = field(default_factory=dict)
    #: In the order they came.
    answered: list[int] = field(default_factory=list)
    #: Who asked for later, and who was asked again then.
    put_off: list[int] = field(default_factory=list)
    asked_again: set[int] = field(default_factory=set)
    looks: list[Look] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    name: str
    shelves: Shelves
    #: Who has answered or put it off since the look before.
    since: frozenset[int]
    #: What was logged since then.
    logged: tuple[str, ...]


class Thief:
    """Plays a round and steals a copy of everything now and then."""

    def __init__(self, folder: Path, database_url: str, company: Company) -> None:
        self._folder = folder
        self._url = database_url
        self._company = company
        self._random = Random(PEOPLE)
        self.keys = Keys(*(sha256(name.encode()).digest() for name in Keys._fields))
        self.story = Story({})

    async def open(self) -> None:
        """The keys are known beforehand, so that everything lies the same each time."""
        self._company.house.ring.put(ROUND, self.keys)
        await self._company.hire(*staff())
        await self._company.ask(PULSE)
        await self._company.at("2026-11-24T10:05:00+00:00")
        self._addresses = await self._company.house.store.read(addresses_of)
        round = await self._company.house.store.read(lambda tx: tx.rounds.get(ROUND))
        everybody = await self._company.house.store.read(lambda tx: tx.people.all())
        assert round
        self._box = Box(ROUND, self.keys, round.plan.size)
        self._silent = {p.email: p.id for p in everybody}
        self.story.whose = {self._box.tag(id): id for id in self._silent.values()}

    async def let_answer(self, count: int, noted: bool = False) -> None:
        """So many more answer, in no order; where `noted`, as if the product kept a list."""
        for email in self._random.sample(sorted(self._silent), count):
            id = self._silent.pop(email)
            published = f"Comment {id} is about printing, write to "
            values = {
                SCORE.id: self._random.randint(1, 5),
                "recommend": 9,
                "words": f"{published}{SECRET}@example.org",
            }
            at = self._company.house.clock.now()
            event = Submitted(f"e{id}", self._addresses[email], at, Ref("answers", ROUND), values)
            reply = await self._company.house.handle(event)
            assert reply.refusal is None
            assert not reply.errors
            if noted:
                await self._company.house.store.run(partial(self._note, id=id))
            self.story.answered.append(id)
            self.story.wrote[f"{published}[e-mail]"] = id

    async def let_put_off(self, count: int, until: str) -> None:
        """So many of those who live in UTC ask for later, until an instant that they are offered;
        they answer nothing."""
        near = sorted(email for email, id in self._silent.items() if id not in FAR)
        for email in self._random.sample(near, count):
            id = self._silent.pop(email)
            at = self._company.house.clock.now()
            ref = Ref("later", ROUND, until)
            event = Pressed(f"l{id}", self._addresses[email], at, ref, None)
            reply = await self._company.house.handle(event)
            assert reply.redraw
            assert "I will ask again" in reply.redraw.summary
            self.story.put_off.append(id)

    def listen(self) -> None:
        """Who has been asked again: nothing that a thief can see."""
        self.story.asked_again = {
            id
            for id in self.story.whose.values()
            for message in self._company.chat(f"p{id:03}@example.com")
            if message["summary"].startswith("You wanted to be asked again")
        }

    def address_of(self, id: int) -> Address:
        return next(at for email, at in self._addresses.items() if email == f"p{id:03}@example.com")

    def _note(self, tx: Transaction, id: int) -> None:
        tag = self._box.tag(id)
        taken = tx.ballots.take(ROUND, tag)
        assert taken
        tx.ballots.put(ROUND, tag, self._box.seal(tag, self._box.open(tag, taken.body)))
        tx.deliveries.settle(ROUND, id, "sent", "answered", "")

    async def at(self, iso: str) -> None:
        await self._company.at(iso)

    def look(self, name: str) -> None:
        before = {id for look in self.story.looks for id in look.since}
        lines, self._lines[:] = tuple(self._lines), []
        since = frozenset(self.story.answered + self.story.put_off) - before
        self.story.looks.append(Look(name, shelves.read(self._stolen(name), ROUND), since, lines))

    def _stolen(self, name: str) -> str:
        """The address of a copy; PostgreSQL's is read where it lies."""
        address = make_url(self._url)
        if address.drivername != "sqlite":
            return self._url
        source, copy = Path(str(address.database)), self._folder / "stolen" / name
        copy.mkdir(parents=True)
        for file in source.parent.glob(f"{source.name}*"):
            shutil.copy(file, copy / file.name)
        return f"sqlite:///{copy / source.name}"

    @contextmanager
    def reading_logs(self) -> Iterator[None]:
        """Every line of our own code at any level, and what libraries warn of."""
        self._lines: list[str] = []
        root, ours, listener = logging.getLogger(), logging.getLogger(OURS), Listener(self._lines)
        level = ours.level
        root.addHandler(listener)
        ours.setLevel(logging.DEBUG)
        try:
            yield
        finally:
            root.removeHandler(listener)
            ours.setLevel(level)


class Listener(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


def staff() -> Sequence[Person]:
    """All in one place, so that nothing which may be known tells one from another."""
    zones = dict.fromkeys(FAR, "Asia/Tokyo")
    return [person(n, "Finance", zone=zones.get(n, "UTC")) for n in range(1, PEOPLE + 1)]


async def play(thief: Thief) -> Story:
    """A whole round with a look at every turn."""
    with thief.reading_logs():
        await thief.open()
        thief.look("opened")
        await thief.let_answer(70)
        thief.look("answered")
        await thief.let_put_off(30, "2026-11-24T13:00:00+00:00")
        thief.look("put off")
        await thief.at("2026-11-24T13:30:00+00:00")
        thief.look("asked again")
        thief.listen()
        await thief.at("2026-11-25T00:30:00+00:00")
        thief.look("sealed again")
        await thief.let_answer(40)
        thief.look("answered more")
        await thief.at("2026-11-26T00:30:00+00:00")
        await thief.let_answer(20)
        thief.look("before the reminder")
        # It is ten o'clock in Tokyo and nowhere else.
        await thief.at("2026-11-26T01:30:00+00:00")
        thief.look("some reminded")
        await thief.at("2026-11-26T12:00:00+00:00")
        thief.look("all reminded")
        await thief.at("2026-11-28T00:00:00+00:00")
        thief.look("closed")
    return thief.story


async def gossip(thief: Thief) -> Story:
    """A round of a product that notes beside each delivery that it was answered."""
    with thief.reading_logs():
        await thief.open()
        thief.look("opened")
        await thief.let_answer(70, noted=True)
        thief.look("answered")
    return thief.story
