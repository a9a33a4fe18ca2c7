"""Whatever the company looks like, whatever was asked and whoever answered it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answer import Released, Shown, UnknownUnit, answer
from bot.domain.ballot import Answer, Answers
from bot.domain.people import Place
from bot.domain.publishing import Release, release
from bot.domain.pulse import Question
from bot.domain.release import FEWEST_TEXTS, RESPONDENTS_FOR_TEXT, ReleasedBlock
from bot.domain.rounds import Round
from bot.domain.sheet import Sheet
from bot.questions import KINDS
from tests.asking import accepted, follow_up_of, may_have_follow_up, pulse_of, question_of
from tests.staff import (
    Staff,
    counted,
    every_cut,
    heard,
    published,
    round_of,
    some_answers,
    staffs,
)

#: Kinds with figures; comments have their own rules below.
COUNTED: Final = sorted(kind for kind in KINDS if kind != "comment")
CUTS: Final = tuple(every_cut())

#: Of each kind; there are eight.
few: Final = settings(max_examples=25)

Said = Sequence[tuple[Place, Answers]]
seeds = st.integers(0, 2**32).map(Random)


class Asked:
    """A round of one question that was published, or had too few answers to be."""

    def __init__(self, round: Round, said: Said) -> None:
        self.round = round
        self.said = said
        self.question = round.plan.questions[0]
        self.release: Release | None = release(round, counted(round, said), heard)

    @property
    def released(self) -> Released:
        assert self.release
        return Released.of(published(self.release), [self.release.round])

    def sheets(self) -> Iterator[Sheet]:
        """The question's, and that of its follow-up."""
        yield from self.released.sheets.values() if self.release else ()

    def answered(self, block: ReleasedBlock) -> int:
        """Who in a block answered the question."""
        return sum(
            place in block.of and answers.get(self.question.id) is not None
            for place, answers in self.said
        )


def with_follow_up(kind: str) -> Question:
    question = question_of(kind)
    if not may_have_follow_up(question):
        return question
    return replace(question, follow_up=follow_up_of(question, "several"))


@st.composite
def rounds(draw: st.DrawFn, kind: str) -> Asked:
    """Any staff tree; of those who came, some skip the question or its follow-up."""
    staff: Staff = draw(staffs())
    question = with_follow_up(kind)
    # Few different values, so that blocks of one mind are common.
    values = draw(st.lists(accepted(question), min_size=1, max_size=3))
    whys = draw(st.lists(accepted(question.follow_up), max_size=3)) if question.follow_up else []
    random = draw(seeds)
    said = [(place, _said(question, values, whys, random)) for place in staff.respondents]
    return Asked(round_of(staff, pulse_of(question)), said)


def _said(
    question: Question, values: Sequence[Answer], whys: Sequence[Answer], random: Random
) -> Answers:
    answers: dict[str, Answer] = {question.id: random.choice([*values, *values, *values, None])}
    if question.follow_up and answers[question.id] is not None and whys:
        answers[question.follow_up.id] = random.choice([*whys, None])
    return answers


def shuffled(asked: Asked, random: Random) -> Said:
    """The same answers, each with its follow-up, among those who answered in each block."""
    after = [(place, dict(answers)) for place, answers in asked.said]
    first = next(asked.sheets(), None)
    for block in first.blocks if first else ():
        theirs = [a for p, a in after if p in block.of and a[asked.question.id] is not None]
        values = [dict(answers) for answers in theirs]
        random.shuffle(values)
        for answers, value in zip(theirs, values, strict=True):
            answers.clear()
            answers.update(value)
    return after


def shape(release: Release | None) -> object:
    """Partition, head counts and what is shown: everything but what was said."""
    if release is None:
        return None
    blocks = [replace(block, hist={}) for block in release.blocks]
    return release.round, blocks, release.groups


