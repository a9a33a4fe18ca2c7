"""What every way of asking must do: one body over all of them. New ones are found by themselves."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Final, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import questions
from bot.cards import Choices, FreeText, Option, Part, Scale
from bot.domain.ballot import Answer
from bot.domain.pulse import Band, K, Question
from bot.errors import Refusal
from bot.questions import KINDS
from bot.questions.kind import Kind
from tests.asking import ASKED, LONGEST_WORDS, OPTIONS, accepted, own_values, part_of, question_of

pytestmark = pytest.mark.contract

#: What lies in the folder and is no way of asking.
SHARED: Final = {"__init__", "kind", "options", "scale"}

kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
counted_kinds = pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if kind.id != "comment"], ids=lambda kind: kind.id
)

#: Anything JSON can bring, and numbers that only Python's reader takes.
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
#: Of every type, and near to what would be an answer.
NEARLY: Final[tuple[object, ...]] = (
    None, True, False, 0, 1, -1, 3, 8, 11, 10**400, 1.0, 3.0, 0.5, float("nan"), float("inf"),
    "", " ", "1", "3", "yes", "no", "true", "null", "other", "Other", "Speed", "0-15", "\0",
    "\ud800", [], [None], [1], [True], [[]], ["speed"], ["speed", "nothing"], [["speed"]], [{}],
    {}, ["speed", 1], {"value": 3}, {"speed": True}, {"text": "hello"}, ("speed",), b"speed",
)  # fmt: skip


def same(one: object, other: object) -> bool:
    """Equal, and of the same type: True is no 1, and 1.0 is no 1."""
    return type(one) is type(other) and one == other


def is_own(part: Part, value: object) -> bool:
    """Whether somebody could send this value with what is drawn."""
    match part:
        case FreeText():
            return isinstance(value, str)
        case Choices(options=options, many=True):
            return isinstance(value, list) and all(_among(options, each) for each in value)
        case Scale(options=options) | Choices(options=options):
            return _among(options, value)
        case _:
            raise AssertionError(f"nobody can answer {part}")


def _among(options: tuple[Option, ...], value: object) -> bool:
    return any(same(option.value, value) for option in options)


def wire(answer: Answer) -> bytes:
    """The answer as it lies in a ballot."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def each_alone(question: Question) -> list[Answer]:
    """The answer that each option alone makes, in the order drawn."""
    part, kind = part_of(question), KINDS[question.kind]
    if not isinstance(part, Scale | Choices):
        return []
    many = isinstance(part, Choices) and part.many
    return [kind.read(question, [o.value] if many else o.value) for o in part.options]


def test_every_file_of_the_folder_is_a_way_of_asking() -> None:
    files = {path.stem for folder in questions.__path__ for path in Path(folder).glob("*.py")}
    assert files - SHARED == set(KINDS)


@kinds
def test_a_kind_is_known_by_its_id_and_names_its_formula(kind: Kind) -> None:
    assert KINDS[kind.id] is kind
    assert kind.formula
    assert kind.smallest_block >= K


@kinds
def test_a_question_is_drawn_by_meaning_with_its_words_and_its_ref(kind: Kind) -> None:
    question = question_of(kind.id)
    part = kind.part(question, ASKED, "How was it this week?")
    assert isinstance(part, Scale | Choices | FreeText)
    assert (part.ref, part.question, part.text) == (ASKED, "asked", "How was it this week?")


@kinds
def test_every_option_has_words_and_a_value_of_its_own(kind: Kind) -> None:
    part = part_of(question_of(kind.id))
    if isinstance(part, FreeText):
        assert part.longest > 0
        return
    assert isinstance(part, Scale | Choices)
    assert len(part.options) >= 2
    assert all(option.label.strip() for option in part.options)
    assert len({option.label for option in part.options}) == len(part.options)
    assert len({json.dumps(option.value) for option in part.options}) == len(part.options)


@kinds
@given(data=st.data())
def test_what_is_drawn_can_be_answered(kind: Kind, data: st.DataObject) -> None:
    question = question_of(kind.id)
    value = data.draw(own_values(question))
    answer = kind.read(question, value)
    if isinstance(value, list):
        assert isinstance(answer, list)
        assert sorted(answer) == sorted(value)
    elif isinstance(part_of(question), FreeText):
        assert answer is None or isinstance(answer, str)
    else:
        assert same(answer, value)


