"""Answers to the questions of a round."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from bot import compose
from bot.cards import Reply
from bot.controls.checking import scrubbed, shown_first
from bot.domain.ballot import Answer, Answers
from bot.domain.dialogue import advance, find
from bot.domain.pulse import Question, every_step
from bot.errors import BadValue, Refusal, UnknownQuestion
from bot.events import Pressed, Submitted
from bot.questions import KINDS
from bot.refs import Ref
from bot.turn import Sheet, Turn


def answer(turn: Turn, event: Pressed | Submitted) -> Reply:
    sheet = turn.take(turn.round(event.ref.round))
    question = _askable(sheet, event.ref.item)
    if isinstance(event, Pressed):
        return _say(turn, sheet, question, KINDS[question.kind].read(question, event.value))
    try:
        given = KINDS[question.kind].read(question, event.values.get("text"))
    except Refusal as wrong:
        return Reply(errors={"text": wrong})
    if isinstance(given, str) and sheet.round.plan.manner == "confidential":
        return _comment(turn, sheet, question, given, event.ref.verb == "checked")
    return _say(turn, sheet, question, given)


def _comment(turn: Turn, sheet: Sheet, question: Question, text: str, checked: bool) -> Reply:
    """Names of whoever comes later are taken out at close."""
    kept = scrubbed(turn, text)
    again = Ref("checked", sheet.round.id, question.id)
    if not checked and (form := shown_first(text, kept, again)):
        return form
    return _say(turn, sheet, question, kept)


def skip(turn: Turn, event: Pressed | Submitted) -> Reply:
    sheet = turn.take(turn.round(event.ref.round))
    return _say(turn, sheet, _askable(sheet, event.ref.item), None)


def answer_all(turn: Turn, event: Pressed | Submitted) -> Reply:
    """A whole round at once: all answers are taken, or none."""
    sheet = turn.take(turn.round(event.ref.round))
    values = event.values if isinstance(event, Submitted) else {}
    answers, errors = _read_all(sheet, values)
    if errors:
        return Reply(errors=errors)
    return _write(turn, sheet, answers, set(values))


def review(turn: Turn, event: Pressed | Submitted) -> Reply:
    sheet = turn.take(turn.round(event.ref.round))
    return Reply(redraw=compose.review(sheet.round, sheet.ballot.answers))


def _askable(sheet: Sheet, question_id: str) -> Question:
    """The question meant, if it may be asked now: a follow-up only after its parent's answer."""
    found = find(sheet.round.plan.questions, question_id)
    if found is None:
        raise UnknownQuestion
    question, parent = found
    if parent and sheet.ballot.answers.get(parent.id) is None:
        raise BadValue("Please answer the question before this one first.")
    return question


def _say(turn: Turn, sheet: Sheet, question: Question, given: Answer) -> Reply:
    answers = advance(sheet.ballot.answers, question, given)
    return _write(turn, sheet, answers, {question.id})


def _write(turn: Turn, sheet: Sheet, answers: Answers, anew: Collection[str]) -> Reply:
    ballot = sheet.ballot.answered(answers)
    # A comment written anew is another comment: its conversation does not go over to it.
    threads = {i: token for i, token in ballot.threads.items() if i not in anew}
    turn.seal(sheet, replace(ballot, threads=threads))
    card = compose.turn(sheet.round, answers)
    return Reply(redraw=card, corrected=sheet.ballot.holds_an_answer)


def _read_all(sheet: Sheet, values: Mapping[str, object]) -> tuple[Answers, dict[str, Refusal]]:
    questions = sheet.round.plan.questions
    answers = sheet.ballot.answers
    known = {question.id for question, _ in every_step(questions)}
    errors: dict[str, Refusal] = {i: UnknownQuestion() for i in values if i not in known}
    for question, parent in every_step(questions):
        if question.id not in values:
            continue
        try:
            given = _read(question, values[question.id])
        except Refusal as wrong:
            errors[question.id] = wrong
            continue
        if parent and answers.get(parent.id) is None and given is not None:
            errors[question.id] = BadValue("Please answer the question before this one too.")
        else:
            answers = advance(answers, question, given)
    return answers, errors


def _read(question: Question, value: object) -> Answer:
    return None if value is None else KINDS[question.kind].read(question, value)
