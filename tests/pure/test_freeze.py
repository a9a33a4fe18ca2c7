"""Everything about a round is frozen before it opens: wording, people, places, size, dates."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ballot import SIZES
from bot.domain.freeze import freeze, too_few
from bot.domain.people import Person, Place
from bot.domain.pulse import MOST_COMMENTS, MOST_QUESTIONS, Choice, K, Question
from bot.domain.rounds import Plan
from bot.questions import KINDS
from tests.asking import (
    WORDINGS,
    may_have_follow_up,
    pulse_of,
    question_of,
    questionnaires,
)

DAY: Final = date(2026, 11, 24)
#: As long as a people file and a pulse file may write them.
LONGEST_NAME: Final = 200
LONGEST_ID: Final = 40
MOST_OPTIONS: Final = 10


def person(number: int, unit: str = "Finance", **more: Any) -> Person:
    email = f"p{number:03}@example.com"
    return Person(email, "P", unit, "Business", "Staff", "HQ", id=number, **more)


PEOPLE: Final = [
    *(person(number, zone="Europe/Berlin") for number in range(1, 16)),
    *(person(number, "Sales", zone="America/New_York") for number in range(16, 26)),
]
PULSE: Final = replace(pulse_of(question_of("satisfaction")), version=3)


def test_a_round_is_named_by_its_pulse_and_its_local_date() -> None:
    round = freeze(PULSE, PEOPLE, DAY)
    assert (round.id, round.pulse, round.day) == ("it-weekly@2026-11-24", "it-weekly", DAY)
    assert (round.version, round.state) == (3, "preparing")


def test_a_round_is_open_from_the_first_to_the_last_of_those_invited() -> None:
    round = freeze(PULSE, PEOPLE, DAY)
    assert round.opens_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert round.closes_at == datetime(2026, 11, 27, 15, tzinfo=UTC)
    assert round.plan.at == time(10)
    assert round.plan.last_day == date(2026, 11, 27)
    assert round.plan.reminder_days == {"": (date(2026, 11, 26),)}


def test_silent_places_are_counted_from_the_start() -> None:
    plan = freeze(PULSE, PEOPLE, DAY).plan
    assert plan.places == {
        Place("Business", "Finance", "Staff", "HQ"): 15,
        Place("Business", "Sales", "Staff", "HQ"): 10,
    }
    assert plan.invited == 25


def test_a_pulse_may_ask_for_larger_groups_and_never_for_smaller_ones() -> None:
    groups = [freeze(replace(PULSE, smallest_group=k), PEOPLE, DAY) for k in (1, K, 8)]
    assert [round.plan.smallest_group for round in groups] == [K, K, 8]


def test_a_confidential_round_of_fewer_than_twenty_is_too_small() -> None:
    assert too_few(freeze(PULSE, PEOPLE[:19], DAY).plan)
    assert not too_few(freeze(PULSE, PEOPLE[:20], DAY).plan)
    assert not too_few(freeze(replace(PULSE, manner="named"), PEOPLE[:1], DAY).plan)


def test_whoever_comes_goes_or_moves_makes_it_another_round() -> None:
    moved = [replace(PEOPLE[0], site="Berlin"), *PEOPLE[1:]]
    swapped = [replace(PEOPLE[0], unit="Sales"), *PEOPLE[1:15], replace(PEOPLE[15], unit="Finance")]
    rolls = {
        freeze(PULSE, people, DAY).plan.roll
        for people in (PEOPLE, PEOPLE[1:], moved, [*swapped, *PEOPLE[16:]])
    }
    assert len(rolls) == 4


@given(st.permutations(PEOPLE))
def test_the_order_of_the_people_list_makes_no_difference(people: list[Person]) -> None:
    assert freeze(PULSE, people, DAY) == freeze(PULSE, PEOPLE, DAY)


@given(questionnaires(), st.sampled_from(["confidential", "named"]))
def test_a_plan_comes_back_from_its_json(questions: tuple[Question, ...], manner: str) -> None:
    pulse = replace(pulse_of(*questions), manner=manner)  # type: ignore[arg-type]  # one of the two
    plan = freeze(pulse, PEOPLE, DAY).plan
    assert Plan.read(json.loads(json.dumps(plan.wire()))) == plan


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_largest_pulse_of_a_kind_still_fits_into_a_ballot(kind: str) -> None:
    name = "長" * LONGEST_NAME
    somebody = Person("p@example.com", "P", name, name, name, name)
    comments = [largest("comment", number) for number in range(MOST_COMMENTS)]
    others = range(MOST_COMMENTS, MOST_QUESTIONS)
    asked = [*comments, *(largest(kind, n) for n in others if kind != "comment")]
    assert freeze(pulse_of(*asked), [somebody], DAY).plan.size <= SIZES[-1]


def largest(kind: str, number: int) -> Question:
    """The question whose answer takes most, of all that a file can write."""
    question = question_of(kind, f"{number}".ljust(LONGEST_ID, "q"))
    if may_have_follow_up(question):
        why = replace(largest("several", number), id=f"{number}".ljust(LONGEST_ID, "w"))
        return replace(question, follow_up=replace(why, wordings=WORDINGS))
    ids = ["other", *(f"{n}".ljust(LONGEST_ID, "o") for n in range(1, MOST_OPTIONS))]
    return replace(question, options=tuple(Choice(id, id) for id in ids if question.options))
