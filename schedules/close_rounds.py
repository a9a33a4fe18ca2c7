"""Closes rounds: count in memory, publish in one transaction, destroy the keys.

A crash before that transaction means counting again; after it, clearing up is finished by the next
tick, whoever runs it.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from bot.domain.ballot import Box
from bot.domain.counting import Count
from bot.domain.people import Person
from bot.domain.publishing import Heard, Listen, Release, release
from bot.domain.rounds import Round, State
from bot.ports import AuditLine, Transaction
from schedules.rooms import Rooms

#: Ballots a reading or deleting transaction.
CHUNK: Final = 1_000
WHO: Final = "ITPulse"


async def close_rounds(rooms: Rooms) -> None:
    now = rooms.clock.now()
    for round in await rooms.store.read(lambda tx: tx.rounds.in_state("open", "closing")):
        if round.closes_at <= now:
            await _close(rooms, round)
    for round in await rooms.store.read(lambda tx: tx.rounds.uncleared()):
        await _clear(rooms, round)


def coming(tx: Transaction, _now: datetime) -> list[datetime]:
    return [round.closes_at for round in tx.rounds.in_state("open", "closing")]


async def _close(rooms: Rooms, round: Round) -> None:
    if not await rooms.store.run(lambda tx: _shut(tx, round)):
        return
    keys = rooms.ring.get(round.id)
    if keys is None:
        await rooms.store.run(lambda tx: _end(tx, round, "lost", rooms.clock.now()))
        return
    count = await _count(rooms, round, Box(round.id, keys, round.plan.size))
    listen = await _listener(rooms)
    found = await rooms.store.read(lambda _tx: release(round, count, listen))
    await rooms.store.run(lambda tx: _publish(tx, round, found, rooms.clock.now()))


def _shut(tx: Transaction, round: Round) -> bool:
    """From here on no answer is taken; False where somebody else has ended the round."""
    state = tx.rounds.lock(round.id)
    if state == "open":
        tx.rounds.set_state(round.id, "closing")
    return state in ("open", "closing")


async def _count(rooms: Rooms, round: Round, box: Box) -> Count:
    total, last = Count(), b""
    while True:
        part, last = await rooms.store.read(partial(_count_after, round=round, box=box, last=last))
        if part is None:
            return total
        total.merge(part)


def _count_after(
    tx: Transaction, round: Round, box: Box, last: bytes
) -> tuple[Count | None, bytes]:
    chunk = tx.ballots.after(round.id, last, CHUNK)
    if not chunk:
        return None, last
    count = Count()
    for tag, body in chunk:
        count.add(round.plan, box.open(tag, body))
    return count, chunk[-1][0]


async def _listener(rooms: Rooms) -> Listen:
    """Reads comments with everybody's name at hand, so that names can be taken out."""
    people = await rooms.store.read(lambda tx: tx.people.all())
    return listener(people)


def listener(people: list[Person]) -> Listen:
    from bot.voice import Names, judge, scrub, themes

    names = Names([person.name for person in people])

    def listen(text: str) -> Heard:
        return Heard(scrub(text, names), judge(text).sentiment, themes(text))

    return listen


def _publish(tx: Transaction, round: Round, found: Release | None, now: datetime) -> None:
    if tx.rounds.lock(round.id) != "closing":
        return
    if found is None:
        _end(tx, round, "discarded", now)
        return
    tx.releases.publish(found.round, found.blocks, found.groups, found.texts, found.themes)
    _end(tx, round, "released", now)


def _end(tx: Transaction, round: Round, state: State, now: datetime) -> None:
    said = {
        "released": "closed and released",
        "discarded": "closed; too few answered to publish anything",
        "lost": "lost: its keys are gone, so nothing can be counted or published",
    }[state]
    tx.rounds.set_state(round.id, state)
    tx.audit.add(AuditLine(now, WHO, f"round {round.id} {said}"))


async def _clear(rooms: Rooms, round: Round) -> None:
    """Without its keys nobody can open a ballot again; then the ballots go too."""
    rooms.ring.destroy(round.id)
    while await rooms.store.run(lambda tx: tx.ballots.remove(round.id, CHUNK)):
        pass
    await rooms.store.run(lambda tx: _cleared(tx, round, rooms.clock.now()))


def _cleared(tx: Transaction, round: Round, now: datetime) -> None:
    tx.rounds.set_cleared(round.id)
    tx.audit.add(AuditLine(now, WHO, f"round {round.id}: keys destroyed, ballots removed"))
