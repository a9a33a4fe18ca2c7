"""“Ask me later”: the fixed hours of a round at which somebody may be asked again.

They hang on the plan and on where people live, never on who has asked for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, NamedTuple

from bot.domain.cadence import local_day, local_instant
from bot.domain.people import Home
from bot.domain.rounds import Round

When = Literal["today", "tomorrow", "next week"]

#: After the pulse's own hour of the same day.
LATER: Final = (timedelta(hours=3), timedelta(hours=6))
#: Whoever asks for later is left in peace for at least so long.
SOONEST: Final = timedelta(hours=1)


class Offer(NamedTuple):
    when: When
    #: UTC.
    at: datetime


def hours(at: time, evening: time) -> tuple[time, ...]:
    """The local hours of a day at which people are asked again, the pulse's own first."""
    first = datetime.combine(date.min, at)
    later = [first + after for after in LATER]
    return (at, *(on.time() for on in later if on.date() == date.min and on.time() <= evening))


def instants(round: Round, home: Home) -> list[datetime]:
    """All of them for people who live alike, earliest first; the first card's own is left out."""
    plan = round.plan
    every = (
        local_instant(day, hour, home.zone)
        for day in plan.again_on(home.country)
        for hour in plan.again_at
    )
    return sorted(set(every))[1:]


def offers(round: Round, home: Home, now: datetime) -> list[Offer]:
    """What somebody is offered, earliest first: at most one of each kind."""
    today, hour = local_day(now, home.zone), round.plan.at
    coming = [(local_day(at, home.zone), at) for at in instants(round, home) if may_be(at, now)]
    usual = [(day, at) for day, at in coming if at == local_instant(day, hour, home.zone)]
    fitting: Mapping[When, list[datetime]] = {
        "today": [at for day, at in coming if day == today],
        "tomorrow": [at for day, at in usual if day > today],
        "next week": [at for day, at in usual if _week(day) > _week(today)],
    }
    found: dict[datetime, When] = {}
    for when, some in fitting.items():
        for at in some[:1]:
            found.setdefault(at, when)
    return [Offer(when, at) for at, when in found.items()]


def may_be(at: datetime, now: datetime) -> bool:
    return at >= now + SOONEST


def _week(day: date) -> tuple[int, int]:
    """The calendar week, Monday to Sunday."""
    return day.isocalendar()[:2]
