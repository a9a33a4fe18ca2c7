"""Rounds and cards fall on days that are worked: the week, public holidays, the company's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Final

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cadence import closes_at, due, last_day, next_opening, openings, reminder_days
from bot.domain.pulse import Cadence
from bot.domain.workdays import Blackout, Workdays, holidays_of, is_country
from tests.pure.test_cadence import cadences, zones

GERMANY: Final = Workdays(country="DE")
TUESDAYS: Final = Cadence("FREQ=WEEKLY;BYDAY=TU", date(2026, 11, 24), time(10))
NEW_YEAR: Final = Blackout(date(2026, 12, 21), date(2027, 1, 3), "Christmas break")

countries = st.sampled_from(["", "DE", "US", "IN", "FR", "JP", "BR", "AU", "ZA", "DE-BY", "XX"])


@st.composite
def calendars(draw: st.DrawFn) -> Workdays:
    first = draw(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
    pause = Blackout(first, first + timedelta(days=draw(st.integers(0, 40))))
    return Workdays(
        week=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        country=draw(countries),
        blackouts=draw(st.sampled_from([(), (pause,)])),
        countries=draw(st.frozensets(st.sampled_from(["", "DE", "FR", "IL"]), min_size=1)),
    )


def first(cadence: Cadence, work: Workdays, most: int = 6) -> list[str]:
    found = islice(openings(cadence, cadence.starts, work), most)
    return [day.isoformat() for day in found]


def test_a_public_holiday_moves_a_round_to_the_next_working_day() -> None:
    wednesdays = Cadence("FREQ=WEEKLY;BYDAY=MO", date(2026, 5, 18), time(10))
    assert first(wednesdays, GERMANY, 3) == ["2026-05-18", "2026-05-26", "2026-06-01"]


def test_a_round_that_would_come_right_before_the_next_is_left_out() -> None:
    fridays = Cadence("FREQ=WEEKLY;BYDAY=FR", date(2026, 3, 27), time(10))
    # Good Friday and Easter Monday: Tuesday is too near to the next Friday.
    assert first(fridays, GERMANY, 3) == ["2026-03-27", "2026-04-10", "2026-04-17"]
    monthly = replace(fridays, rule="FREQ=MONTHLY;BYDAY=1FR")
    assert first(monthly, GERMANY, 3) == ["2026-04-07", "2026-05-04", "2026-06-05"]


def test_nobody_is_asked_while_the_company_wants_quiet() -> None:
    work = Workdays(blackouts=(NEW_YEAR,))
    quiet = replace(TUESDAYS, starts=date(2026, 12, 15))
    assert first(quiet, work, 3) == ["2026-12-15", "2027-01-05", "2027-01-12"]


def test_days_in_which_nobody_works_do_not_count_as_open() -> None:
    cadence = replace(TUESDAYS, open_working_days=3, reminders=2)
    work = Workdays(country="DE", blackouts=(Blackout(date(2026, 12, 28), date(2026, 12, 31)),))
    assert last_day(cadence, date(2026, 12, 22), work) == date(2027, 1, 4)
    assert reminder_days(cadence, date(2026, 12, 22), work) == [
        date(2026, 12, 23),
        date(2026, 12, 24),
    ]


def test_everybody_is_reminded_on_days_they_work_after_the_card_came() -> None:
    cadence = replace(TUESDAYS, open_working_days=4, reminders=2)
    both = Workdays(country="DE").of({"", "US", "IL"})
    opens = date(2026, 11, 25)  # a Wednesday; Thanksgiving is the day after
    assert last_day(cadence, opens, both) == date(2026, 11, 30)
    of = {who: reminder_days(cadence, opens, both, who) for who in ("", "US", "IL")}
    assert of[""] == [date(2026, 11, 26), date(2026, 11, 27)]
    assert of["US"] == [date(2026, 11, 27)]
    assert of["IL"] == [date(2026, 11, 26), date(2026, 11, 29)]  # a Sunday
    # The card itself came on Friday there, so that there is no day left to remind of it.
    assert reminder_days(cadence, date(2026, 11, 26), both, "US") == [date(2026, 11, 30)]


def test_a_day_that_only_some_have_off_is_worked_by_the_others() -> None:
    thanksgiving, both = date(2026, 11, 26), Workdays(country="DE").of({"", "US"})
    assert both.works(thanksgiving)
    assert both.works_in("", thanksgiving)
    assert not both.works_in("US", thanksgiving)
    assert both.first_in("US", thanksgiving, date(2026, 12, 1)) == date(2026, 11, 27)
    assert both.first_in("US", thanksgiving, date(2026, 11, 27)) is None


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    corpus_christi = date(2026, 6, 4)
    assert GERMANY.works(corpus_christi)
    assert not replace(GERMANY, country="DE-BY").works(corpus_christi)


def test_elsewhere_the_weekend_is_another() -> None:
    friday, sunday = date(2026, 11, 27), date(2026, 11, 29)
    israel = GERMANY.of({"IL"})
    assert (israel.works(friday), israel.works(sunday)) == (False, True)


@pytest.mark.parametrize(
    ("country", "known"),
    [("DE", True), ("US-CA", True), ("XX", False), ("DE-XX", False), ("", False)],
)
def test_a_country_is_one_whose_holidays_are_known(country: str, known: bool) -> None:
    assert is_country(country) is known


@settings(max_examples=60)
@given(cadences, calendars())
def test_rounds_open_on_days_that_are_worked_each_later_than_the_one_before(
    cadence: Cadence, work: Workdays
) -> None:
    found = list(islice(openings(cadence, cadence.starts, work), 8))
    assert all(before < after for before, after in pairwise(found))
    for day in found:
        assert not any(blackout.first <= day <= blackout.last for blackout in work.blackouts)
        assert any(worked(day, country, work) for country in work.countries)


def worked(day: date, country: str, work: Workdays) -> bool:
    """By the library alone."""
    own = country in ("", work.country.partition("-")[0])
    code, _, part = (work.country if own else country).partition("-")
    if code in ("", "XX"):
        return day.weekday() in work.week
    off = holidays.country_holidays(code, subdiv=part or None, years=day.year)
    return day.weekday() in (work.week if own else set(range(7)) - off.weekend) and day not in off


@settings(max_examples=40)
@given(cadences, zones, calendars())
def test_the_next_opening_is_strictly_later_and_once_for_each_local_date(
    cadence: Cadence, zones: set[str], work: Workdays
) -> None:
    now = datetime.fromisoformat(f"{cadence.starts.isoformat()}T00:00:00+00:00")
    last: date | None = None
    seen: list[date] = []
    while len(seen) < 6 and (at := next_opening(cadence, zones, last, now, work)):
        day = due(cadence, zones, last, at, work)
        assert day is not None
        assert last is None or day > last
        assert at >= now
        assert at < closes_at(cadence, day, zones, work)
        assert work.works(day)
        last, now = day, at
        seen.append(day)


def test_years_whose_movable_feasts_are_not_known_yet_have_the_others() -> None:
    assert date(2036, 1, 26) in holidays_of("IN", 2036)
