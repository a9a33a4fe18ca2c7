"""Opens rounds: keys into the ring, everybody's sealed ballot in tag order, then the flip.

Every replica may run this: a pulse has one round of a date because the table says so, not because
somebody leads. Whoever finds a round half prepared goes on with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Final

from bot.agenda import Agenda
from bot.controls.threads import thread_keys
from bot.domain.ballot import Box, Keys
from bot.domain.cadence import local_instant
from bot.domain.freeze import too_few
from bot.domain.grumbles import PULSE, box
from bot.domain.people import Person, Place
from bot.domain.pulse import FEWEST_INVITED, Pulse
from bot.domain.rounds import Delivery, Round
from bot.ports import AuditLine, Transaction
from bot.timetable import Timetable
from schedules.apart import apart
from schedules.rooms import Rooms

#: Ballots a transaction.
CHUNK: Final = 500
WHO: Final = "ITPulse"


async def open_rounds(rooms: Rooms) -> None:
    now = rooms.clock.now()
    if people := await rooms.store.read(_without_box):
        await _begin(rooms, box(people, now), now, {})
    await _finish_all(rooms, now)
    times = await rooms.store.read(Timetable.of)
    for pulse, day in times.due(now):
        # One after the other: who is asked by the first is not asked by the second.
        with apart(f"opening {pulse.id}"):
            await _open(rooms, pulse, day, now)
        await _finish_all(rooms, now)


def _without_box(tx: Transaction) -> list[Person]:
    """Everybody, where they have no box to write into."""
    live = tx.rounds.of_pulse(PULSE, "preparing", "open", "closing")
    return [] if live else tx.people.all()


async def _open(rooms: Rooms, pulse: Pulse, day: date, now: datetime) -> None:
    agenda = await rooms.store.read(lambda tx: Agenda.of(tx, now))
    round = agenda.round(pulse, day)
    if round is None:
        await rooms.store.run(lambda tx: _refuse(tx, agenda.empty(pulse, day), 0, now))
    else:
        await _begin(rooms, round, now, agenda.slots.get(pulse.id, {}))


async def _finish_all(rooms: Rooms, now: datetime) -> None:
    for round in await rooms.store.read(lambda tx: tx.rounds.in_state("preparing")):
        with apart(f"opening {round.id}"):
            agenda = await rooms.store.read(lambda tx: Agenda.of(tx, now))
            await _finish(rooms, round, agenda)


def coming(tx: Transaction, now: datetime) -> list[datetime]:
    """When the next round of each pulse opens."""
    return Timetable.of(tx).coming(now)


async def _begin(rooms: Rooms, round: Round, now: datetime, slots: Mapping[int, int]) -> None:
    if too_few(round.plan):
        await rooms.store.run(lambda tx: _refuse(tx, round, round.plan.invited, now))
        return
    # The keys are on disk before the row is: a round without keys could never be read.
    rooms.ring.put(round.id, Keys.draw())
    if round.plan.manner == "confidential":
        rooms.ring.put(thread_keys(round.id), Keys.draw())
    await rooms.store.run(lambda tx: _announce(tx, round, now, slots))


def _refuse(tx: Transaction, round: Round, people: int, now: datetime) -> None:
    if tx.rounds.add(replace(round, state="discarded", cleared=True)):
        fewest = FEWEST_INVITED if round.plan.manner == "confidential" else 1
        said = (
            f"round {round.id} was not opened: {people} people can be asked now, and a "
            f"{round.plan.manner} round takes at least {fewest}"
        )
        tx.audit.add(AuditLine(now, WHO, said))


def _announce(tx: Transaction, round: Round, now: datetime, slots: Mapping[int, int]) -> None:
    if tx.rounds.add(round):
        tx.people.set_slots(round.pulse, slots)
        said = f"round {round.id}: keys made, {round.plan.invited} people invited"
        tx.audit.add(AuditLine(now, WHO, said))


async def _finish(rooms: Rooms, round: Round, agenda: Agenda) -> None:
    """Seal what is missing and open. People or wording may have changed since a crash."""
    wanted = agenda.again(round)
    if wanted is None or too_few(wanted.plan):
        await rooms.store.run(lambda tx: _give_up(tx, round, rooms.clock.now()))
        return
    lost = rooms.ring.get(round.id) is None
    if lost or wanted.plan != round.plan:
        await _start_over(rooms, wanted)
    people = agenda.invited(wanted)
    await _seal(rooms, wanted, people)
    cards = [] if round.plan.box else _cards(agenda, wanted, people)
    if not await rooms.store.run(lambda tx: _flip(tx, wanted, cards, rooms.clock.now())):
        await _start_over(rooms, wanted)


def _is_preparing(tx: Transaction, round: Round) -> bool:
    """Asked by every transaction that prepares: another replica may have opened the round
    meanwhile, and then there are answers in it."""
    return tx.rounds.lock(round.id) == "preparing"


def _give_up(tx: Transaction, round: Round, now: datetime) -> None:
    if _is_preparing(tx, round):
        tx.rounds.set_state(round.id, "discarded")
        said = f"round {round.id} was not opened: too few people are left to be asked"
        tx.audit.add(AuditLine(now, WHO, said))


async def _start_over(rooms: Rooms, wanted: Round) -> None:
    while await rooms.store.run(lambda tx: _remove(tx, wanted)):
        pass
    await rooms.store.run(lambda tx: tx.rounds.replan(wanted))


def _remove(tx: Transaction, round: Round) -> int:
    return tx.ballots.remove(round.id, CHUNK) if _is_preparing(tx, round) else 0


async def _seal(rooms: Rooms, round: Round, people: list[Person]) -> None:
    """Everybody's empty ballot, in tag order, by transactions that write nothing else."""
    keys = await _keys(rooms, round)
    box = Box(round.id, keys, round.plan.size)
    tagged = iter(sorted((box.tag(person.id), person.place) for person in people))
    while chunk := list(islice(tagged, CHUNK)):
        await rooms.store.run(partial(_add, box=box, round=round, chunk=chunk))


