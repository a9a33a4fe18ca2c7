"""When a round opens, reminds and closes. The only place where local time is reckoned.

A round belongs to a local date. It opens when that date's hour strikes for the first person in
the world who is asked, and closes when its last hour has struck for the last of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from bot.domain.pulse import Cadence

#: No zone is farther from UTC than this, so a local date cannot begin earlier or later.
WIDEST_OFFSET = timedelta(days=1)


def local_instant(day: date, at: time, zone: str) -> datetime:
    """The UTC instant of a local time. Of an hour that exists twice, the first; an hour that
    the clocks jump over is read with the offset before the jump, so it falls just after it.
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def local_day(at: datetime, zone: str) -> date:
    """The date on the wall where somebody lives."""
    return at.astimezone(ZoneInfo(zone)).date()


def add_working_days(day: date, count: int) -> date:
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def opens_at(cadence: Cadence, day: date, zones: Collection[str]) -> datetime:
    return min(local_instant(day, cadence.at, zone) for zone in zones)


def last_day(cadence: Cadence, day: date) -> date:
    return add_working_days(day, cadence.open_working_days)


def closes_at(cadence: Cadence, day: date, zones: Collection[str]) -> datetime:
    end = last_day(cadence, day)
    return max(local_instant(end, cadence.at, zone) for zone in zones)


def reminder_days(cadence: Cadence, day: date) -> list[date]:
    """Working days strictly inside the window, evenly spread; fewer where the window is short."""
    steps = cadence.reminders + 1
    offsets = {-(-cadence.open_working_days * i // steps) for i in range(1, steps)}
    inside = sorted(o for o in offsets if 0 < o < cadence.open_working_days)
    return [add_working_days(day, offset) for offset in inside]


def due(cadence: Cadence, zones: Collection[str], last: date | None, now: datetime) -> date | None:
    """The latest date after `last` whose round should be open now.

    A round missed altogether is not made up for: its questions were about another week.
    """
    found = None
    for day in _days_from(cadence, last, now - _window(cadence)):
        if opens_at(cadence, day, zones) > now:
            break
        if now < closes_at(cadence, day, zones):
            found = day
    return found


def next_opening(
    cadence: Cadence, zones: Collection[str], last: date | None, now: datetime
) -> datetime | None:
    """When the next round opens; `now` when one is due already, None when the rule has ended."""
    for day in _days_from(cadence, last, now - _window(cadence)):
        if now < closes_at(cadence, day, zones):
            return max(now, opens_at(cadence, day, zones))
    return None


def _window(cadence: Cadence) -> timedelta:
    """At least as long as any round of this cadence can stay open."""
    return timedelta(days=cadence.open_working_days * 2 + 4)


def _days_from(cadence: Cadence, last: date | None, since: datetime) -> Iterator[date]:
    """Dates of the rule after `last`, leaving out what ended before `since`."""
    start = datetime.combine(cadence.starts, time())
    rule = rrulestr(cadence.rule, dtstart=start)
    floor = (since - WIDEST_OFFSET).replace(tzinfo=None)
    for moment in rule.xafter(max(floor, start - timedelta(days=1)), inc=True):
        if last is None or moment.date() > last:
            yield moment.date()
