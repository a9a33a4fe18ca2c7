"""Leads hear once, in their working hours, that the answers of a round are in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.cadence import LONGEST_MOVE, local_day, local_instant
from bot.domain.people import Person
from bot.domain.rounds import Round
from bot.domain.workdays import DAY, Workdays

#: Nobody is written to earlier or later in the day about what can wait.
MORNING: Final = time(8)
EVENING: Final = time(18)


@dataclass(frozen=True, slots=True)
class Announcement:
    round: str
    person: int
    #: Not before.
    at: datetime


def announcements(
    round: Round, people: Iterable[Person], work: Workdays, now: datetime
) -> Iterator[Announcement]:
    """For every lead who may see something of it."""
    for person in people:
        if "lead" in person.grants and not person.gone_on and _may_see(round, person):
            yield Announcement(round.id, person.id, _at(round, person, work, now))


def _may_see(round: Round, person: Person) -> bool:
    """A box has no units, and a named round its own readers."""
    if round.plan.manner == "named":
        return person.email in round.plan.viewers
    return not (round.plan.box and person.sees_only)


def _at(round: Round, person: Person, work: Workdays, now: datetime) -> datetime:
    """At once where it is daytime on a working day of theirs, else on the next such day at the
    hour at which the cards of the round went out, or in the morning."""
    local, today = now.astimezone(ZoneInfo(person.zone)), local_day(now, person.zone)
    hour = round.plan.at if MORNING <= round.plan.at < EVENING else MORNING
    if work.works_in(person.country, today) and hour <= local.time() < EVENING:
        return now
    first = today if local.time() < hour else today + DAY
    day = work.first_in(person.country, first, first + LONGEST_MOVE) or first
    return local_instant(day, hour, person.zone)
