"""When rounds open, remind and close, in every zone and over every change of the clocks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import (
    PLAIN,
    closes_at,
    due,
    last_day,
    local_day,
    local_instant,
    next_opening,
    opens_at,
    reminder_days,
)
from bot.domain.files.rule import rule_fault
from bot.domain.pulse import Cadence
from bot.domain.workdays import Workdays

TUESDAYS: Final = Cadence("FREQ=WEEKLY;BYDAY=TU", date(2026, 11, 24), time(10))
BERLIN: Final = ("Europe/Berlin",)
ALL_WEEK: Final = Workdays(week=frozenset(range(7)))

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
some_days = st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True).map(",".join)
in_a_month = st.one_of(
    st.integers(1, 31).map(lambda day: f"BYMONTHDAY={day}"),
    st.just("BYMONTHDAY=-1"),
    st.builds("BYDAY={}{}".format, st.sampled_from([1, 2, 3, 4, 5, -1, -2]), st.sampled_from(DAYS)),
)
rules = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 14)),
    st.builds("FREQ=DAILY;BYDAY={}".format, some_days),
    st.builds("FREQ=WEEKLY;INTERVAL={};BYDAY={}".format, st.integers(1, 6), some_days),
    st.builds("FREQ=MONTHLY;INTERVAL={};{}".format, st.integers(1, 6), in_a_month),
    st.builds("FREQ=WEEKLY;COUNT={};BYDAY={}".format, st.integers(1, 5), some_days),
)
zone_names = st.sampled_from(sorted(available_timezones() - {"localtime", "posixrules"}))
zones = st.sets(zone_names, min_size=1, max_size=4)
#: From 2024 on: a whole day was left out of Samoa's calendar in 2011, and may be again somewhere.
days = st.dates(date(2024, 1, 1), date(2036, 12, 31))
hours = st.times().map(lambda at: at.replace(second=0, microsecond=0))
cadences = st.builds(
    Cadence,
    rule=rules,
    starts=days,
    at=hours,
    open_working_days=st.integers(1, 20),
    reminders=st.integers(0, 2),
).filter(lambda cadence: rule_fault(cadence.rule, cadence.starts) is None)


def dates_of(cadence: Cadence, most: int) -> list[date]:
    """The first dates of rounds, by the library and a walk over the weekends."""
    rule = rrulestr(cadence.rule, dtstart=datetime.combine(cadence.starts, time()))
    own = [moment.date() for moment in islice(rule, most * 8 + 40)]
    found = []
    monday = [day + timedelta(days=(7 - day.weekday()) * (day.weekday() > 4)) for day in own]
    for day, moved, following in zip(own, monday, [*monday[1:], date.max], strict=True):
        gap = (following - moved).days
        if moved == day or (gap >= 6 and gap >= (moved - day).days):
            found.append(moved)
    return found[:most]


def played(
    cadence: Cadence, zones: Collection[str], most: int, work: Workdays = PLAIN
) -> list[tuple[date, datetime]]:
    """The rounds that are opened by a clock that is looked at whenever one is to open."""
    opened: list[tuple[date, datetime]] = []
    last, now = None, local_instant(cadence.starts, time(), "UTC") - timedelta(days=3)
    while len(opened) < most and (at := next_opening(cadence, zones, last, now, work)):
        last, now = due(cadence, zones, last, at, work), at
        assert last, f"nothing is due at {at}, when a round was to open"
        opened.append((last, at))
    return opened


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_round_opens_when_the_hour_strikes_for_the_first_and_closes_for_the_last() -> None:
    world = ("Europe/Berlin", "America/New_York", "Asia/Kolkata")
    day = date(2026, 11, 24)
    assert opens_at(TUESDAYS, day, world) == utc("2026-11-24T04:30")  # 10:00 in Kolkata
    assert closes_at(TUESDAYS, day, world) == utc("2026-11-27T15:00")  # 10:00 in New York


def test_a_round_stays_open_over_the_weekend() -> None:
    assert last_day(TUESDAYS, date(2026, 11, 27)) == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("open_days", "reminders", "expected"),
    [
        (1, 1, []),
        (2, 1, ["2026-11-25"]),
        (3, 0, []),
        (3, 1, ["2026-11-26"]),
        (3, 2, ["2026-11-25", "2026-11-26"]),
        (5, 1, ["2026-11-27"]),
        (5, 2, ["2026-11-26", "2026-11-30"]),
        (10, 1, ["2026-12-01"]),
    ],
)
def test_reminders_are_spread_over_the_window(
    open_days: int, reminders: int, expected: list[str]
) -> None:
    cadence = Cadence(TUESDAYS.rule, TUESDAYS.starts, TUESDAYS.at, open_days, reminders)
    assert [d.isoformat() for d in reminder_days(cadence, date(2026, 11, 24))] == expected


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        ("2026-03-28", "02:30", "2026-03-28T01:30"),
        ("2026-03-29", "02:30", "2026-03-29T01:30"),  # left out; half an hour after the jump
        ("2026-03-29", "03:30", "2026-03-29T01:30"),
        ("2026-10-25", "02:30", "2026-10-25T00:30"),  # there twice; the first of the two
        ("2026-10-25", "03:30", "2026-10-25T02:30"),
    ],
)
def test_a_local_hour_that_is_left_out_or_there_twice_is_one_instant(
    day: str, at: str, expected: str
) -> None:
    found = local_instant(date.fromisoformat(day), time.fromisoformat(at), "Europe/Berlin")
    assert found == utc(expected)


def test_a_round_at_an_hour_that_is_there_twice_opens_once() -> None:
    nightly = Cadence("FREQ=DAILY", date(2026, 10, 24), time(2, 30), open_working_days=1)
    opened = played(nightly, BERLIN, 3, ALL_WEEK)
    assert opened == [
        (date(2026, 10, 24), utc("2026-10-24T00:30")),
        (date(2026, 10, 25), utc("2026-10-25T00:30")),
        (date(2026, 10, 26), utc("2026-10-26T01:30")),
    ]
    again = utc("2026-10-25T01:30")  # 02:30 strikes a second time
    assert due(nightly, BERLIN, date(2026, 10, 25), again, ALL_WEEK) is None


def test_ten_in_the_morning_stays_ten_in_the_morning_all_year() -> None:
    opened = played(Cadence(TUESDAYS.rule, date(2026, 1, 1), time(10)), BERLIN, 52)
    assert {at.astimezone(ZoneInfo("Europe/Berlin")).time() for _, at in opened} == {time(10)}
    assert {at.time() for _, at in opened} == {time(8), time(9)}


def test_a_round_that_was_missed_altogether_is_not_made_up_for() -> None:
    back_again = utc("2026-12-09T12:00")  # closed on 24 November, away since
    assert due(TUESDAYS, BERLIN, date(2026, 11, 24), back_again) == date(2026, 12, 8)
    between = utc("2026-12-12T12:00")
    assert due(TUESDAYS, BERLIN, date(2026, 11, 24), between) is None
    assert next_opening(TUESDAYS, BERLIN, date(2026, 11, 24), between) == utc("2026-12-15T09:00")


def test_a_round_that_should_be_open_by_now_opens_at_once() -> None:
    now = utc("2026-11-25T12:00")
    assert next_opening(TUESDAYS, BERLIN, None, now) == now
    assert due(TUESDAYS, BERLIN, None, now) == date(2026, 11, 24)


def test_a_round_is_over_at_the_very_instant_it_closes() -> None:
    end = utc("2026-11-27T09:00")
    assert due(TUESDAYS, BERLIN, None, end - timedelta(seconds=1)) == date(2026, 11, 24)
    assert due(TUESDAYS, BERLIN, None, end) is None
    assert next_opening(TUESDAYS, BERLIN, None, end) == utc("2026-12-01T09:00")


def test_nothing_opens_after_the_rule_has_ended() -> None:
    twice = Cadence("FREQ=WEEKLY;BYDAY=TU;COUNT=2", date(2026, 11, 24), time(10))
    until = Cadence("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261202", date(2026, 11, 24), time(10))
    for cadence in (twice, until):
        assert [day for day, _ in played(cadence, BERLIN, 9)] == [
            date(2026, 11, 24),
            date(2026, 12, 1),
        ]


@given(cadences, zones, days)
def test_a_round_closes_after_it_opened(cadence: Cadence, zones: set[str], day: date) -> None:
    assert opens_at(cadence, day, zones) < closes_at(cadence, day, zones)


@given(cadences, zones, days)
def test_everybody_has_the_whole_of_the_window(
    cadence: Cadence, zones: set[str], day: date
) -> None:
    for zone in zones:
        mine, end = local_instant(day, cadence.at, zone), last_day(cadence, day)
        assert opens_at(cadence, day, zones) <= mine
        assert local_instant(end, cadence.at, zone) <= closes_at(cadence, day, zones)


@given(cadences, days)
def test_a_window_is_so_many_working_days_long(cadence: Cadence, day: date) -> None:
    end = last_day(cadence, day)
    later = (day + timedelta(days=n) for n in range(1, (end - day).days + 1))
    assert sum(each.weekday() < 5 for each in later) == cadence.open_working_days
    assert end.weekday() < 5


@given(cadences, zones, days)
def test_reminders_come_on_working_days_inside_the_window(
    cadence: Cadence, zones: set[str], day: date
) -> None:
    found = reminder_days(cadence, day)
    assert found == sorted(set(found))
    assert len(found) <= cadence.reminders
    for reminder in found:
        assert day < reminder < last_day(cadence, day)
        assert reminder.weekday() < 5
        for zone in zones:
            at = local_instant(reminder, cadence.at, zone)
            assert local_instant(day, cadence.at, zone) < at < closes_at(cadence, day, zones)


@given(cadences, st.integers(0, 60))
def test_a_window_with_room_for_them_has_every_reminder(cadence: Cadence, later: int) -> None:
    opens = PLAIN.first_from(cadence.starts + timedelta(days=later), timedelta(days=3))
    assert opens
    found = reminder_days(cadence, opens)
    assert len(found) == min(cadence.reminders, cadence.open_working_days - 1)


@given(cadences, zones)
def test_a_round_is_due_from_its_first_to_its_last_instant(
    cadence: Cadence, zones: set[str]
) -> None:
    (day,) = dates_of(cadence, 1)
    once = replace(cadence, rule="FREQ=YEARLY", starts=day)
    end = closes_at(once, day, zones)
    for now in (opens_at(once, day, zones), end - timedelta(seconds=1)):
        assert due(once, zones, None, now) == day
        assert next_opening(once, zones, None, now) == now
    assert due(once, zones, None, end) is None


@given(cadences, zones)
def test_every_date_of_the_rule_has_one_round_in_its_turn(
    cadence: Cadence, zones: set[str]
) -> None:
    opened = played(cadence, zones, 12)
    assert [day for day, _ in opened] == dates_of(cadence, 12)
    assert [at for _, at in opened] == [opens_at(cadence, day, zones) for day, _ in opened]
    instants = [at for _, at in opened]
    assert all(before < after for before, after in pairwise(instants))


@given(cadences, zones, st.integers(-2, 60), hours, st.integers(0, 15) | st.none())
def test_what_is_due_and_what_comes_next_are_told_by_the_same_rule(
    cadence: Cadence, zones: set[str], later: int, hour: time, seen: int | None
) -> None:
    dates = dates_of(cadence, 80)
    last = None if seen is None else dates[min(seen, len(dates) - 1)]
    now = datetime.combine(cadence.starts + timedelta(days=later), hour, UTC)
    coming = [d for d in dates if (last is None or d > last) and now < closes_at(cadence, d, zones)]
    open_now = [d for d in coming if opens_at(cadence, d, zones) <= now]
    assert due(cadence, zones, last, now) == max(open_now, default=None)
    expected = max(now, opens_at(cadence, coming[0], zones)) if coming else None
    assert next_opening(cadence, zones, last, now) == expected


@given(days, hours, zone_names)
def test_a_local_hour_that_exists_is_met_exactly(day: date, hour: time, zone: str) -> None:
    found = local_instant(day, hour, zone)
    here = found.astimezone(ZoneInfo(zone))
    wanted = datetime.combine(day, hour)
    if here.replace(tzinfo=None) == wanted:
        assert local_day(found, zone) == day
    else:
        # The clocks jump over it, and it falls after the jump.
        assert here.replace(tzinfo=None) > wanted
        assert here.utcoffset() != (found - timedelta(hours=3)).astimezone(here.tzinfo).utcoffset()
    assert here.fold == 0
