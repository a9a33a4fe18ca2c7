"""One event, one transaction, one reply."""

from __future__ import annotations

import hmac
import time
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from bot import compose, compose_feedback
from bot.cards import Reply
from bot.commands import COMMANDS, spoken
from bot.controls.all import ANONYMOUS, ANSWERS, CONTROLS
from bot.controls.forgetting import leaving
from bot.domain.ballot import Keys
from bot.domain.people import Person
from bot.errors import Leaving, Refusal, UnknownControl, UnknownPerson
from bot.events import Address, Arrived, Commanded, Event, Pressed, Submitted, Wrote
from bot.ports import KeyRing, Store, Transaction
from bot.turn import Shelf, Turn

#: Seconds that an address may be taken to be the same person's without asking again.
TRUSTED: Final = 60.0
#: For longer than this no event is under way.
UNDER_WAY: Final = timedelta(minutes=5)
#: Addresses remembered at most.
REMEMBERED: Final = 50_000
#: Who uses a control that asks for no name.
NOBODY: Final = Person("", "")


class Engine:
    """Answers events. Ack means saved: `handle` returns after the commit."""

    def __init__(self, store: Store, ring: KeyRing) -> None:
        self._store = store
        self._ring = ring
        self._speakers: dict[Address, tuple[float, Person]] = {}
        self._shelf = Shelf()

    async def handle(self, event: Event) -> Reply:
        """The reply to one event; a Refusal is part of it. Whatever else is raised is a bug."""
        event = _as_command(event)
        reads = isinstance(event, Commanded) and not spoken(event.words)[0].writes
        try:
            if reads:
                return await self._store.read(lambda tx: self._answer(tx, event))
            return await self._store.run(lambda tx: self._once(tx, event), _is_answer(event))
        except Refusal as refusal:
            return Reply(refusal=refusal)
        except _Refused as refused:
            return refused.reply

    def _once(self, tx: Transaction, event: Event) -> Reply:
        if event.id and not self._is_new(tx, event):
            return Reply()
        reply = self._answer(tx, event)
        if reply.errors or reply.refusal:
            raise _Refused(reply)
        return reply

    def _answer(self, tx: Transaction, event: Event) -> Reply:
        match event:
            case Commanded():
                command, rest = spoken(event.words)
                turn = self._turn(tx, self._staying(tx, event.who), event)
                if command.needs:
                    turn.require(command.needs)
                return command.run(turn, rest)
            case Wrote():
                self._staying(tx, event.who)
                return Reply(say=(compose_feedback.typed(event.text),))
            case Arrived():
                # Whoever is new is known a moment later, and is greeted all the same.
                with suppress(UnknownPerson):
                    self._staying(tx, event.who)
                return Reply(say=(compose.welcome(),))
            case Pressed() | Submitted():
                return self._used(tx, event)

    def _used(self, tx: Transaction, event: Pressed | Submitted) -> Reply:
        verb = event.ref.verb
        control = CONTROLS.get(verb)
        if control is None:
            raise UnknownControl
        if verb in ANONYMOUS:
            return control(self._turn(tx, NOBODY, event), event)
        # Whoever answers a round takes their ballot, which tells the same without being looked for.
        known = self._speaker if event.ref.round else self._staying
        return control(self._turn(tx, known(tx, event.who), event), event)

    def _turn(self, tx: Transaction, person: Person, event: Event) -> Turn:
        return Turn(tx, self._ring, person, event.at, self._shelf)

    def _staying(self, tx: Transaction, who: Address) -> Person:
        """Raises Leaving for whoever has asked to be forgotten and still is here. They are not
        remembered either: what they asked for may be done within this minute."""
        self._speakers.pop(who, None)
        person = _known(tx, who)
        if leaving(tx, self._ring, self._shelf, [person.id]):
            raise Leaving
        return person

    def _speaker(self, tx: Transaction, who: Address) -> Person:
        """Who answers; remembered for a minute, because only the id is needed to find a ballot."""
        now = time.monotonic()
        until, person = self._speakers.get(who, (0.0, None))
        if person is None or until < now:
            person = _known(tx, who)
            if len(self._speakers) >= REMEMBERED:
                self._speakers.clear()
            self._speakers[who] = (now + TRUSTED, person)
        return person

    def _is_new(self, tx: Transaction, event: Event) -> bool:
        today, yesterday = event.at.date(), event.at.date() - timedelta(days=1)
        mark, older = self._mark(event, today), self._mark(event, yesterday)
        if (event.at - UNDER_WAY).date() == today:
            return tx.marks.add(mark, today, older)
        # It may be under way elsewhere with yesterday's mark, which nobody sees before that is
        # saved; whoever leaves the same mark waits for that.
        return tx.marks.add(older, yesterday, older) and tx.marks.add(mark, today, mark)

    def _mark(self, event: Event, day: date) -> bytes:
        """The event's id under the key of a day; without that key nobody can tell whose it was."""
        name = event_keys(day)
        keys = self._ring.get(name) or self._ring.put(name, Keys.draw())
        said = f"{event.who.platform}|{event.who.space}|{event.id}".encode("utf-8", "surrogatepass")
        return hmac.digest(keys.tag, said, "sha256")[:16]


class _Refused(Exception):
    """Nothing was changed, and that the event was heard is forgotten too: said again it is
    refused again."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply


def event_keys(day: date) -> str:
    """Name of the day's key in the ring."""
    return f"events@{day.isoformat()}"


def _as_command(event: Event) -> Event:
    """A button that stands for a word, and a word typed without its slash."""
    if isinstance(event, Pressed) and event.ref.verb == "command":
        return Commanded(event.id, event.who, event.at, event.ref.item)
    if isinstance(event, Wrote) and _is_command(event.text):
        return Commanded(event.id, event.who, event.at, event.text)
    return event


def _is_answer(event: Event) -> bool:
    """Whether nothing but a ballot is written, so that it may be written beside other ballots."""
    return isinstance(event, Pressed | Submitted) and event.ref.verb in ANSWERS


def _is_command(text: str) -> bool:
    """A known word first and little after it; a whole sentence is meant for people."""
    first, *rest = text.lower().split() or [""]
    command = COMMANDS.get(first)
    return first == "/itpulse" or (command is not None and len(rest) < command.longest)


def _known(tx: Transaction, who: Address) -> Person:
    person = tx.people.by_address(who)
    if person is None:
        raise UnknownPerson
    return person
