"""Which recurrence rules a pulse file may hold."""

from __future__ import annotations

import time as stopwatch
from datetime import date

import pytest

from bot.domain.files.rule import rule_fault


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=TU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU",
        "FREQ=MONTHLY;BYDAY=1TU",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=YEARLY;BYMONTH=3,9;BYDAY=2WE",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "FREQ=WEEKLY;COUNT=4",
        "FREQ=WEEKLY;UNTIL=20261231",
    ],
)
def test_a_rule_of_dates_is_taken(rule: str) -> None:
    assert rule_fault(rule, date(2026, 11, 24)) is None


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "WEEKLY",
        "RRULE:FREQ=WEEKLY",
        "FREQ=HOURLY",
        "FREQ=MINUTELY",
        "FREQ=SECONDLY",
        "FREQ=WEEKLY;BYHOUR=3",
        "FREQ=WEEKLY;BYMINUTE=3",
        "FREQ=WEEKLY;BYSECOND=3",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=WEEKLY;DTSTART=20260101",
        "DTSTART:20260101\nRRULE:FREQ=WEEKLY",
        "FREQ=WEEKLY\nEXDATE:20260101",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;BYDAY=1TU",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=WEEKLY;UNTIL=20269901",
        "FREQ=WEEKLY;UNTIL=20200101",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=3;BYMONTH=1;BYMONTHDAY=1;BYDAY=MO",
        "freq=weekly",
        "FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 100),
    ],
)
def test_any_other_rule_is_refused(rule: str) -> None:
    assert rule_fault(rule, date(2026, 11, 24))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY;BYSETPOS=2",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300",
    ],
)
def test_a_rule_without_any_day_is_refused_soon(rule: str) -> None:
    begun = stopwatch.perf_counter()
    assert "never falls on a day" in (rule_fault(rule, date(2026, 11, 24)) or "")
    assert stopwatch.perf_counter() - begun < 5
