"""Once a day every ballot of an open round is sealed again under a fresh nonce, in tag order.

Whoever compares two copies of the database then sees that all ballots changed, not whose. What
share has answered, where a hundred or more are asked, is written by the same walk, rounded down.
"""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import Final

from bot.domain.ballot import Box
from bot.domain.rounds import Round
from bot.ports import Transaction
from schedules.apart import apart
from schedules.rooms import Rooms

#: Ballots a transaction.
CHUNK: Final = 200
#: People who must be asked before a share of them is said while the round is open.
FEWEST_FOR_SHARE: Final = 100


async def seal_again(rooms: Rooms) -> None:
    today = rooms.clock.now().date()
    for round in await rooms.store.read(lambda tx: tx.rounds.in_state("open")):
        with apart(f"sealing {round.id} again"):
            keys = rooms.ring.get(round.id)
            if keys and today > (round.sealed_on or round.opens_at.date()):
                await _walk(rooms, round, Box(round.id, keys, round.plan.size))


async def _walk(rooms: Rooms, round: Round, box: Box) -> None:
    today = rooms.clock.now().date()
    if round.seal and round.seal == await _digest(rooms, round):
        await rooms.store.run(lambda tx: tx.rounds.set_sealed(round.id, today, round.seal))
        return
    answered, last = 0, b""
    while True:
        seal = partial(_seal_chunk, round=round, box=box, after=last)
        count, last = await rooms.store.run(seal)
        if not last:
            break
        answered += count
    seal_of_all = await _digest(rooms, round)
    await rooms.store.run(lambda tx: tx.rounds.set_sealed(round.id, today, seal_of_all))
    if not round.plan.box and round.plan.invited >= FEWEST_FOR_SHARE:
        tenths = 10 * answered // round.plan.invited
        await rooms.store.run(lambda tx: tx.releases.add_share(round.id, today, tenths))


def _seal_chunk(tx: Transaction, round: Round, box: Box, after: bytes) -> tuple[int, bytes]:
    """Ballots that hold an answer, and the last tag; no tag when there are no more."""
    tags = [tag for tag, _ in tx.ballots.after(round.id, after, CHUNK)]
    if not tags:
        return 0, b""
    answered, sealed = 0, []
    for tag, body in tx.ballots.take_many(round.id, tags).items():
        ballot = box.open(tag, body)
        answered += ballot.holds_an_answer
        sealed.append((tag, box.seal(tag, ballot)))
    tx.ballots.put_many(round.id, sealed)
    return answered, tags[-1]


async def _digest(rooms: Rooms, round: Round) -> str:
    """Of all ballots as they lie there: the same tomorrow means that nothing was written."""
    digest, last = sha256(), b""
    while chunk := await rooms.store.read(partial(_after, round=round, last=last)):
        for tag, body in chunk:
            digest.update(tag + body[:12])
        last = chunk[-1][0]
    return digest.hexdigest()


def _after(tx: Transaction, round: Round, last: bytes) -> list[tuple[bytes, bytes]]:
    return tx.ballots.after(round.id, last, CHUNK)
