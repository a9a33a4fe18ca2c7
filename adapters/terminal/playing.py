"""Plays lines one after the other, each at its instant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from adapters.terminal.house import House
from adapters.terminal.speech import progress
from bot.cards import Form, Reply
from bot.domain.files.replay_jsonl import Line
from bot.domain.rounds import Round
from bot.errors import NotOpen, Refusal, UnknownPerson, UnknownPulse
from bot.events import Address, Submitted
from bot.ports import Transaction
from bot.refs import Ref

#: The only platform that lines are played on.
PLATFORM: Final = "simulator"


class OutOfOrder(Refusal):
    """The line lies before the clock."""

    reason = "out_of_order"


@dataclass(slots=True)
class Score:
    accepted: int = 0
    corrected: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def add(self, reply: Reply) -> None:
        wrong = reply.refusal or next(iter(reply.errors.values()), None)
        if wrong:
            self.refused[wrong.reason] += 1
        elif reply.corrected:
            self.corrected += 1
        else:
            self.accepted += 1

    def wire(self) -> dict[str, Any]:
        refused = dict(sorted(self.refused.items()))
        return {"accepted": self.accepted, "corrected": self.corrected, "refused": refused}


async def play(house: House, lines: Sequence[Line], end: datetime | None) -> Score:
    await house.greet_newcomers()
    player = _Player(house, await house.store.read(_addresses), house.clock.now())
    score = Score()
    with progress("Playing", len(lines)) as advance:
        for line in lines:
            score.add(await player.reply(line))
            advance(1)
        await player.finish(end)
    return score


def _addresses(tx: Transaction) -> dict[str, Address]:
    """E-mail -> where they are on the simulator."""
    people = {person.id: person.email.lower() for person in tx.people.all()}
    return {
        people[id]: address
        for id, addresses in tx.people.addresses(people).items()
        for address in addresses
        if address.platform == PLATFORM
    }


class _Player:
    def __init__(self, house: House, addresses: dict[str, Address], now: datetime) -> None:
        self._house = house
        self._addresses = addresses
        #: Where the clock should stand, and where it does: it is not pushed for nothing.
        self._now = self._pushed = now
        #: When something falls due next; nothing that is played here changes that, and nobody
        #: asks for later.
        self._due: datetime | None = now
        #: Pulse -> its open round; true until something falls due.
        self._open: dict[str, Round] = {}

    async def finish(self, end: datetime | None) -> None:
        self._now = max(self._now, end or self._now)
        if self._now > self._pushed:
            await self._push()

    async def _move(self, to: datetime) -> None:
        self._now = to
        if self._due and self._due <= to:
            await self._push()

    async def _push(self) -> None:
        await self._house.push(self._now)
        self._pushed = self._now
        self._due = await self._house.next_due()
        self._open.clear()

    async def reply(self, line: Line) -> Reply:
        try:
            if line.at < self._now:
                raise OutOfOrder
            await self._move(line.at)
            event = await self._event(line)
            reply = await self._house.handle(event)
            return await self._house.handle(_confirmed(event, reply.open)) if reply.open else reply
        except Refusal as refusal:
            return Reply(refusal=refusal)

    async def _event(self, line: Line) -> Submitted:
        who = self._addresses.get(line.person)
        if who is None:
            raise UnknownPerson
        if line.answers is None:
            grumble = Ref("grumble", item=line.manner)
            return Submitted("", who, line.at, grumble, {"text": line.grumble})
        ref = Ref("answers", (await self._open_round(line.pulse)).id)
        return Submitted("", who, line.at, ref, line.answers)

    async def _open_round(self, pulse: str) -> Round:
        if pulse not in self._open:
            self._open[pulse] = await self._house.store.read(lambda tx: _newest(tx, pulse))
        return self._open[pulse]


def _confirmed(event: Submitted, form: Form) -> Submitted:
    """What is asked once more is sent as it stands."""
    return replace(event, ref=form.ref, values={field.id: field.value for field in form.fields})


def _newest(tx: Transaction, pulse: str) -> Round:
    if tx.pulses.get(pulse) is None:
        raise UnknownPulse
    found = tx.rounds.of_pulse(pulse, "open")
    if not found:
        raise NotOpen
    return found[0]
