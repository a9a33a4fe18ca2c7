"""Forgets those who wished it, when every ballot has been written anew.

The wishes lie sealed in ballots. A walk through all of them finds whose they are; then all are
sealed again, each of theirs emptied; then they are removed, all by one transaction. A crash in
between leaves the wishes where they are.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from bot.controls.forgetting import readable, remove
from bot.domain.ballot import Ballot, Box
from bot.domain.people import Person
from bot.ports import Transaction
from schedules.rooms import Rooms
from schedules.sealing import CHUNK, seal_chunk


async def forget_whoever_wished(rooms: Rooms) -> None:
    rounds = await rooms.store.read(lambda tx: tx.rounds.in_state("open", "closing"))
    boxes = [Box(r.id, keys, r.plan.size) for r in rounds if (keys := readable(rooms.ring, r.id))]
    wishes = [(box, tags) for box in boxes if (tags := await _wishes(rooms, box))]
    if not wishes:
        return
    everybody = await rooms.store.read(lambda tx: tx.people.all())
    going = [p for p in everybody if any(box.tag(p.id) in tags for box, tags in wishes)]
    if going:
        for box in boxes:
            await _empty(rooms, box, {box.tag(person.id) for person in going})
        # A ballot that cannot be opened today may be counted when its keys are back, and is found
        # through the person alone.
        if len(boxes) == len(rounds):
            await rooms.store.run(lambda tx: _remove(tx, rooms, going))


async def _wishes(rooms: Rooms, box: Box) -> set[bytes]:
    found, last = set[bytes](), b""
    while chunk := await rooms.store.read(partial(_after, box=box, last=last)):
        found |= {tag for tag, body in chunk if box.says_leaving(tag, body)}
        last = chunk[-1][0]
    return found


def _after(tx: Transaction, box: Box, last: bytes) -> list[tuple[bytes, bytes]]:
    return tx.ballots.after(box.round, last, CHUNK)


async def _empty(rooms: Rooms, box: Box, theirs: Collection[bytes]) -> None:
    def emptied(tag: bytes, ballot: Ballot) -> Ballot:
        return ballot.left() if tag in theirs else ballot

    last = b""
    while True:
        seal = partial(seal_chunk, box=box, after=last, change=emptied)
        _, last = await rooms.store.run(seal)
        if not last:
            return


def _remove(tx: Transaction, rooms: Rooms, going: list[Person]) -> None:
    remove(tx, rooms.ring, going, rooms.clock.now())
