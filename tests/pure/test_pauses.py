"""“Pause 2 weeks”: what people may write, and until when it is then quiet."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pauses import LONGEST, NotUnderstood, Over, TooLongAPause, ends_at, last_day
from bot.errors import BadValue

#: A Thursday.
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("", date(2026, 12, 24)),
        ("2 weeks", date(2026, 12, 10)),
        ("for two weeks", date(2026, 12, 10)),
        ("a week", date(2026, 12, 3)),
        ("10 days", date(2026, 12, 6)),
        ("1 day", date(2026, 11, 27)),
        ("3weeks", date(2026, 12, 17)),
        ("a fortnight", date(2026, 12, 10)),
        ("fortnight", date(2026, 12, 10)),
        ("three months", date(2027, 2, 26)),
        ("a year", date(2027, 11, 26)),
        ("tomorrow", date(2026, 11, 27)),
        ("until Monday", date(2026, 11, 30)),
        ("till thu", date(2026, 12, 3)),
        ("until next week", date(2026, 11, 30)),
        ("until next month", date(2026, 12, 1)),
        ("until January", date(2027, 1, 1)),
        ("until 15 January", date(2027, 1, 15)),
        ("until the 15th of January", date(2027, 1, 15)),
        ("UNTIL JANUARY 15, 2027!", date(2027, 1, 15)),
        ("until Jan 15", date(2027, 1, 15)),
        ("until 27 november", date(2026, 11, 27)),
        ("until 3 sept", date(2027, 9, 3)),
        ("until 2027-01-15", date(2027, 1, 15)),
        ("until 15.1.", date(2027, 1, 15)),
        ("until 15.01.2027", date(2027, 1, 15)),
    ],
)
def test_a_length_or_a_day_is_understood_as_people_write_it(said: str, until: date) -> None:
    assert last_day(said, TODAY) == until


@pytest.mark.parametrize("said", ["blah", "soon", "a while", "2 moons", "until 31 February", "-1"])
def test_what_is_not_understood_is_asked_for_again_with_examples(said: str) -> None:
    with pytest.raises(NotUnderstood, match="pause 2 weeks"):
        last_day(said, TODAY)


@pytest.mark.parametrize("said", ["0 days", "until 2026-11-26", "until 1 January 2020"])
def test_a_day_that_is_over_is_not_taken(said: str) -> None:
    with pytest.raises(Over, match="not in the future"):
        last_day(said, TODAY)


@pytest.mark.parametrize("said", ["forever", "for ever", "13 months", "2 years", "until 1.1.2030"])
def test_nobody_pauses_for_more_than_a_year(said: str) -> None:
    with pytest.raises(TooLongAPause, match="forget me"):
        last_day(said, TODAY)


def test_on_a_leap_day_the_next_one_is_not_made_up() -> None:
    with pytest.raises(NotUnderstood):
        last_day("until 29 February", TODAY)
    assert last_day("until 29 February", date(2027, 12, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("zone", "hour"), [("UTC", 9), ("Europe/Berlin", 8), ("America/New_York", 14)]
)
def test_a_pause_ends_in_the_morning_where_one_lives(zone: str, hour: int) -> None:
    assert ends_at(date(2027, 1, 15), zone) == datetime(2027, 1, 15, hour, tzinfo=UTC)


@given(st.text(max_size=30), st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_any_words_give_a_day_within_a_year_or_a_kind_sentence(said: str, today: date) -> None:
    with suppress(BadValue):
        assert today < last_day(said, today) <= today + LONGEST
