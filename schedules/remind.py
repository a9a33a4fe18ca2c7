"""Reminds those who have not begun, without a trace of who they are.

The job opens the ballots of a chunk of *all* invited, seals every one of them again in tag order,
and only then writes to those whose ballot was untouched, in random order. There is no row, claim,
receipt or log line; a crash in between means no reminder rather than a second one.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from random import SystemRandom
from secrets import token_hex
from typing import Any, Final

from bot import compose
from bot.domain.ballot import Box
from bot.domain.cadence import local_instant
from bot.domain.rounds import Delivery, Round
from bot.events import Address
from bot.faults import told
from bot.ports import Transaction
from schedules.deliver import patiently, reachable
from schedules.rooms import Rooms

log = logging.getLogger("itpulse.remind")

#: Ballots a transaction.
CHUNK: Final = 200
JOB: Final = "remind"


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """The `number`th reminder (from 1) of everybody in a zone, at an instant."""

    at: datetime
    number: int
    zone: str


async def remind(rooms: Rooms) -> None:
    """The tick: asks for a job a round wherever a local hour has struck."""
    now = rooms.clock.now()
    for round, zones in await rooms.store.read(_open_rounds):
        if any(due.at <= now for due in _due(round, zones)):
            payload = {"round": round.id}
            await rooms.dispatcher.defer(JOB, payload, lock=f"{JOB}:{round.id}")


def coming(tx: Transaction, _now: datetime) -> list[datetime]:
    return [due.at for round, zones in _open_rounds(tx) for due in _due(round, zones)]


def _open_rounds(tx: Transaction) -> list[tuple[Round, dict[str, list[Delivery]]]]:
    zone_of = {person.id: person.zone for person in tx.people.all()}
    found = []
    for round in tx.rounds.in_state("open"):
        if round.plan.reminder_days:
            zones: dict[str, list[Delivery]] = {}
            for delivery in tx.deliveries.of_round(round.id):
                zones.setdefault(zone_of.get(delivery.person, "UTC"), []).append(delivery)
            found.append((round, zones))
    return found


def _due(round: Round, zones: Mapping[str, list[Delivery]]) -> list[Due]:
    """What has not been seen to yet, earliest first."""
    every = (
        Due(local_instant(day, round.plan.at, zone), number, zone)
        for number, day in enumerate(round.plan.reminder_days, start=1)
        for zone in zones
    )
    done = round.reminded_through
    return sorted(due for due in every if done is None or due.at > done)


async def remind_round(rooms: Rooms, payload: Mapping[str, Any]) -> None:
    """The job: of each zone the latest reminder that is due; one missed is not made up for."""
    now = rooms.clock.now()
    found = await rooms.store.read(_open_rounds)
    round, zones = next(((r, z) for r, z in found if r.id == payload["round"]), (None, {}))
    if round is None:
        return
    latest = {due.zone: due for due in _due(round, zones) if due.at <= now}
    paused = await rooms.store.read(lambda tx: tx.pauses.running(now))
    # A card that came later, or never, is not followed by a reminder at once.
    numbers = {
        card.person: due.number
        for due in latest.values()
        for card in zones[due.zone]
        if card.send_at < due.at and card.state != "recalled" and card.person not in paused
    }
    await _remind(rooms, round, numbers)
    await rooms.store.run(lambda tx: tx.rounds.set_reminded_through(round.id, now))


async def _remind(rooms: Rooms, round: Round, numbers: Mapping[int, int]) -> None:
    """`numbers` are person -> which reminder is due. The others' ballots are sealed again with
    theirs: whose hour has struck is known, so the ballots written must not be theirs alone."""
    keys = rooms.ring.get(round.id)
    if keys is None or not numbers:
        return
    box = Box(round.id, keys, round.plan.size)
    whose = {box.tag(person): person for person in numbers}
    due = {tag: numbers[person] for tag, person in whose.items()}
    last = b""
    while True:
        seal = partial(_seal_again, box=box, round=round, due=due, after=last)
        untouched, last = await rooms.store.run(seal)
        await _write_to(rooms, round, [whose[tag] for tag in untouched])
        if not last:
            return


def _seal_again(
    tx: Transaction, box: Box, round: Round, due: Mapping[bytes, int], after: bytes
) -> tuple[list[bytes], bytes]:
    """Every ballot of the chunk gets a new body; returns the tags of those to be reminded, and
    the chunk's last tag: none where there are no more."""
    # No lock on the round: what is sealed again here holds the same answers, so counting them
    # before or after makes no difference.
    now = tx.rounds.get(round.id)
    tags = [tag for tag, _ in tx.ballots.after(round.id, after, CHUNK)]
    if now is None or now.state != "open" or not tags:
        return [], b""
    untouched, sealed = [], []
    for tag, body in tx.ballots.take_many(round.id, tags).items():
        ballot, number = box.open(tag, body), due.get(tag, 0)
        if not ballot.begun and not ballot.declined and ballot.reminded < number:
            ballot = replace(ballot, reminded=number)
            untouched.append(tag)
        sealed.append((tag, box.seal(tag, ballot)))
    tx.ballots.put_many(round.id, sealed)
    return untouched, tags[-1]


async def _write_to(rooms: Rooms, round: Round, people: list[int]) -> None:
    addresses = list((await reachable(rooms, people)).values())
    SystemRandom().shuffle(addresses)
    for to in addresses:
        await _write(rooms, round, to)


async def _write(rooms: Rooms, round: Round, to: Address) -> None:
    platform = rooms.platforms[to.platform]
    try:
        # A key nobody keeps: a reminder is never looked for again.
        await patiently(platform, to, compose.reminder(round), token_hex(16))
    except Exception as error:
        log.warning("a reminder was not sent: %s", told(error))
