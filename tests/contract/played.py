"""The simulator's routes with a made-up company and an engine that follows a script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from aiohttp import web

from adapters.simulator import Simulator, connect, mount
from bot.cards import Card, Prose, Reply
from bot.domain.people import Person
from bot.errors import BadValue, NotAllowed
from bot.events import Address, Commanded, Event, Pressed, Submitted, Wrote
from bot.ports import Transaction
from tests.contract.sample_cards import (
    AWKWARD,
    CHOICES,
    EVERY_FIELD,
    FIGURES,
    FORM,
    OPENING,
    RECOMMEND,
    WORDS,
)

T = TypeVar("T")

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
COMPANY = (
    Person("mia@example.com", "Mia Bauer", "Finance", zone="Europe/Berlin", id=1),
    Person("raj@example.com", "Raj Patel", "Sales", zone="Asia/Kolkata", id=2),
    Person("ada@example.com", "Ada Okafor", "IT", grants=frozenset({"lead", "editor"}), id=3),
    Person("tom@example.com", "Tom Silva", "IT", zone="nowhere", grants=frozenset({"admin"}), id=4),
    Person("new@example.com", "Nobody Yet", "Legal", id=5),
)
THANKS = Card("Thank you! That was question 1 of 5.", (Prose("Thank you! Question 1 of 5."),))
#: What a typed word is answered with.
SHOWN = {
    "next": OPENING,
    "recommend": RECOMMEND,
    "choices": CHOICES,
    "words": WORDS,
    "all": FORM,
    "summary": FIGURES,
    "awkward": AWKWARD,
}


class PeopleOnly:
    """A store in which people can be read, and no round has ever opened."""

    async def run(self, fn: Callable[[Transaction], T], together: bool = False) -> T:
        raise AssertionError("the simulator writes nothing of ours")

    async def read(self, fn: Callable[[Transaction], T]) -> T:
        people = SimpleNamespace(all=lambda: list(COMPANY))
        rounds = SimpleNamespace(in_state=lambda *_states: [])
        return fn(cast(Transaction, SimpleNamespace(people=people, rounds=rounds)))

    async def checkpoint(self) -> None:
        """There is no journal."""


@dataclass
class Scripted:
    """Answers events by a few fixed rules, keeps what it heard, and plays a due list."""

    simulator: Simulator
    heard: list[Event] = field(default_factory=list)
    #: Instants at which everybody gets a card.
    due: list[datetime] = field(default_factory=lambda: [START + timedelta(hours=5)])
    seen: set[str] = field(default_factory=set)

    async def handle(self, event: Event) -> Reply:
        self.heard.append(event)
        if event.id in self.seen:
            return Reply()
        self.seen |= {event.id} - {""}
        match event:
            case Wrote(text=words) | Commanded(words=words):
                return self.answered(words)
            case Pressed(value="refuse"):
                return Reply(refusal=BadValue())
            case Pressed(ref=ref) if ref.verb == "review":
                return Reply(open=EVERY_FIELD)
            case Pressed(ref=ref) if ref.verb == "command":
                return self.answered(ref.item)
            case Pressed():
                return Reply(redraw=THANKS)
            case Submitted(values=values):
                return self.submitted(dict(values))
            case _:
                return Reply()

    def answered(self, words: str) -> Reply:
        if words in SHOWN:
            return Reply(say=(SHOWN[words],))
        if words == "form":
            return Reply(open=EVERY_FIELD)
        if words == "secret":
            return Reply(refusal=NotAllowed())
        return Reply(say=(Card(f"You said: {words}", (Prose(f"You said: {words}"),)),))

    def submitted(self, values: dict[str, Any]) -> Reply:
        if values.get("text") == "refuse":
            return Reply(refusal=BadValue())
        if "rude" in str(values.get("comment", "")):
            return Reply(errors={"comment": BadValue("Please say it kindly.")})
        if values.get("nick") == "again":
            fields = tuple(f for f in EVERY_FIELD.fields if f.id in ("day", "minutes"))
            return Reply(open=replace(EVERY_FIELD, title="Two more questions", fields=fields))
        return Reply(redraw=THANKS)

    async def push(self, instant: datetime) -> None:
        for at in [due for due in self.due if due <= instant]:
            self.due.remove(at)
            self.simulator.clock.to(at)
            for person in self.simulator.accounts.all():
                to = Address("simulator", "demo", person.user)
                await self.simulator.deliver(to, OPENING, f"{at}{person.user}")
        self.simulator.clock.to(instant)

    async def next_at(self) -> datetime | None:
        return min(self.due, default=None)


def played(folder: Path) -> tuple[web.Application, Scripted]:
    """An application with the routes mounted, and the script behind them."""
    simulator = connect(folder, START)
    simulator.adopt([(p.email.upper(), p.name, p.zone, "en") for p in COMPANY[:4]])
    scripted = Scripted(simulator)
    app = web.Application()
    mount(app, simulator, PeopleOnly(), scripted.handle, scripted.push, scripted.next_at)

    async def closed(app: web.Application) -> None:
        simulator.close()

    app.on_cleanup.append(closed)
    return app, scripted
