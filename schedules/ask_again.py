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
from bot.domain.ballot import Ballot, Box
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
    round, homes = await rooms.store.read(lambda tx: _whom(tx, payload["round"], now))
    keys = rooms.ring.get(payload["round"])
    if round is None or keys is None:
        return
    seen = round.again_through
    if await rooms.store.run(lambda tx: tx.rounds.claim_again(round.id, seen, now)):
        await _ask(rooms, round, Box(round.id, keys, round.plan.size), homes, now)


def _whom(tx: Transaction, round_id: str, now: datetime) -> tuple[Round | None, Mapping[int, Home]]:
    """The round where it is time, and who may be written to."""
    round = tx.rounds.get(round_id)
    if round is None or round.state != "open":
        return None, {}
    if not any(at <= now for at in _due(round, tx.deliveries.where(round.id))):
        return None, {}
    return round, {person: home for person, (_, home) in listening(tx, round, now).items()}


async def _ask(
    rooms: Rooms, round: Round, box: Box, homes: Mapping[int, Home], now: datetime
) -> None:
    whose = {box.tag(person): person for person in homes}
    card, last = compose.asked_for(round), b""
    while chunk := await rooms.store.read(partial(_after, round=round, last=last)):
        last = chunk[-1][0]
        ballots = ((whose[tag], box.open(tag, body)) for tag, body in chunk if tag in whose)
        people = [p for p, ballot in ballots if _is_time(ballot, homes[p], _since(round), now)]
        await write_to(rooms, people, card)


def _after(tx: Transaction, round: Round, last: bytes) -> list[tuple[bytes, bytes]]:
    """None of a round that takes no answers any more."""
    is_open = round.id in tx.rounds.ids("open")
    return tx.ballots.after(round.id, last, CHUNK) if is_open else []


def _is_time(ballot: Ballot, home: Home, since: datetime, now: datetime) -> bool:
    wished = ballot.wished_at
    if wished is None or not ballot.may_be_asked_again or not since < wished <= now:
        return False
    return local_day(wished, home.zone) == local_day(now, home.zone)
