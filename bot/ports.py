"""What the ground floor needs from outside, as small as the need.

A platform says and hears; a store keeps; a key ring forgets; a clock tells the time. Sections of a
transaction are plain synchronous calls: a store runs `fn(tx)` in a thread of its own.
"""

from __future__ import annotations

from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterator,
    Mapping,
)
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.cards import Card
from bot.domain.ballot import Keys
from bot.domain.people import Profile
from bot.events import Address
from bot.sections import (
    Announcements,
    Audit,
    AuditLine,
    Ballots,
    Deliveries,
    Marks,
    Named,
    Notes,
    Pauses,
    People,
    Pulses,
    Reached,
    Releases,
    Rounds,
    Taken,
    Threads,
    Wishes,
)

__all__ = [
    "Announcements",
    "Audit",
    "AuditLine",
    "Ballots",
    "Clock",
    "Deliveries",
    "Dispatcher",
    "Job",
    "KeyRing",
    "Marks",
    "Named",
    "Notes",
    "Pace",
    "Pauses",
    "People",
    "Platform",
    "Pulses",
    "Reached",
    "Receipt",
    "Releases",
    "Rounds",
    "Store",
    "Taken",
    "Threads",
    "Transaction",
    "Wishes",
]

T = TypeVar("T")


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a space may be spoken to."""

    #: Messages a second, over the whole space.
    per_second: float
    #: Calls under way at once.
    at_once: int = 8


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a message is, in the platform's own words; empty where the platform gave none."""

    where: str


class Platform(Protocol):
    @property
    def name(self) -> str: ...

    def pace(self, space: str) -> Pace: ...

    async def deliver(self, to: Address, card: Card, key: str) -> Receipt:
        """Say something unasked. Raises Busy, Unreachable or Ambiguous."""
        ...

    async def was_delivered(self, to: Address, key: str) -> Receipt | None:
        """After a crash: the message with this key, or None when it certainly did not arrive.

        Raises Ambiguous when the platform cannot tell, Busy when it will not say yet.
        """
        ...

    async def replace(self, receipt: Receipt, card: Card) -> None:
        """Redraw a card already sent."""
        ...

    def people(self) -> AsyncIterator[Profile]:
        """Who is there; bots and leavers left out."""
        ...

    def news(self) -> list[Profile]:
        """What events and sends have taught about people since this was asked last.

        Handed over once. Nothing of it is written at the event: that would tie it to a ballot.
        """
        ...


class Transaction(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def pulses(self) -> Pulses: ...
    @property
    def rounds(self) -> Rounds: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def ballots(self) -> Ballots: ...
    @property
    def releases(self) -> Releases: ...
    @property
    def marks(self) -> Marks: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def named(self) -> Named: ...
    @property
    def threads(self) -> Threads: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def wishes(self) -> Wishes: ...
    @property
    def pauses(self) -> Pauses: ...
    @property
    def announcements(self) -> Announcements: ...


class Store(Protocol):
    async def run(self, fn: Callable[[Transaction], T], together: bool = False) -> T:
        """One writing transaction: committed when `fn` returns, rolled back when it raises.

        `fn` runs in a thread and may run again where the database asks for it, so it changes
        nothing outside `tx`. What runs `together` may share one commit with others that do, and
        writes nothing that must not be written beside theirs.
        """
        ...

    async def read(self, fn: Callable[[Transaction], T]) -> T:
        """One reading transaction; writing in it fails."""
        ...

    async def checkpoint(self) -> None:
        """What was deleted leaves the journal too, as far as readers under way allow."""
        ...


class KeyRing(Protocol):
    """Keys by name, outside the database and its backups. Synchronous: called from threads."""

    def put(self, name: str, keys: Keys) -> Keys:
        """Store unless the name is taken, durably before returning; returns what is there."""
        ...

    def get(self, name: str) -> Keys | None: ...

    def destroy(self, name: str) -> None:
        """Beyond recovery; nothing happens where the name is not there."""
        ...

    def names(self) -> Iterator[str]: ...


Job = Callable[[Mapping[str, Any]], Awaitable[None]]


class Dispatcher(Protocol):
    """Runs jobs outside the turn that asked for them."""

    def register(self, name: str, job: Job) -> None: ...

    async def defer(self, name: str, payload: Mapping[str, Any], lock: str) -> None:
        """Run soon; jobs of one lock one after another, and one waiting is enough."""
        ...

    async def idle(self) -> None:
        """Returns when nothing is waiting or running."""
        ...
