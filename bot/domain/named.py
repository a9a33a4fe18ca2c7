"""Rounds that were declared named before their first question: whose answers are whose.

Nothing here is ever mixed with a confidential round's figures, nor shown in their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.cards import Choices, Scale
from bot.domain.ballot import Answer, Answers
from bot.domain.dialogue import steps
from bot.domain.insight import response_rate
from bot.domain.people import Person
from bot.domain.pulse import Question
from bot.domain.report import SENTIMENTS
from bot.domain.rounds import Round
from bot.errors import NotAllowed, Refusal, UnknownPulse
from bot.ports import Transaction
from bot.questions import KINDS
from bot.refs import Ref

#: What stands where somebody left a question out.
SKIPPED: Final = "–"


class OnlyForViewers(NotAllowed):
    """These answers carry names. Only those who were IT leads when the round opened read them."""


class NoNames(Refusal):
    """This pulse is confidential: nobody's answers are kept by name. Use `export cells`."""

    reason = "confidential"


@dataclass(frozen=True, slots=True)
class Given:
    """What one person said in a named round, as asked."""

    person: Person
    answers: Answers

    @property
    def holds_an_answer(self) -> bool:
        return any(value is not None for value in self.answers.values())


def newest_named(tx: Transaction, pulse: str) -> Round | None:
    """The newest closed round of a pulse that is named, where that round was so already."""
    known = tx.pulses.get(pulse)
    if known is None or known.manner != "named":
        return None
    newest = next(iter(tx.rounds.of_pulse(pulse, "released")), None)
    return newest if newest and newest.plan.manner == "named" else None


def given(tx: Transaction, round: Round) -> list[Given]:
    """By name."""
    if round.plan.manner != "named":
        raise NoNames
    by_person: dict[int, dict[str, Answer]] = {}
    for one in tx.named.answers(round.id):
        by_person.setdefault(one.person, {})[one.question] = one.value
    people = [(tx.people.by_id(person), answers) for person, answers in by_person.items()]
    found = [Given(person, answers) for person, answers in people if person]
    return sorted(found, key=lambda one: (one.person.name, one.person.email))


def told(questions: Sequence[Question], answers: Answers) -> list[tuple[str, Question, str]]:
    """Each question as it was put to this person, and the answer in words."""
    return [
        (step.text, step.question, in_words(step.question, answers.get(step.question.id)))
        for step in steps(tuple(questions), answers)
        if step.question.id in answers
    ]


def in_words(question: Question, answer: Answer) -> str:
    if answer is None:
        return SKIPPED
    part = KINDS[question.kind].part(question, Ref("answer"), "?")
    options = part.options if isinstance(part, Scale | Choices) else ()
    # True is 1 for Python, but yes is not a step of a scale.
    labels = {(type(option.value), option.value): option.label for option in options}
    values = answer if isinstance(answer, list) else [answer]
    return ", ".join(labels.get((type(v), v), str(v)) for v in values) or SKIPPED


def named_wire(tx: Transaction, named: Round) -> dict[str, Any]:
    """A named round as the summary's JSON: answers by name, and no figure."""
    found = given(tx, named)
    answered = sum(one.holds_an_answer for one in found)
    invited = named.plan.invited
    return {
        "pulse": named.pulse,
        "round": named.id,
        "opens_on": named.day.isoformat(),
        "closes_on": named.plan.last_day.isoformat(),
        "invited": invited,
        "answered": answered,
        "response_rate": round(response_rate(answered, invited), 4),
        "questions": [],
        "sentiment": dict.fromkeys(SENTIMENTS, 0),
        "themes": [],
        "comments": [],
        "shown_only_as": None,
        "named": [{"person": one.person.email, "answers": dict(one.answers)} for one in found],
    }


def rows_wire(tx: Transaction, pulse: str | None) -> list[dict[str, Any]]:
    """Every answer of every closed named round, oldest round first.

    Raises UnknownPulse, or NoNames where the pulse meant never had such a round.
    """
    pulses = [pulse] if pulse else [p.id for p in tx.pulses.all()]
    rounds = [round for one in pulses for round in _closed(tx, one)]
    if pulse and not rounds:
        known = tx.pulses.get(pulse)
        if known is None:
            raise UnknownPulse(f"There is no pulse “{pulse}”.")
        if known.manner != "named":
            raise NoNames
    return [
        {
            "round": round.id,
            "pulse": round.pulse,
            "person": one.person.email,
            "question": question,
            "value": value,
        }
        for round in rounds
        for one in given(tx, round)
        for question, value in one.answers.items()
    ]


def _closed(tx: Transaction, pulse: str) -> list[Round]:
    found = tx.rounds.of_pulse(pulse, "released")[::-1]
    return [round for round in found if round.plan.manner == "named"]
