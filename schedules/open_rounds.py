"""Opens rounds: keys into the ring, everybody's sealed ballot in tag order, then the flip.

Every replica may run this: a pulse has one round of a date because the table says so, not because
somebody leads. Whoever finds a round half prepared goes on with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Final

from bot.domain.ballot import Box, Keys
from bot.domain.cadence import due, local_instant, next_opening
from bot.domain.freeze import freeze, too_few
from bot.domain.people import Person, Place
from bot.domain.pulse import FEWEST_INVITED, Pulse
from bot.domain.rounds import Delivery, Round
from bot.ports import AuditLine, Transaction
from schedules.rooms import Rooms

#: Ballots a transaction.
CHUNK: Final = 500
WHO: Final = "ITPulse"

#: A pulse and whom it asks.
Asking = tuple[Pulse, list[Person]]


async def open_rounds(rooms: Rooms) -> None:
    now = rooms.clock.now()
    pulses = await rooms.store.read(_pulses)
    for pulse, people in pulses:
        await _begin(rooms, pulse, people, now)
    for round in await rooms.store.read(lambda tx: tx.rounds.in_state("preparing")):
        await _finish(rooms, round, pulses)


def coming(tx: Transaction, now: datetime) -> list[datetime]:
    """When the next round of each pulse opens."""
    openings = (
        next_opening(pulse.cadence, _zones(people), _last(tx, pulse), now)
        for pulse, people in _pulses(tx)
    )
    return [at for at in openings if at]


def _pulses(tx: Transaction) -> list[Asking]:
    """Every pulse that would ask somebody, with whom it asks."""
    everybody = tx.people.all()
    invited = ((p, [x for x in everybody if p.audience.invites(x)]) for p in tx.pulses.all())
    return [(pulse, people) for pulse, people in invited if people]


def _zones(people: Sequence[Person]) -> set[str]:
    return {person.zone for person in people}


def _last(tx: Transaction, pulse: Pulse) -> date | None:
    newest = tx.rounds.of_pulse(pulse.id)
    return newest[0].day if newest else None


async def _begin(rooms: Rooms, pulse: Pulse, people: list[Person], now: datetime) -> None:
    last = await rooms.store.read(lambda tx: _last(tx, pulse))
    day = due(pulse.cadence, _zones(people), last, now)
    if day is None:
        return
    round = freeze(pulse, people, day)
    if too_few(round.plan):
        await rooms.store.run(lambda tx: _refuse(tx, round, now))
        return
    # The keys are on disk before the row is: a round without keys could never be read.
    rooms.ring.put(round.id, Keys.draw())
    await rooms.store.run(lambda tx: _announce(tx, round, now))


def _refuse(tx: Transaction, round: Round, now: datetime) -> None:
    if tx.rounds.add(replace(round, state="discarded", cleared=True)):
        said = (
            f"round {round.id} was not opened: {round.plan.invited} people are invited, and a "
            f"confidential round takes at least {FEWEST_INVITED}"
        )
        tx.audit.add(AuditLine(now, WHO, said))


def _announce(tx: Transaction, round: Round, now: datetime) -> None:
    if tx.rounds.add(round):
        said = f"round {round.id}: keys made, {round.plan.invited} people invited"
        tx.audit.add(AuditLine(now, WHO, said))


async def _finish(rooms: Rooms, round: Round, pulses: list[Asking]) -> None:
    """Seal what is missing and open. People or wording may have changed since a crash."""
    pulse, people = next((p for p in pulses if p[0].id == round.pulse), (None, []))
    wanted = freeze(pulse, people, round.day) if pulse else None
    if wanted is None or too_few(wanted.plan):
        await rooms.store.run(lambda tx: tx.rounds.set_state(round.id, "discarded"))
        return
    if wanted.plan != round.plan:
        await _start_over(rooms, wanted)
    await _seal(rooms, wanted, people)
    await rooms.store.run(lambda tx: _flip(tx, wanted, people, rooms.clock.now()))


async def _start_over(rooms: Rooms, wanted: Round) -> None:
    while await rooms.store.run(lambda tx: tx.ballots.remove(wanted.id, CHUNK)):
        pass
    await rooms.store.run(lambda tx: tx.rounds.replan(wanted))


async def _seal(rooms: Rooms, round: Round, people: list[Person]) -> None:
    """Everybody's empty ballot, in tag order, by transactions that write nothing else."""
    keys = rooms.ring.get(round.id) or rooms.ring.put(round.id, Keys.draw())
    box = Box(round.id, keys, round.plan.size)
    tagged = iter(sorted((box.tag(person.id), person.place) for person in people))
    while chunk := list(islice(tagged, CHUNK)):
        await rooms.store.run(partial(_add, box=box, round=round, chunk=chunk))


def _add(tx: Transaction, box: Box, round: Round, chunk: list[tuple[bytes, Place]]) -> None:
    tx.ballots.add(round.id, box.seal_empty(chunk))


def _flip(tx: Transaction, round: Round, people: list[Person], now: datetime) -> None:
    """Nothing is sent or answered before this."""
    if tx.rounds.lock(round.id) != "preparing":
        return
    if tx.ballots.count(round.id) != round.plan.invited:
        # Another replica was here with another list of people; the next tick starts over.
        return
    tx.rounds.set_state(round.id, "open")
    hours = {zone: local_instant(round.day, round.plan.at, zone) for zone in _zones(people)}
    tx.deliveries.add([Delivery(round.id, p.id, hours[p.zone]) for p in people])
    tx.audit.add(AuditLine(now, WHO, f"round {round.id} opened"))
