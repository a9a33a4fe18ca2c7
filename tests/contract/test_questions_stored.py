"""What every way of asking lets be stored and read of a block: one body over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import Choices
from bot.domain.pulse import Question
from bot.questions import KINDS
from bot.questions.kind import Kind
from tests.asking import accepted, part_of, question_of

pytestmark = pytest.mark.contract

kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
counted_kinds = pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if kind.id != "comment"], ids=lambda kind: kind.id
)

#: All unwelcome: one goes to the value beside them. All the same: one goes a step up, at the top
#: a step down; where much is bad, the other way round.
MOVED: Final[list[tuple[str, dict[str, int], dict[str, int]]]] = [
    ("satisfaction", {"1": 3, "2": 3}, {"1": 3, "2": 2, "3": 1}),
    ("agree", {"1": 6}, {"1": 5, "3": 1}),
    ("agree", {"4": 6}, {"4": 5, "5": 1}),
    ("recommend", {"0": 4, "6": 2}, {"0": 4, "6": 1, "7": 1}),
    ("recommend", {"10": 6}, {"10": 5, "9": 1}),
    ("effort", {"6": 3, "7": 3}, {"5": 1, "6": 2, "7": 3}),
    ("effort", {"3": 6}, {"2": 1, "3": 5}),
    ("effort", {"1": 6}, {"1": 5, "2": 1}),
    ("lost_time", {"61-120": 1, "240+": 5}, {"31-60": 1, "240+": 5}),
    ("lost_time", {"16-30": 6}, {"1-15": 1, "16-30": 5}),
    ("lost_time", {"0": 6}, {"0": 5, "1-15": 1}),
    ("yes_no", {"no": 10}, {"no": 9, "yes": 1}),
    ("yes_no", {"yes": 10}, {"yes": 9, "no": 1}),
    ("choice", {"speed": 6}, {"speed": 5, "other": 1}),
    ("choice", {"other": 6}, {"speed": 1, "other": 5}),
    ("several", {"speed": 6, "help": 2}, {"speed": 5, "help": 2}),
]


@pytest.mark.parametrize(("kind", "true", "stored"), MOVED, ids=str)
def test_a_block_is_stored_with_one_answer_moved_where_it_says_too_much(
    kind: str, true: dict[str, int], stored: dict[str, int]
) -> None:
    question = question_of(kind)
    n = 6 if kind == "several" else sum(true.values())
    whole = dict.fromkeys(KINDS[kind].categories(question), 0) | true
    found = KINDS[kind].deny(question, whole, n)
    assert {category: count for category, count in found.items() if count} == stored


@counted_kinds
@given(data=st.data())
def test_what_is_stored_says_the_same_of_nobody_else_and_loses_nobody(
    kind: Kind, data: st.DataObject
) -> None:
    question, true, n = a_block(kind, data)
    stored = kind.deny(question, true, n)
    assert list(stored) == list(kind.categories(question))
    assert all(0 <= count < n for count in stored.values())
    changed = sum(abs(stored[c] - true[c]) for c in true)
    if not _many(question):
        assert sum(stored.values()) == n
        assert changed in (0, 2)


@counted_kinds
@given(data=st.data())
def test_whatever_was_moved_is_marked_from_what_is_stored(kind: Kind, data: st.DataObject) -> None:
    question, true, n = a_block(kind, data)
    stored = kind.deny(question, true, n)
    mark = kind.mark(stored, n)
    if stored != true:
        assert mark.shown != "exact"
    now, then = kind.headline(stored, n, n), kind.headline(true, n, n)
    if now and then:
        assert mark.shown in _marks(then.value - now.value)
    if mark.doubtful:
        assert {c for c in true if true[c] != stored[c]} <= set(mark.doubtful)


@counted_kinds
@given(data=st.data())
def test_a_block_in_which_much_was_said_is_stored_as_it_is(kind: Kind, data: st.DataObject) -> None:
    question, true, n = a_block(kind, data)
    others = {c: count + 2 for c, count in true.items()}
    total = n + 2 * len(true)
    assert kind.deny(question, others, total) == others
    assert kind.mark(others, total).shown == "exact"


@kinds
@given(data=st.data())
def test_a_figure_lies_between_its_bounds_and_needs_answers(
    kind: Kind, data: st.DataObject
) -> None:
    question, hist, n = a_block(kind, data)
    invited = n + data.draw(st.integers(0, 60))
    figure = kind.headline(hist, n, invited)
    nobody = dict.fromkeys(kind.categories(question), 0)
    assert kind.headline(nobody, 0, invited) is None
    if figure and figure.low is not None and figure.high is not None:
        assert figure.low - 1e-9 <= figure.value <= figure.high + 1e-9


@kinds
@given(data=st.data())
def test_a_figure_compared_with_itself_has_not_gone_up_or_down(
    kind: Kind, data: st.DataObject
) -> None:
    _, hist, n = a_block(kind, data)
    change = kind.change((hist, n), (hist, n))
    assert change is None or change.verdict in ("no change", "can't tell yet")
    assert (change is None) == (kind.headline(hist, n, n) is None)


def a_block(kind: Kind, data: st.DataObject) -> tuple[Question, dict[str, int], int]:
    """A question, and the counts of so many who answered it; often all the same or nearly so."""
    question = question_of(kind.id)
    answer = accepted(question).filter(lambda answer: answer is not None)
    few = data.draw(st.lists(answer, min_size=1, max_size=3))
    fewest = kind.smallest_block
    answers = data.draw(st.lists(st.sampled_from(few), min_size=fewest, max_size=fewest + 5))
    counts = Counter(category for answer in answers for category in kind.counted(answer))
    return question, {c: counts[c] for c in kind.categories(question)}, len(answers)


def _many(question: Question) -> bool:
    part = part_of(question)
    return isinstance(part, Choices) and part.many


def _marks(difference: float) -> Mapping[str, None] | tuple[str, ...]:
    """The marks that are honest where the truth differs so from what is shown."""
    if abs(difference) < 1e-9:
        return ("exact", "≤", "≥", "≈")
    return ("≥", "≈") if difference > 0 else ("≤", "≈")
