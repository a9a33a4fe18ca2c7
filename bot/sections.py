"""What a store keeps, section by section, as one transaction sees it.

Plain synchronous calls: a store runs `fn(tx)` in a thread of its own.
"""

from __future__ import annotations

from collections.abc import (
    Collection,
    Iterable,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.announcement import Announcement
from bot.domain.bank import Seen
from bot.domain.connections import ReleasedConnections
from bot.domain.fatigue import Wish
from bot.domain.people import Grant, Home, Person
from bot.domain.pulse import Pulse, PulseState, Question
from bot.domain.release import (
    ReleasedBlock,
    ReleasedGroup,
    ReleasedRound,
    ReleasedText,
    ReleasedTheme,
)
from bot.domain.rights import NamedAnswer, NamedGrumble, Side, Thread, ThreadMessage
from bot.domain.rounds import Delivery, DeliveryState, Held, Round, State
from bot.domain.sheet import Sheets
from bot.domain.within import Apart
from bot.events import Address


class People(Protocol):
    def all(self) -> list[Person]:
        """Everybody, by id."""
        ...

    def kinds(self) -> list[Person]:
        """One for each unit, role, site, zone and country that go together of whoever is here;
        nothing else of them is filled in.
        """
        ...

    def granted(self) -> list[Person]:
        """Those with any role in the app, by id."""
        ...

    def names(self) -> set[str]:
        """What everybody is called."""
        ...

    def units(self) -> list[str]:
        """Every unit somebody is in, by name."""
        ...

    def by_id(self, person: int) -> Person | None: ...
    def by_email(self, email: str) -> Person | None: ...
    def by_address(self, address: Address) -> Person | None: ...

    def put(self, people: Collection[Person]) -> None:
        """Add or change by e-mail (compared in lower case); grants are left as they are."""
        ...

    def attach(self, addresses: Mapping[Address, str]) -> int:
        """Address -> e-mail of somebody known; returns how many were new, moved or are reached
        in another way. One whose `reach` is empty keeps the one it had."""
        ...

    def detach(self, addresses: Collection[Address]) -> int:
        """Nobody is there any more; returns how many were known."""
        ...

    def attached(self, addresses: Collection[Address]) -> dict[Address, str]:
        """Those that are known, with their person's e-mail."""
        ...

    def addresses(self, people: Collection[int]) -> dict[int, list[Address]]:
        """Where each can be reached, first come first."""
        ...

    def set_grants(
        self, person: int, grants: Collection[Grant], units: Collection[str] = ()
    ) -> None:
        """In place of those before; `units` are what a lead may see, empty: everything."""
        ...

    def remove(self, person: int) -> None:
        """Their row, grants, addresses, deliveries, slices, and all that carries their name."""
        ...

    def forget(self, mark: bytes) -> None:
        """Keep a keyed hash of an e-mail that no directory may bring back."""
        ...

    def forgotten(self, marks: Collection[bytes]) -> set[bytes]: ...

    def slots(self, pulse: str) -> dict[int, int]:
        """Person -> the round of a cycle they are asked in."""
        ...

    def seen(self, pulse: str) -> dict[int, Seen]:
        """Person -> what they were sent of a pulse's bank, the latest last."""
        ...

    def set_seen(self, pulse: str, seen: Mapping[int, Seen]) -> None:
        """Others keep what they have."""
        ...

    def set_slots(self, pulse: str, slots: Mapping[int, int]) -> None: ...


class Pulses(Protocol):
    def put(self, pulse: Pulse) -> int:
        """Store as the next version; returns its number."""
        ...

    def get(self, pulse: str) -> Pulse | None:
        """The newest version."""
        ...

    def all(self) -> list[Pulse]:
        """The newest version of each, by id."""
        ...

    def state(self, pulse: str) -> PulseState: ...
    def states(self) -> dict[str, PulseState]:
        """Of those that are not live."""
        ...

    def set_state(self, pulse: str, state: PulseState) -> None: ...


class Rounds(Protocol):
    def add(self, round: Round) -> bool:
        """False where this pulse has a round of this date already; nothing is changed then."""
        ...

    def get(self, round: str) -> Round | None: ...

    def questions(self, round: str) -> tuple[Question, ...]:
        """As they were asked; none where there never was such a round."""
        ...

    def in_state(self, *states: State) -> list[Round]:
        """By opening instant, then id."""
        ...

    def ids(self, *states: State) -> list[str]:
        """The same without their plans."""
        ...

    def uncleared(self) -> list[Round]:
        """Ended rounds whose keys or ballots may still be there."""
        ...

    def of_pulse(self, pulse: str, *states: State) -> list[Round]:
        """Newest first; every state where none is named."""
        ...

    def held(self) -> dict[str, list[Held]]:
        """By pulse, newest first, whatever became of them."""
        ...

    def since(self, day: date) -> list[Round]:
        """Of this day or later, by day and id."""
        ...

    def lock(self, round: str) -> State | None:
        """The state, with the row held against presses and other closers until the commit."""
        ...

    def set_state(self, round: str, state: State) -> None: ...
    def set_reminded_through(self, round: str, at: datetime) -> None: ...

    def claim_again(self, round: str, seen: datetime | None, through: datetime) -> bool:
        """Move `again_through` of an open round on; False where it is not `seen` any more."""
        ...

    def set_cleared(self, round: str) -> None: ...

    def replan(self, round: Round) -> None:
        """Store plan and instants anew; only while preparing."""
        ...

    def set_early(self, round: str, at: datetime) -> None: ...
    def set_sealed(self, round: str, on: date, seal: str) -> None: ...

    def reopen(self, round: str, closes_at: datetime) -> None:
        """Back from closing to open, until later."""
        ...


@dataclass(frozen=True, slots=True)
class Reached:
    round: str
    person: int
    send_at: datetime


class Deliveries(Protocol):
    def add(self, deliveries: Collection[Delivery]) -> None: ...

    def claim(self, now: datetime, by: str, limit: int) -> list[Delivery]:
        """Take up to `limit` due ones of open rounds, oldest first; no other worker gets them.

        Those of people who pause stay waiting.
        """
        ...

    def claimed(self, by_others_than: str, before: datetime | None) -> list[Delivery]:
        """Left claimed by other workers (before an instant, where one is given)."""
        ...

    def settle(self, round: str, person: int, state: DeliveryState, receipt: str, why: str) -> None:
        """What became of a claimed one; also how one goes back to waiting."""
        ...

    def postpone(self, round: str, person: int, until: datetime) -> None:
        """Back to waiting, and not due before then."""
        ...

    def of_round(self, round: str) -> list[Delivery]:
        """By person."""
        ...

    def of_person(self, person: int) -> list[Delivery]:
        """By round."""
        ...

    def homes(self, round: str) -> dict[int, Home]:
        """Person -> where they live, of everybody asked in a round."""
        ...

    def where(self, round: str) -> set[Home]:
        """The same without the people."""
        ...

    def reached(self, since: date, person: int | None = None) -> list[Reached]:
        """First cards of rounds since a day that were sent, or will be, to one or everybody."""
        ...

    def recall(self, round: str) -> int:
        """Take back what waits to be sent; returns how many cards that are."""
        ...

    def next_due(self) -> datetime | None:
        """The earliest instant at which one still waiting in an open round may be sent."""
        ...

    def drop_closed_before(self, at: datetime) -> int:
        """Forget who was asked in rounds that ended long ago; returns how many lines went."""
        ...


@dataclass(frozen=True, slots=True)
class Taken:
    """A ballot held for this transaction, and the state of its round at this moment."""

    body: bytes
    state: State


class Ballots(Protocol):
    """Nothing here names a person. A transaction that writes here writes nothing that does."""

    def add(self, round: str, ballots: Sequence[tuple[bytes, bytes]]) -> None:
        """(tag, body) in the order given; those already there are left as they are."""
        ...

    def take(self, round: str, tag: bytes) -> Taken | None:
        """One ballot with its round's state, locked: ballot FOR UPDATE, round FOR SHARE."""
        ...

    def peek(self, round: str, tag: bytes) -> Taken | None:
        """The same without a lock."""
        ...

    def put(self, round: str, tag: bytes, body: bytes) -> None:
        """Overwrite one that was taken."""
        ...

    def peek_many(self, round: str, tags: Sequence[bytes]) -> dict[bytes, bytes]:
        """tag -> body, without a lock."""
        ...

    def take_many(self, round: str, tags: Sequence[bytes]) -> dict[bytes, bytes]:
        """tag -> body, locked, in tag order."""
        ...

    def put_many(self, round: str, ballots: Sequence[tuple[bytes, bytes]]) -> None:
        """Overwrite those that were taken, in the order given."""
        ...

    def after(self, round: str, tag: bytes, limit: int) -> list[tuple[bytes, bytes]]:
        """Up to `limit` (tag, body) with a greater tag, in tag order."""
        ...

    def count(self, round: str) -> int: ...

    def remove(self, round: str, limit: int) -> int:
        """Delete up to `limit`; returns how many went."""
        ...


class Releases(Protocol):
    """What was published. Written once, at close; the only thing people's figures are read from."""

    def publish(
        self,
        round: ReleasedRound,
        blocks: Sequence[ReleasedBlock],
        groups: Sequence[ReleasedGroup],
        texts: Iterable[ReleasedText],
        themes: Sequence[ReleasedTheme],
        connections: ReleasedConnections | None = None,
    ) -> None:
        """Texts are stored in the order given, which the caller has drawn at random."""
        ...

    def rounds(self, pulse: str, limit: int | None = None) -> list[ReleasedRound]:
        """Newest first."""
        ...

    def blocks(self, rounds: Collection[str]) -> list[ReleasedBlock]:
        """By round, question (as asked), block."""
        ...

    def groups(self, rounds: Collection[str]) -> list[ReleasedGroup]: ...

    def sheets(self, round: str) -> Sheets:
        """By (round, question), as asked."""
        ...

    def apart(self, round: str) -> Apart:
        """How far answers lay apart within blocks, in the rounds of its pulse that opened in the
        year up to it; empty where it is not published."""
        ...

    def texts(self, rounds: Collection[str], blocks: Collection[str] = ()) -> list[ReleasedText]:
        """By round and id; of blocks with these labels, or of all."""
        ...

    def themes(self, rounds: Collection[str]) -> list[ReleasedTheme]: ...

    def connections(self, round: str) -> ReleasedConnections | None:
        """Which answers of a round go together; None where that may not be said."""
        ...

    def text(self, id: str) -> ReleasedText | None: ...

    def correct(self, id: str, sentiment: str) -> None:
        """What a lead makes of a comment that is there; it goes with the comment."""
        ...

    def take_back(self, id: str) -> None:
        """The comment is what it was judged to be at close."""
        ...

    def drop_text(self, id: str) -> None: ...

    def drop_texts_before(self, closed_on: date) -> int:
        """Comments of rounds that closed before a day; figures stay."""
        ...

    def add_share(self, round: str, day: date, tenths: int) -> None:
        """While a round is open: how many tenths have answered, once a day."""
        ...

    def share(self, round: str) -> int | None:
        """The newest share, in tenths."""
        ...


class Marks(Protocol):
    """Events already seen, as HMACs under a key that changes daily."""

    def add(self, mark: bytes, day: date, yesterday: bytes) -> bool:
        """False where it, or the mark the event would have had yesterday, is there already."""
        ...

    def drop_before(self, day: date) -> None: ...


@dataclass(frozen=True, slots=True)
class AuditLine:
    at: datetime
    #: E-mail of who did it, or "ITPulse".
    who: str
    what: str


class Audit(Protocol):
    def add(self, line: AuditLine) -> None: ...
    def newest(self, limit: int) -> list[AuditLine]: ...
    def drop_before(self, at: datetime) -> int: ...


class Named(Protocol):
    """What people gave with their name on it, kept apart from everything confidential."""

    def add_answers(self, answers: Sequence[NamedAnswer]) -> None: ...

    def answers(self, round: str) -> list[NamedAnswer]:
        """By person, then as asked."""
        ...

    def answers_of(self, person: int) -> list[NamedAnswer]: ...
    def add_grumble(self, grumble: NamedGrumble) -> None: ...

    def grumbles(self, limit: int) -> list[NamedGrumble]:
        """Newest first."""
        ...

    def grumbles_of(self, person: int) -> list[NamedGrumble]: ...


class Threads(Protocol):
    """Anonymous conversations about a released comment. Nothing here names anybody."""

    def add(self, threads: Sequence[Thread]) -> None: ...
    def by_token(self, token: bytes) -> Thread | None: ...
    def by_text(self, text_id: str) -> Thread | None: ...

    def write(self, message: ThreadMessage) -> None:
        """`nth` is given by the store."""
        ...

    def messages(self, text_id: str) -> list[ThreadMessage]: ...

    def waiting(self, side: Side, today: date) -> int:
        """How many messages of a side are not readable yet."""
        ...

    def release(self, side: Side, today: date) -> None:
        """Make everything a side has waiting readable from today on."""
        ...

    def released_on(self, side: Side, day: date) -> int: ...
    def remove(self, text_id: str) -> None: ...
    def rounds(self) -> list[str]:
        """Rounds of which a comment may be answered."""
        ...

    def answered(self, today: date) -> list[str]:
        """Rounds of whose comments IT has answered one, readably."""
        ...

    def drop_expired(self, today: date) -> list[str]:
        """Threads past their day, with their messages; returns rounds without any thread left."""
        ...


class Pauses(Protocol):
    """Who wants to hear nothing for a while, and until when."""

    def put(self, person: int, until: datetime) -> None:
        """One a person: a new one takes the place of the old."""
        ...

    def drop(self, person: int) -> None: ...
    def until(self, person: int) -> datetime | None:
        """None where nobody asked for one; for up to an hour also of one that is over."""
        ...

    def running(self, now: datetime) -> set[int]:
        """Those who may not be written to."""
        ...

    def drop_over(self, now: datetime) -> None: ...


class Announcements(Protocol):
    """Which leads are still to be told that a round has been released. Nothing of answers."""

    def add(self, announcements: Sequence[Announcement]) -> None: ...

    def take(self, now: datetime) -> Announcement | None:
        """One that is due, which is then nobody else's any more."""
        ...

    def next_at(self) -> datetime | None: ...


class Notes(Protocol):
    """Small facts about the installation itself, e.g. that it is a demo."""

    def get(self, name: str) -> str | None: ...
    def put(self, name: str, text: str) -> None: ...


class Wishes(Protocol):
    """Who does not want to be asked. Nobody is told who they are."""

    def put(self, wish: Wish) -> None:
        """In place of an earlier one about the same pulse."""
        ...

    def drop(self, person: int, pulse: str) -> bool:
        """False where there was none; the empty pulse stands for all of them."""
        ...

    def of_person(self, person: int) -> list[Wish]:
        """By pulse."""
        ...

    def all(self) -> list[Wish]:
        """By person and pulse."""
        ...

    def drop_before(self, day: date) -> int:
        """Those that are over; returns how many."""
        ...
