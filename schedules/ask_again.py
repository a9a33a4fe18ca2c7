"""Asks again whoever asked for later, without a trace of who that is.

At fixed hours of a round, whatever anybody wished, its row says that everybody has been asked who
wished it by now; then the ballots of *all* invited are read, and those whose time has come are
written to. Nothing else is written, no ballot either, and a crash in between means that somebody is
not asked again rather than asked twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from bot import compose
from bot.domain.ballot import Box
from bot.domain.cadence import local_day
from bot.domain.people import Home
from bot.domain.rounds import Round
from bot.domain.snooze import instants
from bot.ports import Transaction
from schedules.rooms import Rooms
from schedules.untraced import listening, write_to

#: Ballots read at once.
CHUNK: Final = 1_000
JOB: Final = "ask_again"
#: A person, and where they live.
Whom = tuple[int, Home]


async def ask_again(rooms: Rooms) -> None:
    """The tick: asks for a job a round wherever one of its hours has struck."""
    now = rooms.clock.now()
    for round, due in await rooms.store.read(_coming):
        if any(at <= now for at in due):
            await rooms.dispatcher.defer(JOB, {"round": round.id}, lock=f"{JOB}:{round.id}")


def coming(tx: Transaction, _now: datetime) -> list[datetime]:
    return [at for _, due in _coming(tx) for at in due]


def _coming(tx: Transaction) -> list[tuple[Round, list[datetime]]]:
    """Open rounds, each with its hours that have not been seen to yet."""
    asking = [round for round in tx.rounds.in_state("open") if round.plan.again_at]
    return [(round, _due(round, tx.deliveries.where(round.id))) for round in asking]


def _due(round: Round, homes: Iterable[Home]) -> list[datetime]:
    since = _since(round)
    return [at for home in homes for at in instants(round, home) if at > since]


def _since(round: Round) -> datetime:
    return round.again_through or round.opens_at


async def ask_round(rooms: Rooms, payload: Mapping[str, Any]) -> None:
    """The job. A time that was missed is not made up for on another day."""
    now = rooms.clock.now()
    round = await rooms.store.read(lambda tx: _struck(tx, payload["round"], now))
    keys = rooms.ring.get(payload["round"])
    if round is None or keys is None:
        return
    seen = round.again_through
    if await rooms.store.run(lambda tx: tx.rounds.claim_again(round.id, seen, now)):
        await _ask(rooms, round, Box(round.id, keys, round.plan.size), now)


def _struck(tx: Transaction, round_id: str, now: datetime) -> Round | None:
    """The round where it is time."""
    round = tx.rounds.get(round_id)
    if round is None or round.state != "open":
        return None
    return round if any(at <= now for at in _due(round, tx.deliveries.where(round.id))) else None


async def _ask(rooms: Rooms, round: Round, box: Box, now: datetime) -> None:
    last, whose, card = b"", dict[bytes, Whom](), compose.asked_for(round)
    while True:
        read = partial(_wishing, box=box, after=last, since=_since(round), now=now)
        wishing, last = await rooms.store.read(read)
        if wishing and not whose:
            whose = await rooms.store.read(lambda tx: _whose(tx, round, box, now))
        await write_to(rooms, _awake(wishing, whose, now), card)
        if not last:
            return


def _wishing(
    tx: Transaction, box: Box, after: bytes, since: datetime, now: datetime
) -> tuple[dict[bytes, datetime], bytes]:
    """Tag -> when they wished to be asked, of a chunk's ballots whose time has come; with its last
    tag, none where there are no more. None of a round that takes no answers any more."""
    if box.round not in tx.rounds.ids("open"):
        return {}, b""
    chunk = tx.ballots.after(box.round, after, CHUNK)
    ballots = ((tag, box.open(tag, body)) for tag, body in chunk)
    found = {
        tag: at
        for tag, ballot in ballots
        if (at := ballot.wished_at) and ballot.may_be_asked_again and since < at <= now
    }
    return found, chunk[-1][0] if len(chunk) == CHUNK else b""


def _whose(tx: Transaction, round: Round, box: Box, now: datetime) -> dict[bytes, Whom]:
    return {box.tag(who): (who, home) for who, (_, home) in listening(tx, round, now).items()}


def _awake(
    wishing: Mapping[bytes, datetime], whose: Mapping[bytes, Whom], now: datetime
) -> list[int]:
    """Those for whom it is still the day they wished."""
    mine = [(*whose[tag], at) for tag, at in wishing.items() if tag in whose]
    return [who for who, home, at in mine if local_day(at, home.zone) == local_day(now, home.zone)]
