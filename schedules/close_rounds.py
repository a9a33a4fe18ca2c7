"""Closes rounds: count in memory, publish in one transaction, destroy the keys.

A crash before that transaction means counting again; after it, clearing up is finished by the next
tick, whoever runs it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import Final

from bot.domain.ballot import Box
from bot.domain.counting import Count
from bot.domain.grumbles import FEWEST_WRITERS, next_look
from bot.domain.publishing import Release, release
from bot.domain.pulse import FEWEST_INVITED
from bot.domain.rights import THREADS_KEPT, NamedAnswer, Thread
from bot.domain.rounds import Round, State
from bot.domain.words import Heard, Listen
from bot.ports import AuditLine, Transaction
from schedules.announce import put_down
from schedules.apart import apart
from schedules.lost import lose
from schedules.rooms import Rooms
from schedules.wishes import forget_whoever_wished

#: Ballots a reading or deleting transaction.
CHUNK: Final = 1_000
#: Comments remembered while closing, for those who write the same.
REPEATED: Final = 1_000
WHO: Final = "ITPulse"


async def close_rounds(rooms: Rooms) -> None:
    now = rooms.clock.now()
    for round in await rooms.store.read(lambda tx: tx.rounds.in_state("open", "closing")):
        with apart(f"closing {round.id}"):
            if rooms.ring.get(round.id) is None:
                await lose(rooms, round)
            elif round.closes_at <= now or round.early_at is not None:
                await _close(rooms, round)
    for round in await rooms.store.read(lambda tx: tx.rounds.uncleared()):
        with apart(f"clearing {round.id}"):
            await _clear(rooms, round)


def coming(tx: Transaction, _now: datetime) -> list[datetime]:
    return [round.closes_at for round in tx.rounds.in_state("open", "closing")]


def coming_to_people(tx: Transaction, _now: datetime) -> list[datetime]:
    """The same without the boxes: nobody sees one being looked into."""
    rounds = tx.rounds.in_state("open", "closing")
    return [round.closes_at for round in rounds if not round.plan.box]


async def _close(rooms: Rooms, round: Round) -> None:
    keys = rooms.ring.get(round.id)
    if keys is None or not await rooms.store.run(lambda tx: _shut(tx, round)):
        return
    # With everybody's name at hand, theirs too who go now, so that names can be taken out.
    names = await rooms.store.read(lambda tx: tx.people.names()) if _has_words(round) else set()
    # Whoever asked for it before the round was shut is not counted any more.
    await forget_whoever_wished(rooms)
    box = Box(round.id, keys, round.plan.size)
    if round.plan.manner == "named":
        await rooms.store.run(lambda tx: _publish_named(tx, round, box, rooms.clock.now()))
        return
    count = await _count(rooms, round, box, names)
    later = next_look(round) if round.plan.box and count.answered < FEWEST_WRITERS else None
    if later:
        await rooms.store.run(lambda tx: tx.rounds.reopen(round.id, later))
        return
    found = None if _too_early(round, count) else await _release(round, count)
    await rooms.store.run(lambda tx: _publish(tx, round, found, rooms.clock.now()))


def _shut(tx: Transaction, round: Round) -> bool:
    """From here on no answer is taken; False where somebody else has ended the round."""
    state = tx.rounds.lock(round.id)
    if state == "open":
        tx.rounds.set_state(round.id, "closing")
    return state in ("open", "closing")


def _too_early(round: Round, count: Count) -> bool:
    """Closed before its time, a round is published only past its half and with enough answers;
    nobody is told beforehand which it will be."""
    if round.early_at is None:
        return False
    half = round.opens_at + (round.closes_at - round.opens_at) / 2
    return round.early_at < half or count.answered < FEWEST_INVITED


def _has_words(round: Round) -> bool:
    return any(question.kind == "comment" for question in round.plan.questions)


async def _count(rooms: Rooms, round: Round, box: Box, names: set[str]) -> Count:
    count, listen, last = Count(), cache(partial(listener, names)), b""

    def take_in(chunk: list[tuple[bytes, bytes]]) -> None:
        for tag, body in chunk:
            count.add(round.plan, box.open(tag, body))
        if count.texts:
            count.hear(round.plan, listen())

    while chunk := await rooms.store.read(partial(_after, round=round.id, tag=last)):
        # In a thread, so that nobody's press waits for it.
        await asyncio.to_thread(take_in, chunk)
        last = chunk[-1][0]
    return count


def _after(tx: Transaction, round: str, tag: bytes) -> list[tuple[bytes, bytes]]:
    return tx.ballots.after(round, tag, CHUNK)


async def _release(round: Round, count: Count) -> Release | None:
    """In a thread as well; everything written has been heard."""
    return await asyncio.to_thread(lambda: release(round, count, _unheard))


def _unheard(_text: str) -> Heard:
    raise AssertionError("a comment was not heard while counting")


def listener(names: Collection[str]) -> Listen:
    from bot.voice import Names, judge, scrub, themes

    known = Names(names)

    # "No" and "All fine" are written many times. What was heard goes with the closing.
    @lru_cache(REPEATED)
    def listen(text: str) -> Heard:
        body, found = scrub(text, known), judge(text)
        return Heard(body, found.sentiment, themes(text), _left(found.because, body))

    return listen


def _left(because: Iterable[str], body: str) -> tuple[str, ...]:
    """Without what has been taken out of the body; “not” may stand for another negation."""
    words = body.lower()
    return tuple(b for b in because if all(w == "not" or w in words for w in b.lower().split()))


def _publish(tx: Transaction, round: Round, found: Release | None, now: datetime) -> None:
    if tx.rounds.lock(round.id) != "closing":
        return
    if found is None:
        _end(tx, round, "discarded", now)
        return
    tx.releases.publish(
        found.round, found.blocks, found.groups, found.texts, found.themes, found.connections
    )
    until = now.date() + THREADS_KEPT
    tx.threads.add([Thread(bytes.fromhex(t), text, round.id, until) for t, text in found.threads])
    _end(tx, round, "released", now)


def _publish_named(tx: Transaction, round: Round, box: Box, now: datetime) -> None:
    """Who was asked is known from the deliveries, and whose ballot it is from their tag."""
    if tx.rounds.lock(round.id) != "closing":
        return
    whose = {box.tag(d.person): d.person for d in tx.deliveries.of_round(round.id)}
    for tag, body in tx.ballots.take_many(round.id, list(whose)).items():
        given = box.open(tag, body).answers
        tx.named.add_answers([NamedAnswer(round.id, whose[tag], q, v) for q, v in given.items()])
    _end(tx, round, "released", now)


def _end(tx: Transaction, round: Round, state: State, now: datetime) -> None:
    said = "closed and released"
    if state == "discarded":
        # Which of the two it was would tell how many have answered.
        early = "closed early and discarded: too soon, or too few had answered"
        said = early if round.early_at else "closed; too few answered to publish anything"
    tx.rounds.set_state(round.id, state)
    tx.audit.add(AuditLine(now, WHO, f"round {round.id} {said}"))
    if state == "released":
        put_down(tx, round, now)


async def _clear(rooms: Rooms, round: Round) -> None:
    """Without its keys nobody can open a ballot again; then the ballots go too."""
    rooms.ring.destroy(round.id)
    while await rooms.store.run(lambda tx: tx.ballots.remove(round.id, CHUNK)):
        pass
    await rooms.store.checkpoint()
    await rooms.store.run(lambda tx: _cleared(tx, round, rooms.clock.now()))


def _cleared(tx: Transaction, round: Round, now: datetime) -> None:
    tx.rounds.lock(round.id)
    found = tx.rounds.get(round.id)
    if found is None or found.cleared:
        return
    tx.rounds.set_cleared(round.id)
    tx.audit.add(AuditLine(now, WHO, f"round {round.id}: keys destroyed, ballots removed"))
