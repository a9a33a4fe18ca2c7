"""Nobody is asked more than the house rules allow, whatever is scheduled."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agenda import Agenda
from bot.domain.fatigue import Asked, Reason, Wish, spared
from bot.domain.house_rules import HouseRules
from bot.domain.people import Person
from bot.domain.pulse import Audience, Cadence, Pulse, Question, load_of
from bot.domain.rounds import Held
from bot.domain.slices import slots
from bot.domain.workdays import Blackout
from bot.load import Coming, forecast
from bot.timetable import Timetable, fitted

RULES: Final = HouseRules()
TUESDAY: Final = date(2026, 11, 24)
AHEAD: Final = timedelta(weeks=10)
BELIEF: Final = Question("belief", "agree", "I expect something good to change.")


def questions(number: int) -> tuple[Question, ...]:
    asked = tuple(Question(f"q{n}", "satisfaction", "How was it?") for n in range(number))
    return (*asked, BELIEF)


def days_ago(days: int, questions: int = 3, **more: Any) -> Asked:
    return Asked(TUESDAY - timedelta(days=days), questions, **more)


@pytest.mark.parametrize(
    ("history", "asks", "reason"),
    [
        ([], 3, None),
        ([], 10, None),
        ([days_ago(7)], 3, None),
        ([days_ago(6)], 3, None),
        ([days_ago(5)], 1, "cooldown"),
        ([days_ago(-2)], 1, "cooldown"),
        ([days_ago(7, open=True)], 1, "open"),
        ([days_ago(27, 5, above_cap=True)], 1, "alone"),
        ([days_ago(28, 5, above_cap=True)], 3, None),
    ],
)
def test_who_was_sent_something_of_late_is_spared(
    history: list[Asked], asks: int, reason: Reason | None
) -> None:
    assert spared(history, TUESDAY, asks, RULES) == reason


def test_a_week_has_so_many_questions_and_no_more() -> None:
    rules = replace(RULES, cooldown_days=0)
    monday = [days_ago(1, questions=2)]
    assert spared(monday, TUESDAY, 1, rules) is None
    assert spared(monday, TUESDAY, 2, rules) == "week"
    assert spared([days_ago(2, questions=3)], TUESDAY, 3, rules) is None  # on Sunday


def test_a_long_pulse_may_come_as_often_as_it_was_allowed_to() -> None:
    before = [days_ago(7, 5, above_cap=True, pulse="long")]
    assert spared(before, TUESDAY, 5, RULES, "long") is None
    assert spared(before, TUESDAY, 1, RULES, "short") == "alone"


def test_follow_ups_and_the_belief_item_cost_nothing() -> None:
    why = Question("why", "several", "Why?")
    asked = replace(questions(3)[0], follow_up=why)
    assert load_of((asked, *questions(2))) == 3
    assert load_of((replace(BELIEF, kind="comment"),)) == 1


@st.composite
def worlds(draw: st.DrawFn) -> Agenda:
    """A few people in several countries, and pulses of every kind of schedule."""
    people = [
        Person(
            f"p{n}@example.org",
            f"P {n}",
            draw(st.sampled_from(["Legal", "Sales"])),
            zone=draw(st.sampled_from(["Europe/Berlin", "Asia/Kolkata", "America/New_York"])),
            country=draw(st.sampled_from(["", "DE", "US", "IL"])),
            id=n,
        )
        for n in range(1, draw(st.integers(1, 5)) + 1)
    ]
    rules = HouseRules(
        country=draw(st.sampled_from(["", "DE"])),
        blackouts=draw(
            st.sampled_from([(), (Blackout(date(2026, 12, 24), date(2027, 1, 1), "Quiet"),)])
        ),
        questions_a_week=draw(st.integers(1, 4)),
        cooldown_days=draw(st.sampled_from([0, 1, 6, 13])),
    )
    pulses = [fitted(draw(pulses_of(number)), rules) for number in range(draw(st.integers(1, 4)))]
    wishes = [Wish(1, draw(st.sampled_from(["", "pulse-0"])))] if draw(st.booleans()) else []
    times = Timetable({}, {}, {}, {}, rules)
    for pulse in pulses:
        audience = [person for person in people if pulse.audience.invites(person)]
        times = times.adding(pulse, audience, [Held(TUESDAY - timedelta(days=30))])
    return Agenda(
        everybody=people,
        times=times,
        slots={p.id: slots(people, {}) for p in pulses if p.rotation == "slices"},
        viewers=(),
        answered=(),
        wishes={1: wishes},
        asked={person.id: [days_ago(4, open=True)] for person in people[:1]},
    )


@st.composite
def pulses_of(draw: st.DrawFn, number: int) -> Pulse:
    rule = draw(
        st.sampled_from(
            [
                "FREQ=DAILY",
                "FREQ=WEEKLY;BYDAY=TU",
                "FREQ=WEEKLY;BYDAY=MO,TH,SA",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
                "FREQ=MONTHLY;BYDAY=1WE",
                "DATES=20261130,20261201,20261224",
            ]
        )
    )
    return Pulse(
        id=f"pulse-{number}",
        title="How is IT?",
        questions=questions(draw(st.integers(1, 6))),
        audience=draw(st.sampled_from([Audience(everyone=True), Audience(units=("Legal",))])),
        cadence=Cadence(
            rule,
            TUESDAY + timedelta(days=draw(st.integers(0, 9))),
            time(10),
            draw(st.integers(1, 8)),
        ),
        manner="named",
        rotation=draw(st.sampled_from(["none", "slices"])),
    )


def by_person(coming: list[Coming]) -> dict[int, list[Coming]]:
    found: dict[int, list[Coming]] = defaultdict(list)
    for card in coming:
        found[card.person].append(card)
    return found


@settings(max_examples=80)
@given(worlds())
def test_no_schedule_of_pulses_makes_anybody_receive_more_than_the_caps(world: Agenda) -> None:
    rules = world.times.rules
    whose = {person.id: person for person in world.everybody}
    for who, cards in by_person(list(forecast(world, TUESDAY, AHEAD))).items():
        weeks: dict[tuple[int, int], list[Asked]] = defaultdict(list)
        for card in cards:
            weeks[card.asked.day.isocalendar()[:2]].append(card.asked)
            assert rules.work.works_in(whose[who].country, card.asked.day)
            assert not any(w.holds(card.pulse, card.asked.day) for w in world.wishes.get(who, ()))
        for sent in weeks.values():
            assert len(sent) == 1 or sum(a.questions for a in sent) <= rules.questions_a_week
            assert all(a.questions <= rules.questions_a_week or a.above_cap for a in sent)
        for before, after in pairwise(sorted((c.asked for c in cards), key=lambda a: a.day)):
            apart = (after.day - before.day).days
            assert apart >= rules.cooldown_days
            assert before.until is not None
            assert after.day >= before.until
            alone = before.above_cap and before.pulse != after.pulse
            assert not alone or apart >= 28
    first = by_person(list(forecast(world, TUESDAY, AHEAD))).get(1, [])
    assert all(
        card.asked.day >= TUESDAY + timedelta(days=rules.cooldown_days - 4) for card in first
    )


def test_of_two_pulses_that_want_the_same_people_each_has_its_turn() -> None:
    weekly = Cadence("FREQ=WEEKLY;BYDAY=TU", TUESDAY, time(10))
    pulses = [
        Pulse(id, "How is IT?", questions(3), Audience(everyone=True), weekly, "named")
        for id in ("a", "b")
    ]
    people, times = [Person("p@example.org", "P", id=1)], Timetable({}, {}, {}, {}, RULES)
    for pulse in pulses:
        times = times.adding(pulse, people)
    world = Agenda(
        everybody=people,
        times=times,
        slots={},
        viewers=(),
        answered=(),
        wishes={},
        asked={},
    )
    coming = list(forecast(world, TUESDAY, timedelta(weeks=4)))
    assert [card.pulse for card in coming] == ["a", "b", "a", "b"]
