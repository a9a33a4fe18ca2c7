"""The house rules as a file."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.files.faults import tidy
from bot.domain.files.rules_toml import read_rules, write_rules
from bot.domain.house_rules import LAST_MINUTE, HouseRules
from bot.domain.workdays import Blackout
from bot.errors import Fault

WHOLE = """
country = "de-by"
working_days = ["mo", "Tuesday", "we"]
hours = { from = "08:00", to = "17:30" }
questions_a_week = 2
cooldown_days = 10
[[blackouts]]
name = "Christmas break"
first = "2026-12-21"
last = 2027-01-03
"""

names = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=9)
blackouts = st.builds(
    lambda first, length, name: Blackout(first, first + timedelta(days=length), name),
    st.dates(date(2001, 1, 1), date(2199, 1, 1)),
    st.integers(0, 91),
    names,
).filter(lambda blackout: tidy(blackout.name) == blackout.name)
whole_minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
rules = st.builds(
    lambda hours, **more: HouseRules(earliest=min(hours), latest=max(hours), **more),
    st.sets(whole_minutes, min_size=2, max_size=2),
    country=st.sampled_from(["", "DE", "US-CA"]),
    working_days=st.frozensets(st.integers(0, 6), min_size=1),
    blackouts=st.lists(blackouts, max_size=3).map(
        lambda found: tuple(sorted(found, key=lambda b: (b.first, b.last)))
    ),
    questions_a_week=st.integers(1, 10),
    cooldown_days=st.integers(0, 28),
)


def test_what_is_not_said_has_its_default() -> None:
    assert read_rules("") == HouseRules()


def test_a_whole_file_is_read() -> None:
    assert read_rules(WHOLE) == HouseRules(
        country="DE-BY",
        working_days=frozenset({0, 1, 2}),
        earliest=time(8),
        latest=time(17, 30),
        blackouts=(Blackout(date(2026, 12, 21), date(2027, 1, 3), "Christmas break"),),
        questions_a_week=2,
        cooldown_days=10,
    )
    assert HouseRules().latest == LAST_MINUTE


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('country = "XX"', "country: no holidays are known of “XX”"),
        ("country = 7", "country: 7 is no text"),
        ('working_days = ["mo", "xx"]', "working_days: “xx” is no day"),
        ("working_days = []", "working_days: a list is no list of texts"),
        ('hours = { from = "10:00", to = "09:00" }', "hours.to: must be later than from"),
        ("questions_a_week = 0", "questions_a_week: 0 is out of range"),
        ("cooldown_days = 29", "cooldown_days: 29 is out of range"),
        ("colour = 1", "colour: unknown; known are "),
        (
            '[[blackouts]]\nname = "x"\nfirst = "2026-12-21"\nlast = "2026-12-20"',
            "blackouts[0].last: must be 0 to 91 days after first",
        ),
        (
            '[[blackouts]]\nfirst = "2026-12-21"\nlast = "2026-12-21"',
            "blackouts[0].name: is missing",
        ),
        ("a = " + "[" * 5_000, "the file is nested too deeply"),
        ("=", "line 1"),
    ],
)
def test_a_fault_is_named_by_its_field(text: str, fault: str) -> None:
    with pytest.raises(Fault) as raised:
        read_rules(text)
    assert any(fault in line for line in raised.value.lines), raised.value.lines


@given(rules)
def test_what_is_written_is_read_again(rules: HouseRules) -> None:
    assert read_rules(write_rules(rules)) == rules
