"""Tells leads that a round has been released, each once.

Whoever is to be told is taken from the table before the post: a crash in between means one lead
who is not told, and nobody who is told twice.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from bot.cards import Card
from bot.compose_released import released
from bot.domain.announcement import Announcement, announcements
from bot.domain.rounds import Round
from bot.errors import Busy
from bot.faults import told
from bot.house_rules import rules_of
from bot.ports import Transaction
from bot.results import came_of_round
from schedules.deliver import LONGEST_NAP, patiently, reachable
from schedules.rooms import Rooms

log = logging.getLogger("itpulse.announce")

#: Nothing was sent where a platform asked us to wait, so it may be tried again.
AGAIN: Final = timedelta(minutes=5)


class News(NamedTuple):
    what: Announcement
    #: None where they do not want to hear it, or may not any more.
    card: Card | None


def put_down(tx: Transaction, round: Round, now: datetime) -> None:
    """Beside the release itself, so that none of the two is ever without the other."""
    people, work = tx.people.granted(), rules_of(tx).work
    tx.announcements.add(list(announcements(round, people, work, now)))


async def announce(rooms: Rooms) -> None:
    now = rooms.clock.now()
    # Nearly always there is nothing to write for.
    first = await rooms.store.read(lambda tx: tx.announcements.next_at())
    if first is None or first > now:
        return
    while news := await rooms.store.run(lambda tx: _take(tx, now)):
        if news.card:
            await _tell(rooms, news.what, news.card)


def coming(tx: Transaction, _now: datetime) -> list[datetime]:
    at = tx.announcements.next_at()
    return [at] if at else []


def _take(tx: Transaction, now: datetime) -> News | None:
    taken = tx.announcements.take(now)
    if taken is None:
        return None
    person, round = tx.people.by_id(taken.person), tx.rounds.get(taken.round)
    if person is None or round is None or "lead" not in person.grants or person.gone_on:
        return News(taken, None)
    stopped = any(not wish.pulse for wish in tx.wishes.of_person(person.id))
    if stopped or person.id in tx.pauses.running(now):
        return News(taken, None)
    whole = not person.sees_only and round.plan.manner == "confidential" and not round.plan.box
    return News(taken, released(round, person, came_of_round(tx, round) if whole else ""))


def _put_off(tx: Transaction, later: Announcement) -> None:
    tx.announcements.add([later])


async def _tell(rooms: Rooms, what: Announcement, card: Card) -> None:
    key = f"{what.round}|released|{what.person}"
    for to in (await reachable(rooms, [what.person])).values():
        try:
            await patiently(rooms.platforms[to.platform], to, card, key, LONGEST_NAP)
        except Busy as busy:
            wait = max(timedelta(seconds=busy.retry_after), AGAIN)
            later = replace(what, at=rooms.clock.now() + wait)
            await rooms.store.run(partial(_put_off, later=later))
        except Exception as error:
            log.warning("a lead was not told of a release: %s", told(error))