@pytest.mark.parametrize("kind", COUNTED)
@few
@given(data=st.data())
def test_blocks_are_large_enough_and_apart(kind: str, data: st.DataObject) -> None:
    asked = data.draw(rounds(kind))
    fewest = max(asked.round.plan.smallest_group, KINDS[kind].smallest_block)
    for sheet in asked.sheets():
        places = Counter(place for block in sheet.blocks for place in block.of)
        assert set(places.values()) == {1}
        assert set(places) == set(asked.round.plan.places)
        for block in sheet.blocks:
            assert block.n == asked.answered(block) >= fewest


@pytest.mark.parametrize("kind", COUNTED)
@few
@given(data=st.data())
def test_whatever_is_shown_is_a_union_of_whole_blocks(kind: str, data: st.DataObject) -> None:
    asked = data.draw(rounds(kind))
    for sheet in asked.sheets():
        question = sheet.blocks[0].question
        for cut in CUTS:
            try:
                told = answer(asked.released, question, cut)
            except UnknownUnit:
                continue
            if isinstance(told, Shown):
                parts = [block for block in sheet.blocks if block.block in told.blocks]
                inside = {place for block in parts for place in block.of}
                theirs = [(p, a) for p, a in asked.said if a.get(asked.question.id) is not None]
                assert all((p in inside) == cut.holds(p) for p, _ in theirs)
                assert told.n == sum(block.n for block in parts)


@pytest.mark.parametrize("kind", COUNTED)
@few
@given(data=st.data(), random=seeds)
def test_who_said_what_in_a_block_changes_nothing(
    kind: str, data: st.DataObject, random: Random
) -> None:
    asked = data.draw(rounds(kind))
    again = Asked(asked.round, shuffled(asked, random))
    assert shape(again.release) == shape(asked.release)
    if asked.release and again.release:
        assert again.release.blocks == asked.release.blocks


@pytest.mark.parametrize("kind", COUNTED)
@few
@given(data=st.data(), random=seeds)
def test_what_is_said_decides_no_partition_and_no_refusal(
    kind: str, data: st.DataObject, random: Random
) -> None:
    """Not even where it changes hands between blocks, or is something else altogether."""
    asked = data.draw(rounds(kind))
    other = data.draw(accepted(asked.question).filter(lambda value: value is not None))
    id = asked.question.id
    said = [(p, dict(a) | ({id: other} if a[id] is not None else {})) for p, a in asked.said]
    assert shape(Asked(asked.round, said).release) == shape(asked.release)


@given(staffs(), seeds)
def test_comments_stand_among_ten_people_and_two_other_comments(
    staff: Staff, random: Random
) -> None:
    said = some_answers(staff, random)
    found = release(round_of(staff), counted(round_of(staff), said), heard)
    words = [block for block in found.blocks if block.kind == "comment"] if found else []
    places = Counter(place for block in words for place in block.of)
    assert set(places.values()) <= {1}
    for block in words:
        theirs = [answers for place, answers in said if place in block.of]
        comments = Counter(a["words"] for a in theirs if a["words"] is not None)
        assert block.n == len(theirs) >= RESPONDENTS_FOR_TEXT
        assert not comments or comments.total() >= FEWEST_TEXTS
        assert found
        assert comments == Counter(t.body for t in found.texts if t.block == block.label)


@given(staffs(), seeds)
def test_whose_comment_it_is_in_a_block_changes_nothing(staff: Staff, random: Random) -> None:
    round, said = round_of(staff), some_answers(staff, random)
    one = release(round, counted(round, said), heard)
    again = [(place, dict(answers)) for place, answers in said]
    for block in one.blocks if one else ():
        theirs = [a for p, a in again if p in block.of and a["words"] is not None]
        if block.kind == "comment":
            values = [answers["words"] for answers in theirs]
            random.shuffle(values)
            for answers, value in zip(theirs, values, strict=True):
                answers["words"] = value
    other = release(round, counted(round, again), heard)
    assert (one is None) == (other is None)
    if one and other:
        assert other.blocks == one.blocks
        assert other.themes == one.themes
        assert texts(other) == texts(one)


def texts(found: Release) -> Counter[tuple[str, str]]:
    return Counter((text.block, text.body) for text in found.texts)
