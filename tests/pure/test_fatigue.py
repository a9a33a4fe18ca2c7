"""Nobody is asked more than the house rules allow, whatever is scheduled."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import time, timedelta
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given, settings

from bot.agenda import Agenda
from bot.domain.fatigue import Asked, Reason, spared
from bot.domain.house_rules import HouseRules
from bot.domain.people import Person
from bot.domain.pulse import Audience, Cadence, Pulse, Question, load_of
from bot.load import Coming, forecast
from bot.timetable import Timetable
from tests.pure.test_bank import none_came_again_before_the_rest
from tests.worlds import AHEAD, BELIEF, TUESDAY, Sent, days_ago, opened, questions, worlds

RULES: Final = HouseRules()


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


def by_person(coming: list[Coming]) -> dict[int, list[Sent]]:
    found: dict[int, list[Sent]] = defaultdict(list)
    for card in coming:
        found[card.person].append(Sent(card.pulse, card.asked, frozenset(), frozenset()))
    return found


def check_caps(world: Agenda, sent: dict[int, list[Sent]]) -> None:
    """Nobody is sent more than the house rules allow, or anything they do not want."""
    rules = world.times.rules
    whose = {person.id: person for person in world.everybody}
    for who, cards in sent.items():
        weeks: dict[tuple[int, int], list[Asked]] = defaultdict(list)
        for card in cards:
            weeks[card.asked.day.isocalendar()[:2]].append(card.asked)
            assert rules.work.works_in(whose[who].country, card.asked.day)
            assert not any(w.holds(card.pulse, card.asked.day) for w in world.wishes.get(who, ()))
        for each in weeks.values():
            assert len(each) == 1 or sum(a.questions for a in each) <= rules.questions_a_week
            assert all(a.questions <= rules.questions_a_week or a.above_cap for a in each)
        for before, later in pairwise(sorted((c.asked for c in cards), key=lambda a: a.day)):
            apart = (later.day - before.day).days
            assert apart >= rules.cooldown_days
            assert before.until is not None
            assert later.day >= before.until
            alone = before.above_cap and before.pulse != later.pulse
            assert not alone or apart >= 28
    first = sent.get(world.everybody[0].id, [])
    assert all(
        card.asked.day >= TUESDAY + timedelta(days=rules.cooldown_days - 4) for card in first
    )


@settings(max_examples=80)
@given(worlds())
def test_no_schedule_of_pulses_makes_anybody_receive_more_than_the_caps(world: Agenda) -> None:
    check_caps(world, by_person(list(forecast(world, TUESDAY, AHEAD))))


@settings(max_examples=80)
@given(worlds())
def test_no_round_that_opens_sends_more_than_the_caps_or_a_question_of_a_bank_too_early(
    world: Agenda,
) -> None:
    sent = opened(world)
    check_caps(world, sent)
    for cards in sent.values():
        for pulse in world.pulses.values():
            mine = [(card.some, card.bank) for card in cards if card.pulse == pulse.id]
            assert none_came_again_before_the_rest(mine)
            # A round of few may have to do without its bank.
            allowed = {pulse.rotate} | ({0} if pulse.manner == "confidential" else set())
            assert all(len(some) in allowed for some, _ in mine)


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