@kinds
@given(data=st.data())
def test_an_answer_read_again_is_the_same_answer(kind: Kind, data: st.DataObject) -> None:
    question = question_of(kind.id)
    answer = data.draw(accepted(question))
    if answer is not None:
        assert same(kind.read(question, answer), answer)
        assert same(json.loads(wire(answer)), answer)


@kinds
@given(value=json_values)
@example(value="x" * 100_000)
@example(value=["speed"] * 1_000 + ["nothing"])
def test_a_foreign_value_is_refused_in_a_sentence(kind: Kind, value: object) -> None:
    question = question_of(kind.id)
    if is_own(part_of(question), value):
        return
    refused_in_a_sentence(kind, question, value)


@kinds
def test_what_is_nearly_an_answer_is_refused_in_a_sentence(kind: Kind) -> None:
    question = question_of(kind.id)
    for value in NEARLY:
        if not is_own(part_of(question), value):
            refused_in_a_sentence(kind, question, value)


def refused_in_a_sentence(kind: Kind, question: Question, value: object) -> None:
    try:
        answer = kind.read(question, value)
    except Refusal as refusal:
        refused = refusal
    else:
        raise AssertionError(f"{value!a} was taken for {answer!a}")
    sentence = str(refused)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert refused.reason in ("bad_value", "too_long")


@kinds
@given(data=st.data())
def test_no_answer_is_larger_than_its_worst(kind: Kind, data: st.DataObject) -> None:
    question = question_of(kind.id)
    answer = data.draw(accepted(question))
    if answer is not None:
        assert len(wire(answer)) <= kind.worst(question)


@kinds
def test_the_worst_is_not_far_from_what_is_really_taken(kind: Kind) -> None:
    question = question_of(kind.id)
    largest = [wire(answer) for answer in each_alone(question)]
    if isinstance(part_of(question), FreeText):
        largest = [wire(kind.read(question, text)) for text in LONGEST_WORDS]
    elif not isinstance(part_of(question), Scale):
        largest.append(wire([o.id for o in question.options]))
    assert kind.worst(question) <= 2 * max(map(len, largest))


@kinds
@given(data=st.data())
def test_an_answer_counts_once_in_categories_that_are_known(
    kind: Kind, data: st.DataObject
) -> None:
    question = question_of(kind.id)
    answer = data.draw(accepted(question).filter(lambda answer: answer is not None))
    counted = kind.counted(answer)
    assert len(set(counted)) == len(counted)
    assert set(counted) <= set(kind.categories(question))
    if not isinstance(answer, list) and kind.categories(question):
        assert len(counted) == 1


@counted_kinds
def test_every_category_can_be_chosen_and_each_option_is_one(kind: Kind) -> None:
    question = question_of(kind.id)
    chosen = [category for answer in each_alone(question) for category in kind.counted(answer)]
    assert sorted(chosen) == sorted(kind.categories(question))
    if isinstance(part_of(question), Scale):
        assert chosen == list(kind.categories(question))


@kinds
@given(data=st.data())
def test_every_answer_has_a_wording_for_what_follows(kind: Kind, data: st.DataObject) -> None:
    assert kind.band(data.draw(accepted(question_of(kind.id)))) in get_args(Band)


@kinds
def test_the_wordings_of_a_scale_follow_its_steps(kind: Kind) -> None:
    """From low over middle to high, or the other way round where much is bad."""
    question = question_of(kind.id)
    if isinstance(part_of(question), Scale):
        bands = [band for band, _ in groupby(map(kind.band, each_alone(question)))]
        assert sorted([bands, bands[::-1]])[0] == ["high", "middle", "low"]


@kinds
def test_a_question_with_everything_it_needs_has_no_fault(kind: Kind) -> None:
    assert kind.check(question_of(kind.id)) == []


@kinds
def test_options_that_are_missing_or_too_many_are_named(kind: Kind) -> None:
    question = question_of(kind.id)
    wrong = replace(question, options=() if question.options else OPTIONS)
    faults = kind.check(wrong)
    assert faults
    assert all(fault.strip() and "\n" not in fault for fault in faults)
    if question.options:
        assert kind.check(replace(question, options=OPTIONS[:1]))


@pytest.mark.parametrize(
    ("kind", "worst"),
    [
        ("satisfaction", 1),
        ("agree", 1),
        ("recommend", 0),
        ("effort", 7),
        ("lost_time", "240+"),
        ("yes_no", False),
    ],
)
def test_the_worst_answer_is_followed_by_what_got_in_the_way(kind: str, worst: Answer) -> None:
    assert KINDS[kind].band(worst) == "low"
