"""When a round opens, reminds and closes. The only place where local time is reckoned.

A round belongs to a local date. It opens when that date's hour strikes for the first person in
the world who is asked, and closes when its last hour has struck for the last of them. A date on
which nobody works moves to the next day that is worked, or is left out where the next round is
too near.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from bot.domain.pulse import Cadence
from bot.domain.workdays import Workdays, days

#: No zone is farther from UTC than this, so a local date cannot begin earlier or later.
WIDEST_OFFSET: Final = timedelta(days=1)
#: A rule that lists its dates begins with this.
DATES: Final = "DATES="
#: How far a date may move to a day that is worked, and how far from the next it must stay.
LONGEST_MOVE: Final = timedelta(days=31)
LEAST_APART: Final = timedelta(days=6)
#: Monday to Friday, everywhere.
PLAIN: Final = Workdays()


def local_instant(day: date, at: time, zone: str) -> datetime:
    """The UTC instant of a local time. Of an hour that exists twice, the first; an hour that
    the clocks jump over is read with the offset before the jump, so it falls just after it.
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def local_day(at: datetime, zone: str) -> date:
    """The date on the wall where somebody lives."""
    return at.astimezone(ZoneInfo(zone)).date()


def opens_at(cadence: Cadence, day: date, zones: Collection[str]) -> datetime:
    return min(local_instant(day, cadence.at, zone) for zone in zones)


def last_day(cadence: Cadence, day: date, work: Workdays = PLAIN) -> date:
    return work.after(day, cadence.open_working_days)


def closes_at(
    cadence: Cadence, day: date, zones: Collection[str], work: Workdays = PLAIN
) -> datetime:
    end = last_day(cadence, day, work)
    return max(local_instant(end, cadence.at, zone) for zone in zones)


def again_days(
    cadence: Cadence, day: date, work: Workdays = PLAIN, country: str = ""
) -> list[date]:
    """Days worked in a country from a round's first on, its last left out."""
    end = last_day(cadence, day, work)
    return [at for at in days(day, end) if work.works_in(country, at)]


def reminder_days(
    cadence: Cadence, day: date, work: Workdays = PLAIN, country: str = ""
) -> list[date]:
    """Days worked in a country between the day on which its cards go out and the round's last,
    evenly spread; fewer where there are few of them.
    """
    own = again_days(cadence, day, work, country)
    steps = cadence.reminders + 1
    offsets = {-(-len(own) * i // steps) for i in range(1, steps)}
    return [own[offset] for offset in sorted(offsets) if 0 < offset < len(own)]


def due(
    cadence: Cadence,
    zones: Collection[str],
    last: date | None,
    now: datetime,
    work: Workdays = PLAIN,
) -> date | None:
    """The latest date after `last` whose round should be open now.

    A round missed altogether is not made up for: its questions were about another week.
    """
    found = None
    for day in _days_from(cadence, last, now, work):
        if opens_at(cadence, day, zones) > now:
            break
        if now < closes_at(cadence, day, zones, work):
            found = day
    return found


def next_opening(
    cadence: Cadence,
    zones: Collection[str],
    last: date | None,
    now: datetime,
    work: Workdays = PLAIN,
) -> datetime | None:
    """When the next round opens; `now` when one is due already, None when the rule has ended."""
    for day in _days_from(cadence, last, now, work):
        if now < closes_at(cadence, day, zones, work):
            return max(now, opens_at(cadence, day, zones))
    return None


def openings(cadence: Cadence, since: date, work: Workdays = PLAIN) -> Iterator[date]:
    """The dates of rounds, each later than the one before, leaving out what lies before `since`
    by more than a date can move.
    """
    dates = _dates(cadence, since - LONGEST_MOVE)
    every = ((day, work.first_from(day, LONGEST_MOVE)) for day in dates)
    mine = next(every, None)
    while mine is not None:
        following = next(every, None)
        day, opening = mine
        if opening and (opening == day or following is None or _stays(day, opening, following)):
            yield opening
        mine = following


def _stays(day: date, moved: date, following: tuple[date, date | None]) -> bool:
    """A date that moved is still its own, and not the next one come too early."""
    after = following[1] or following[0]
    return after - moved >= max(LEAST_APART, moved - day)


def _days_from(
    cadence: Cadence, last: date | None, now: datetime, work: Workdays
) -> Iterator[date]:
    """Dates of rounds after `last`, leaving out what has ended by now."""
    floor = (now - _window(cadence, work) - WIDEST_OFFSET).date()
    return (day for day in openings(cadence, floor, work) if last is None or day > last)


def _window(cadence: Cadence, work: Workdays) -> timedelta:
    """At least as long as any round of this cadence can stay open: each day worked brings at most
    six that are not, public holidays come in runs of less than two weeks.
    """
    weeks = timedelta(weeks=cadence.open_working_days + 4)
    return weeks + work.longest_pause


def _dates(cadence: Cadence, since: date) -> Iterator[date]:
    """Dates of the rule itself."""
    if cadence.rule.startswith(DATES):
        listed = listed_dates(cadence.rule)
        return (day for day in listed if day >= max(since, cadence.starts))
    start = datetime.combine(cadence.starts, time())
    rule = rrulestr(cadence.rule, dtstart=start)
    floor = datetime.combine(since, time())
    moments = rule.xafter(max(floor, start - timedelta(days=1)), inc=True)
    return (moment.date() for moment in moments)


def listed_dates(rule: str) -> list[date]:
    """The dates of a rule that lists them, in their order; raises ValueError for others."""
    texts = rule.removeprefix(DATES).split(",")
    return sorted({date.fromisoformat(text) for text in texts})
