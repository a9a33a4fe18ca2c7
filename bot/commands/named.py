"""A named round in chat: who said what, for those who were told so when it opened."""

from __future__ import annotations

from bot import wording
from bot.cards import Card, Facts, Fineprint, Heading, Part, Prose, Quote, Reply
from bot.domain.named import Given, OnlyForViewers, given, told
from bot.domain.rounds import Round
from bot.turn import Turn

#: More is for a file: `itpulse export named`.
MOST = 8
BY_NAME = "This round was declared named before its first question: names stand beside answers."


def reply(turn: Turn, round: Round) -> Reply:
    """Raises OnlyForViewers for whoever was not among those named in the frozen plan."""
    if turn.person.email not in round.plan.viewers:
        raise OnlyForViewers
    found = [one for one in given(turn.tx, round) if one.holds_an_answer]
    when = f"{wording.day(round.day)} to {wording.day(round.plan.last_day)}"
    answered = f"{len(found)} of {round.plan.invited} answered"
    parts: list[Part] = [Heading(round.plan.title), Fineprint(f"{when} · {answered}")]
    for one in found[:MOST]:
        parts += _person(round, one)
    if len(found) > MOST:
        more = f"And {len(found) - MOST} more: itpulse export named --pulse {round.pulse}"
        parts.append(Fineprint(more))
    parts.append(Fineprint(BY_NAME))
    return Reply(say=(Card(f"{round.plan.title}. {answered}, with their names.", tuple(parts)),))


def _person(round: Round, one: Given) -> list[Part]:
    answers = told(round.plan.questions, one.answers)
    rows = tuple((text, said) for text, question, said in answers if question.kind != "comment")
    parts: list[Part] = [Prose(f"{one.person.name} ({one.person.unit})")]
    parts += [Facts(rows)] if rows else []
    parts += [
        Quote(said, f"{one.person.name}: {text}")
        for text, question, said in answers
        if question.kind == "comment" and one.answers[question.id] is not None
    ]
    return parts
