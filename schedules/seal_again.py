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
from schedules.sealing import CHUNK, seal_chunk
from schedules.wishes import forget_whoever_wished

#: People who must be asked before a share of them is said while the round is open.
FEWEST_FOR_SHARE: Final = 100


async def seal_again(rooms: Rooms) -> None:
    today = rooms.clock.now().date()
    every = await rooms.store.read(lambda tx: tx.rounds.in_state("open"))
    due = [round for round in every if today > (round.sealed_on or round.opens_at.date())]
    if due:
        with apart("forgetting who wished it"):
            await forget_whoever_wished(rooms)
    for round in due:
        with apart(f"sealing {round.id} again"):
            if keys := rooms.ring.get(round.id):
                await _walk(rooms, round, Box(round.id, keys, round.plan.size))


async def _walk(rooms: Rooms, round: Round, box: Box) -> None:
    today = rooms.clock.now().date()
    if round.seal and round.seal == await _digest(rooms, round):
        await rooms.store.run(lambda tx: tx.rounds.set_sealed(round.id, today, round.seal))
        return
    answered, last = 0, b""
    while True:
        ballots, last = await rooms.store.run(partial(seal_chunk, box=box, after=last))
        if not last:
            break
        answered += sum(ballot.holds_an_answer for ballot in ballots)
    seal_of_all = await _digest(rooms, round)
    await rooms.store.run(lambda tx: tx.rounds.set_sealed(round.id, today, seal_of_all))
    if not round.plan.box and round.plan.invited >= FEWEST_FOR_SHARE:
        tenths = 10 * answered // round.plan.invited
        await rooms.store.run(lambda tx: tx.releases.add_share(round.id, today, tenths))


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
