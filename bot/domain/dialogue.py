"""What is asked next. Computed from the answers, never stored: an older card corrects."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ballot import Answer, Answers
from bot.domain.pulse import Band, Question, every_step
from bot.questions import KINDS

Questions = tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A question as it is asked now: its wording, and which step of how many it is."""

    question: Question
    text: str
    number: int
    total: int


def steps(questions: Questions, answers: Answers) -> list[Step]:
    """Every question that may be asked, given the answers; follow-ups only after an answer."""
    asked = []
    everything = list(every_step(questions))
    for number, (question, parent) in enumerate(everything, start=1):
        if parent is None:
            asked.append(Step(question, question.text, number, len(everything)))
        elif (answer := answers.get(parent.id)) is not None:
            text = question.wording(band(parent, answer))
            asked.append(Step(question, text, number, len(everything)))
    return asked


def waiting_for(questions: Questions, answers: Answers) -> Step | None:
    """The first question neither answered nor skipped; None when all is said."""
    return next((s for s in steps(questions, answers) if s.question.id not in answers), None)


def find(questions: Questions, question_id: str) -> tuple[Question, Question | None] | None:
    """A question and its parent, by id."""
    return next((pair for pair in every_step(questions) if pair[0].id == question_id), None)


def advance(answers: Answers, question: Question, value: Answer) -> Answers:
    """The answers with one more.

    A correction that changes a follow-up's wording takes the follow-up's answer back: it was
    given to another question.
    """
    after = {**answers, question.id: value}
    if question.follow_up and _reworded(question, answers.get(question.id), value):
        after.pop(question.follow_up.id, None)
    return after


def band(question: Question, answer: Answer) -> Band | None:
    return None if answer is None else KINDS[question.kind].band(answer)


def _reworded(question: Question, before: Answer, now: Answer) -> bool:
    return band(question, before) != band(question, now)
