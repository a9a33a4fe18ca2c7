"""What a cadence is called, and what people call it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence_words import said, said_briefly, understood
from bot.domain.files.rule import rule_fault
from bot.domain.pulse import Cadence
from bot.errors import BadValue
from tests.pure.test_cadence import cadences, days

TODAY: Final = date(2026, 11, 25)  # a Wednesday

listed = st.lists(st.dates(date(2026, 1, 1), date(2027, 6, 1)), min_size=1, max_size=20)
with_dates = st.builds(
    lambda days, at: Cadence(
        "DATES=" + ",".join(f"{day:%Y%m%d}" for day in sorted(set(days))), min(days), at
    ),
    listed,
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
ended = cadences.map(lambda c: Cadence(f"{c.rule};COUNT=4", c.starts, c.at)).filter(
    lambda c: rule_fault(c.rule, c.starts) is None
)


@pytest.mark.parametrize(
    ("words", "rule", "starts", "back"),
    [
        (
            "every second Tuesday at 10:00, open 3 working days",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
            "2026-12-01",
            "every second Tuesday at 10:00, open 3 working days, 1 reminder",
        ),
        (
            "Weekly on Monday and Thursday at 9am, no reminders",
            "FREQ=WEEKLY;BYDAY=MO,TH",
            "2026-11-26",
            "every Monday and Thursday at 09:00, open 3 working days, no reminders",
        ),
        (
            "the 1st tuesday of each month at 14.30 with 2 reminders",
            "FREQ=MONTHLY;BYDAY=1TU",
            "2026-12-01",
            "the first Tuesday of every month at 14:30, open 3 working days, 2 reminders",
        ),
        (
            "the last Friday of every quarter",
            "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1FR",
            "2026-12-25",
            "the last Friday of every quarter at 10:00, open 3 working days, 1 reminder",
        ),
        (
            "the second Wednesday of March and September, open two days",
            "FREQ=YEARLY;BYMONTH=3,9;BYDAY=2WE",
            "2027-03-10",
            "the second Wednesday of every March and September at 10:00, "
            "open 2 working days, 1 reminder",
        ),
        (
            "every other friday, 5 times",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=5",
            "2026-11-27",
            "every second Friday at 10:00, 5 times, open 3 working days, 1 reminder",
        ),
        (
            "on 1 March 2027 and 1 December 2026 at 14:00",
            "DATES=20261201,20270301",
            "2026-11-26",
            "on 1 December 2026 and 1 March 2027 at 14:00, open 3 working days, 1 reminder",
        ),
        (
            "every weekday until 31 December 2027, from 2 January 2027",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20271231",
            "2027-01-02",
            "every weekday at 10:00, until 31 December 2027, open 3 working days, 1 reminder",
        ),
        (
            "day 15 of every 3 months",
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15",
            "2026-12-15",
            "day 15 of every 3 months at 10:00, open 3 working days, 1 reminder",
        ),
    ],
)
def test_what_people_say_is_understood_and_said_back(
    words: str, rule: str, starts: str, back: str
) -> None:
    found = understood(words, TODAY)
    assert (found.rule, found.starts.isoformat()) == (rule, starts)
    assert said_briefly(found) == back
    assert understood(said(found), date(2020, 1, 1)) == found


def test_a_rule_without_words_is_said_as_it_is() -> None:
    cadence = Cadence("FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1", TODAY, time(9))
    assert said_briefly(cadence).startswith("by the rule FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1 at")
    assert understood(said(cadence), TODAY) == cadence


@pytest.mark.parametrize(
    "words",
    [
        "",
        "now and then",
        "every Tuesday at 25:00",
        "every Tuesday at 10:00, open 90 days",
        "every Tuesday, 9 reminders",
        "the 31st of February",
        "on 31 February 2027",
        "on 1 January 2020",
        "every 0 days",
        "by the rule FREQ=SECONDLY",
        "by the rule nonsense",
        "every Tuesday every Wednesday",
        "every Tuesday\x00",
        "x" * 10_000,
    ],
)
def test_what_is_not_understood_gets_a_sentence(words: str) -> None:
    with pytest.raises(BadValue) as raised:
        understood(words, TODAY)
    assert 10 < len(str(raised.value)) < 250


@given(st.text(max_size=60))
def test_any_text_is_understood_or_gets_a_sentence(words: str) -> None:
    with suppress(BadValue):
        assert understood(words, TODAY).open_working_days > 0


@given(cadences | with_dates | ended, days)
def test_rule_words_rule_and_words_rule_words_are_stable(cadence: Cadence, today: date) -> None:
    words = said(cadence)
    found = understood(words, today)
    assert found == cadence
    assert said(found) == words
