"""Ballots are opened, counted by place and forgotten; what is published is decided once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any, Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.ballot import Answer, Ballot
from bot.domain.counting import Count
from bot.domain.people import Cell, Place
from bot.domain.publishing import Release
from bot.domain.pulse import K
from bot.domain.rounds import Round
from bot.questions import KINDS
from tests.asking import accepted, question_of
from tests.staff import (
    FINANCE,
    SALES,
    Said,
    Staff,
    blocks_of,
    counted,
    released,
    round_of,
    scored,
    seeds,
    some_answers,
    staffs,
    weekly,
)

COUNTED: Final = sorted(kind for kind in KINDS if kind != "comment")


def shape(found: Release) -> list[Any]:
    """Everything but what was said: who is shown together, and how many they are."""
    blocks = [replace(block, hist={}) for block in found.blocks]
    return [found.round, blocks, found.groups, len(found.texts)]


def shuffled(round: Round, said: Said, random: Random, inside: list[frozenset[Place]]) -> Said:
    """The same answers, scores with their reasons, among those who answered in each block."""
    after = [(place, dict(answers)) for place, answers in said]
    for keys in (("overall", "overall-why"), ("words",)):
        for block in inside:
            theirs = [a for place, a in after if place in block and a[keys[0]] is not None]
            values = [[a[key] for key in keys] for a in theirs]
            random.shuffle(values)
            for answers, value in zip(theirs, values, strict=True):
                answers.update(zip(keys, value, strict=True))
    return list(after)


@given(staffs(), seeds)
def test_figures_do_not_tell_in_which_order_ballots_were_opened(
    staff: Staff, random: Random
) -> None:
    round = round_of(staff)
    said = some_answers(staff, random)
    count = counted(round, said)
    other = counted(round, random.sample(said, len(said)))
    assert replace(other, texts=count.texts) == count
    assert count.answered == len(said)


def test_who_skipped_everything_or_never_came_counts_nowhere() -> None:
    round = round_of(Staff({FINANCE: 3}, {FINANCE: 3}))
    count = Count()
    for ballot in (
        Ballot(FINANCE),
        Ballot(FINANCE).answered({"overall": None, "words": None}),
        Ballot(FINANCE, declined=True, reminded=1),
    ):
        count.add(round.plan, ballot)
    assert count == Count()


def test_a_skipped_question_counts_for_the_round_and_not_for_itself() -> None:
    said: Said = [(FINANCE, {"overall": 4, "words": None})] * 6
    said += [(FINANCE, {"overall": None, "words": "VPN"})] * 2
    found = released(round_of(Staff({FINANCE: 8}, {FINANCE: 8})), said)
    assert found.round.answered == 8
    assert [block.n for block in blocks_of(found, "overall")] == [6]


def test_a_round_that_too_few_answered_publishes_nothing() -> None:
    few: Said = [(FINANCE, {"overall": 4})] * (K - 1)
    assert weekly(few, silent=40) is None
    assert weekly([*few, (FINANCE, {"overall": 4})], silent=40) is not None


def test_a_question_that_too_few_answered_is_not_shown() -> None:
    said: Said = [(FINANCE, {"overall": None, "words": "VPN"})] * 6
    said += [(FINANCE, {"overall": 2})] * 4
    found = weekly(said)
    assert found
    assert not blocks_of(found, "overall")
    assert not blocks_of(found, "overall-why")


@given(staffs(), seeds)
def test_who_answered_decides_what_is_shown_and_never_what_they_said(
    staff: Staff, random: Random
) -> None:
    round, said = round_of(staff), some_answers(staff, random)
    assume(len(said) >= K)
    everybody = [frozenset(staff.invited)]
    one = released(round, said)
    other = released(round, shuffled(round, said, random, everybody))
    assert shape(one) == shape(other)
    assert one.themes == other.themes


@given(staffs(), seeds)
def test_nobody_can_tell_who_in_a_block_said_what(staff: Staff, random: Random) -> None:
    round, said = round_of(staff), some_answers(staff, random)
    assume(len(said) >= K)
    one = released(round, said)
    by_block = [frozenset(b.of) for b in blocks_of(one, "overall")]
    other = released(round, shuffled(round, said, random, by_block))
    scores = [b for b in one.blocks if b.kind != "comment"]
    assert scores == [b for b in other.blocks if b.kind != "comment"]


@given(staffs(), seeds)
def test_a_shown_group_adds_up_to_those_who_answered(staff: Staff, random: Random) -> None:
    round, said = round_of(staff), some_answers(staff, random)
    assume(len(said) >= K)
    found = released(round, said)
    blocks = {block.block: block for block in blocks_of(found, "overall")}
    for group in (group for group in found.groups if group.question == "overall"):
        theirs = [a for p, a in said if group.cell.holds(p) and a["overall"] is not None]
        parts = [blocks[number] for number in group.blocks]
        assert sum(block.n for block in parts) == len(theirs) >= K
        assert sum(sum(int(x) for x in block.hist.values()) for block in parts) == len(theirs)
        assert group.invited == sum(n for p, n in staff.invited.items() if group.cell.holds(p))


@given(staffs(), seeds)
def test_a_follow_up_is_shown_by_the_blocks_of_its_question(staff: Staff, random: Random) -> None:
    round, said = round_of(staff), some_answers(staff, random)
    assume(len(said) >= K)
    found = released(round, said)
    whys = blocks_of(found, "overall-why")
    scores = blocks_of(found, "overall")
    same = ("block", "label", "n", "invited", "of")
    assert [[getattr(b, name) for name in same] for b in whys] == [
        [getattr(b, name) for name in same] for b in scores
    ]
    for block in whys:
        reasons: Counter[str] = Counter()
        for place, answers in said:
            told = answers.get("overall-why") if place in block.of else None
            reasons.update(told if isinstance(told, list) else [])
        for reason, count in block.hist.items():
            shown = 3 <= reasons[reason] <= block.n - 3
            assert count == (reasons[reason] if shown else "some")


@pytest.mark.parametrize("kind", COUNTED)
@given(data=st.data())
def test_no_block_is_stored_in_which_everybody_said_the_same(
    kind: str, data: st.DataObject
) -> None:
    question = question_of(kind)
    few_values = data.draw(st.lists(accepted(question), min_size=1, max_size=2))
    values: list[Answer] = data.draw(
        st.lists(st.sampled_from(few_values), min_size=12, max_size=14)
    )
    found = scored({FINANCE: values}, question)
    (block,) = found.blocks
    assert block.n == len(values)
    assert all(int(count) < block.n for count in block.hist.values())


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ([1, 1, 2, 2, 2, 2], {"1": 2, "2": 3, "3": 1}),
        ([5] * 6, {"4": 1, "5": 5}),
        ([3] * 6, {"3": 5, "4": 1}),
        ([1, 1, 1, 1, 1, 5], {"1": 5, "5": 1}),
        ([2, 2, 2, 3, 3, 3], {"2": 3, "3": 3}),
    ],
)
def test_a_block_that_is_all_unhappy_or_all_the_same_is_stored_with_one_moved(
    said: list[Answer], stored: dict[str, int]
) -> None:
    (block,) = scored({FINANCE: said}).blocks
    assert {step: count for step, count in block.hist.items() if count} == stored


def test_yes_or_no_is_shown_by_tens() -> None:
    question = question_of("yes_no")
    yes_and_no = [True, False, True, False, True]
    assert not scored({FINANCE: yes_and_no}, question).blocks
    (block,) = scored({FINANCE: yes_and_no * 2, SALES: yes_and_no}, question).blocks
    assert block.n == 15
    found = scored({FINANCE: yes_and_no * 2, SALES: yes_and_no * 2}, question)
    assert [block.n for block in found.blocks] == [10, 10]


def test_a_release_says_which_round_it_is_of_and_how_many_answered() -> None:
    staff = Staff({FINANCE: 9, SALES: 12}, {FINANCE: 6, SALES: 7})
    found = released(round_of(staff), [(p, {"overall": 4}) for p in staff.respondents])
    assert (found.round.round, found.round.pulse) == ("it-weekly@2026-11-24", "it-weekly")
    assert (found.round.invited, found.round.answered) == (21, 13)
    everybody = next(group for group in found.groups if group.cell == Cell())
    assert everybody.invited == 21