async def _keys(rooms: Rooms, round: Round) -> Keys:
    """Those it was begun with, or new ones where they were lost before anybody could answer; said
    before they are made, so that none is ever made unsaid."""
    names = [round.id, thread_keys(round.id)]
    names = names if round.plan.manner == "confidential" else names[:1]
    if lost := [name for name in names if rooms.ring.get(name) is None]:
        line = AuditLine(rooms.clock.now(), WHO, f"round {round.id}: keys made anew")
        await rooms.store.run(lambda tx: tx.audit.add(line))
        for name in lost:
            rooms.ring.put(name, Keys.draw())
    return rooms.ring.get(round.id) or rooms.ring.put(round.id, Keys.draw())


def _add(tx: Transaction, box: Box, round: Round, chunk: list[tuple[bytes, Place]]) -> None:
    if _is_preparing(tx, round):
        tx.ballots.add(round.id, box.seal_empty(chunk))


def _cards(agenda: Agenda, round: Round, people: list[Person]) -> list[Delivery]:
    """Each at the person's own hour, on the first day of the round on which they work."""
    pulse, hours = agenda.pulses[round.pulse], {}
    for zone, country in {(person.zone, person.country) for person in people}:
        day = agenda.times.send_day(pulse, country, round.day)
        assert day, "whoever does not work on any day of the round is not invited"
        hours[zone, country] = local_instant(day, round.plan.at, zone)
    return [Delivery(round.id, p.id, hours[p.zone, p.country]) for p in people]


def _flip(tx: Transaction, round: Round, cards: list[Delivery], now: datetime) -> bool:
    """Nothing is sent or answered before this. False where the ballots are not these people's:
    another replica was here with another list, or has opened a round of another pulse that asks
    some of them; then it has to be begun again."""
    # Every round that is about to open is held, so that two cannot open past each other.
    for preparing in tx.rounds.in_state("preparing"):
        tx.rounds.lock(preparing.id)
    if not _is_preparing(tx, round):
        return True
    stored = tx.rounds.get(round.id)
    if stored is None or stored.plan != round.plan:
        return False
    if tx.ballots.count(round.id) != round.plan.invited or _are_asked(tx, cards):
        return False
    tx.rounds.set_state(round.id, "open")
    # Whoever is asked later than planned is not reminded in the same breath.
    tx.rounds.set_reminded_through(round.id, now)
    tx.deliveries.add(cards)
    tx.audit.add(AuditLine(now, WHO, f"round {round.id} opened"))
    return True


def _are_asked(tx: Transaction, cards: list[Delivery]) -> bool:
    """Whether another open round has cards for some of these people."""
    people = {card.person for card in cards}
    others = {r.id for r in tx.rounds.in_state("open") if not r.plan.box}
    if not people or not others:
        return False
    first = min(date.fromisoformat(other.partition("@")[2]) for other in others)
    reached = tx.deliveries.reached(first)
    return any(card.round in others and card.person in people for card in reached)
