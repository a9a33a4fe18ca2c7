"""Reminds those who have not begun, without a trace of who they are.

The job opens the ballots of a chunk of *all* invited, seals every one of them again in tag order,
and only then writes to those whose ballot was untouched, in random order. There is no row, claim,
receipt or log line; a crash in between means no reminder rather than a second one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from bot import compose
from bot.domain.ballot import Box
from bot.domain.cadence import local_day, local_instant
from bot.domain.people import Home
from bot.domain.rounds import Round
from bot.ports import Transaction
from schedules.rooms import Rooms
from schedules.untraced import listening, write_to

#: Ballots a transaction.
CHUNK: Final = 200
JOB: Final = "remind"


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """The `number`th reminder (from 1) of everybody who lives alike, at an instant."""

    at: datetime
    day: date
    number: int
    home: Home


async def remind(rooms: Rooms) -> None:
    """The tick: asks for a job a round wherever a local hour has struck."""
    now = rooms.clock.now()
    for round, due in await rooms.store.read(_coming):
        if any(each.at <= now for each in due):
            payload = {"round": round.id}
            await rooms.dispatcher.defer(JOB, payload, lock=f"{JOB}:{round.id}")


def coming(tx: Transaction, _now: datetime) -> list[datetime]:
    return [each.at for _, due in _coming(tx) for each in due]


def _coming(tx: Transaction) -> list[tuple[Round, list[Due]]]:
    """Open rounds, each with what has not been seen to yet."""
    reminding = [r for r in tx.rounds.in_state("open") if any(r.plan.reminder_days.values())]
    return [(r, _due(r, tx.deliveries.where(r.id))) for r in reminding]


def _due(round: Round, homes: Collection[Home]) -> list[Due]:
    """Earliest first."""
    every = (
        Due(local_instant(day, round.plan.at, home.zone), day, number, home)
        for home in homes
        for number, day in enumerate(round.plan.reminded_on(home.country), start=1)
    )
    done = round.reminded_through
    return sorted(due for due in every if done is None or due.at > done)


async def remind_round(rooms: Rooms, payload: Mapping[str, Any]) -> None:
    """The job: of people who live alike the latest reminder that is due. One missed is not made up
    for on another day, which might be one on which they do not work."""
    now = rooms.clock.now()
    round, whom = await rooms.store.read(lambda tx: _whom(tx, payload["round"], now))
    if round is None:
        return
    await _remind(rooms, round, whom)
    await rooms.store.run(lambda tx: tx.rounds.set_reminded_through(round.id, now))


def _whom(tx: Transaction, round_id: str, now: datetime) -> tuple[Round | None, dict[int, Due]]:
    """The round, and person -> which reminder is due."""
    round = tx.rounds.get(round_id)
    if round is None or round.state != "open":
        return None, {}
    asked = listening(tx, round, now)
    latest = {
        due.home: due
        for due in _due(round, {home for _, home in asked.values()})
        if due.at <= now and local_day(now, due.home.zone) == due.day
    }
    # A card that came later, or never, is not followed by a reminder at once.
    found = {
        person: latest[home]
        for person, (card, home) in asked.items()
        if home in latest and card.send_at < latest[home].at
    }
    return round, found


async def _remind(rooms: Rooms, round: Round, whom: Mapping[int, Due]) -> None:
    """`whom` is person -> which reminder is due. The others' ballots are sealed again with
    theirs: whose hour has struck is known, so the ballots written must not be theirs alone."""
    keys = rooms.ring.get(round.id)
    if keys is None or not whom:
        return
    box = Box(round.id, keys, round.plan.size)
    whose = {box.tag(person): person for person in whom}
    due = {tag: whom[person] for tag, person in whose.items()}
    card = compose.reminder(round)
    last = b""
    while True:
        seal = partial(_seal_again, box=box, round=round, due=due, after=last)
        untouched, last = await rooms.store.run(seal)
        await write_to(rooms, [whose[tag] for tag in untouched], card)
        if not last:
            return


def _seal_again(
    tx: Transaction, box: Box, round: Round, due: Mapping[bytes, Due], after: bytes
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
        ballot, mine = box.open(tag, body), due.get(tag)
        if mine and ballot.to_be_reminded(mine.number, mine.at):
            ballot = replace(ballot, reminded=mine.number)
            untouched.append(tag)
        sealed.append((tag, box.seal(tag, ballot)))
    tx.ballots.put_many(round.id, sealed)
    return untouched, tags[-1]
