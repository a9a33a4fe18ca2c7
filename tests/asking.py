"""Questions of every kind, and what people answer to them, for the tests that try any of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot.cards import Choices, FreeText, Part, Scale
from bot.domain.ballot import Answer, Answers
from bot.domain.pulse import (
    MOST_COMMENTS,
    MOST_QUESTIONS,
    Audience,
    Cadence,
    Choice,
    Pulse,
    Question,
    every_step,
)
from bot.questions import KINDS
from bot.refs import Ref

OPTIONS: Final = (Choice("speed", "Speed"), Choice("help", "Help I got"), Choice("other", "Other"))
WORDINGS: Final = {
    "low": "What got in the way?",
    "middle": "What would help?",
    "high": "What went well?",
}
ASKED: Final = Ref("answer", "it-weekly@2026-11-24", "asked")
CADENCE: Final = Cadence("FREQ=WEEKLY;BYDAY=TU", date(2026, 11, 24), time(10))

#: The longest that may be written: quotes and backslashes grow in JSON, others are large before.
LONGEST_WORDS: Final = (
    '"' * 667 + "😀" * 333,
    "\\" * 666 + "😀" * 333 + "é",
    "“" * 666,
    "é" * 1_000,
    "😀" * 500,
    "a" + "\n" * 998 + "a",
)


def question_of(kind: str, id: str = "asked") -> Question:
    """A question as a pulse may hold it: with options where its kind takes them."""
    bare = Question(id, kind, "How was it?")
    return replace(bare, options=OPTIONS) if KINDS[kind].check(bare) else bare


def part_of(question: Question) -> Part:
    return KINDS[question.kind].part(question, ASKED, question.text)


def own_values(question: Question) -> SearchStrategy[object]:
    """What somebody can send with what is drawn for a question."""
    match part_of(question):
        case Choices(options=options, many=True):
            return st.lists(st.sampled_from([o.value for o in options]), unique=True)
        case Scale(options=options) | Choices(options=options):
            return st.sampled_from([o.value for o in options])
        case FreeText():
            return st.text(max_size=40) | st.sampled_from(LONGEST_WORDS)
        case part:
            raise AssertionError(f"nobody can answer {part}")


def accepted(question: Question) -> SearchStrategy[Answer]:
    """Whatever may come to lie in a ballot as the answer to a question; None means skipped."""
    return own_values(question).map(lambda value: KINDS[question.kind].read(question, value))


def may_have_follow_up(question: Question) -> bool:
    return isinstance(part_of(question), Scale)


def follow_up_of(parent: Question, kind: str) -> Question:
    return replace(question_of(kind, f"{parent.id}-why"), text="", wordings=WORDINGS)


@st.composite
def questionnaires(draw: st.DrawFn, most: int = MOST_QUESTIONS) -> tuple[Question, ...]:
    """The questions of a pulse: any kinds, follow-ups where there may be one."""
    kinds = draw(
        st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=most).filter(
            lambda kinds: kinds.count("comment") <= MOST_COMMENTS
        )
    )
    questions = [question_of(kind, f"q{number}") for number, kind in enumerate(kinds, start=1)]
    return tuple(
        replace(q, follow_up=follow_up_of(q, draw(st.sampled_from(["several", "choice"]))))
        if may_have_follow_up(q) and draw(st.booleans())
        else q
        for q in questions
    )


@st.composite
def answers_to(draw: st.DrawFn, questions: tuple[Question, ...]) -> Answers:
    """What one person has said so far: any questions answered, skipped or not yet seen."""
    answers: dict[str, Answer] = {}
    for question, parent in every_step(questions):
        reached = parent is None or answers.get(parent.id) is not None
        if reached and draw(st.booleans()):
            answers[question.id] = draw(st.none() | accepted(question))
    return answers


def pulse_of(*questions: Question) -> Pulse:
    return Pulse(
        "it-weekly", "How is IT doing for you?", questions, Audience(everyone=True), CADENCE
    )
