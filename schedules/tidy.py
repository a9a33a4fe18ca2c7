"""Forgets what has been kept long enough, and lets batches of messages over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, get_args

from bot.controls.threads import thread_keys
from bot.domain.ballot import Keys
from bot.domain.rights import (
    AUDIT_KEPT,
    BATCH,
    DELIVERIES_KEPT,
    LEAVERS_KEPT,
    MARKS_KEPT,
    TEXTS_KEPT,
    WISHES_KEPT,
    Side,
)
from bot.engine import event_keys
from bot.ports import AuditLine, Transaction
from schedules.rooms import Rooms

SIDES: Final[tuple[Side, ...]] = get_args(Side)


async def tidy(rooms: Rooms) -> None:
    now = rooms.clock.now()
    await rooms.store.run(lambda tx: _forget(tx, now))
    await rooms.store.run(lambda tx: _part(tx, now))
    await rooms.store.run(lambda tx: _let_over(tx, now.date()))
    for round in await rooms.store.run(lambda tx: tx.threads.drop_expired(now.date())):
        await _destroy(rooms, thread_keys(round))
    await _make_keys_of_events(rooms, now.date())
    await _drop_keys(rooms, now.date())


async def _make_keys_of_events(rooms: Rooms, today: date) -> None:
    """Before they are needed, so that their making stands in the audit."""
    for name in (event_keys(today), event_keys(today + timedelta(days=1))):
        if rooms.ring.get(name) is None:
            await _say(rooms, f"key {name} made")
            rooms.ring.put(name, Keys.draw())


async def _destroy(rooms: Rooms, name: str) -> None:
    await _say(rooms, f"key {name} destroyed")
    rooms.ring.destroy(name)


async def _say(rooms: Rooms, what: str) -> None:
    """Before it is done: a crash in between has it said twice, and never not at all."""
    line = AuditLine(rooms.clock.now(), "ITPulse", what)
    await rooms.store.run(lambda tx: tx.audit.add(line))


def _forget(tx: Transaction, now: datetime) -> None:
    today = now.date()
    tx.marks.drop_before(today - MARKS_KEPT)
    tx.pauses.drop_over(now)
    tx.releases.drop_texts_before(today - TEXTS_KEPT)
    tx.audit.drop_before(now - AUDIT_KEPT)
    tx.deliveries.drop_closed_before(now - DELIVERIES_KEPT)
    tx.wishes.drop_before(today - WISHES_KEPT)


def _part(tx: Transaction, now: datetime) -> None:
    """With those who left long ago; a round that still asks them keeps their sealed ballot."""
    last = now.date() - LEAVERS_KEPT
    gone = [person for person in tx.people.all() if person.gone_on and person.gone_on <= last]
    for person in gone:
        tx.people.remove(person.id)
    if gone:
        tx.audit.add(AuditLine(now, "ITPulse", f"people: {len(gone)} who had left were removed"))


def _let_over(tx: Transaction, today: date) -> None:
    """Three or more at once, so that who wrote when says little."""
    for side in SIDES:
        if tx.threads.waiting(side, today) >= BATCH:
            tx.threads.release(side, today)


async def _drop_keys(rooms: Rooms, today: date) -> None:
    """Keys of events nobody will repeat, and of rounds that never came to be."""
    rounds = await rooms.store.read(_rounds_with_keys)
    kept = {event_keys(today - timedelta(days=days)) for days in range(-1, MARKS_KEPT.days + 1)}
    for name in list(rooms.ring.names()):
        of_events = name.startswith("events@")
        if (of_events and name not in kept) or (not of_events and _stray(name, rounds, today)):
            await _destroy(rooms, name)


def _rounds_with_keys(tx: Transaction) -> set[str]:
    live = {round.id for round in tx.rounds.in_state("preparing", "open", "closing")}
    return live | {thread_keys(round) for round in live | set(tx.threads.rounds())}


def _stray(name: str, rounds: set[str], today: date) -> bool:
    """A key is made a moment before its round, so today's and tomorrow's are left alone."""
    day = name.partition("@")[2].removesuffix(".thread")
    return bool(day) and name not in rounds and day < (today - timedelta(days=1)).isoformat()
