"""Which card is shown. An answer once given is never on a card again, not even for its author."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from bot import wording, wording_later
from bot.cards import Button, Buttons, Card, Fineprint, Heading, Part, Prose
from bot.domain.ballot import Answers
from bot.domain.dialogue import Step, steps, waiting_for
from bot.domain.pulse import K, every_step
from bot.domain.rounds import Plan, Round
from bot.questions import KINDS
from bot.refs import Ref

STOP_ALL: Final = Button(Ref("do", item="stop:"), wording.STOP_ALL)


def opening(round: Round) -> Card:
    """The first card of a round: why, how long, who sees it, and the first question."""
    plan = round.plan
    total = len(list(every_step(plan.questions)))
    parts = [
        Heading(plan.title),
        *([Prose(plan.notice)] if plan.notice else []),
        Prose(wording.invitation(total, plan.invited)),
        Prose(promise(plan)),
        *asked(round, _first(plan)),
        Fineprint(wording.open_until(until(plan))),
        Buttons((later(round), decline(round))),
    ]
    return Card(f"{plan.title} {wording.open_until(until(plan))}", tuple(parts))


def turn(round: Round, answers: Answers) -> Card:
    """What the dialogue shows now: the next question, or thanks."""
    step = waiting_for(round.plan.questions, answers)
    return thanks(round) if step is None else question(round, step)


def waiting(round: Round, answers: Answers) -> Card | None:
    """What is still to be said, asked for anew; the card it was asked on before stays as it is."""
    step = waiting_for(round.plan.questions, answers)
    if step and answers:
        return question(round, anew(step))
    return opening(round) if step else None


def with_stop(card: Card, round: Round) -> Card:
    """For whoever looks at what is waiting, and would rather not be asked at all."""
    return Card(card.summary, (*card.parts, Buttons((_stop(round), STOP_ALL))))


def question(round: Round, step: Step) -> Card:
    where = wording.step(step.number, step.total)
    return Card(f"{where}: {step.text}", (Fineprint(where), *asked(round, step)))


def thanks(round: Round) -> Card:
    """The same whatever was answered: it stays in the chat for anybody to read."""
    plan = round.plan
    said = wording.thanks(wording.day(plan.last_day), plan.smallest_group)
    if plan.manner == "named":
        said = wording.named()
    parts: list[Part] = [Heading(wording.THANKS), Prose(said)]
    if plan.came_of:
        parts.append(Prose(plan.came_of))
    if plan.manner == "confidential":
        parts += _answer_me(round)
    parts.append(Buttons((Button(Ref("review", round.id), wording.CHANGE),)))
    return Card(f"{wording.THANKS}. {said}", tuple(parts))


def _answer_me(round: Round) -> list[Part]:
    comments = [q for q in round.plan.questions if q.kind == "comment"]
    buttons = [
        Button(
            Ref("open_thread", round.id, q.id),
            wording.ANSWER_ME if len(comments) == 1 else wording.answer_me_about(q.text),
        )
        for q in comments
    ]
    return [Prose(wording.ASK_THREAD), Buttons(tuple(buttons))] if comments else []


def declined(round: Round) -> Card:
    """And who would rather not be asked at all can say so."""
    card = _ask_again(wording.declined(until(round.plan)), wording.ANSWER_AFTER_ALL)
    return Card(card.summary, (*card.parts, Buttons((_stop(round), STOP_ALL))))


def asked_no_more(title: str, pulse: str) -> Card:
    """By one pulse, or (empty) by any."""
    said = wording.stopped(title)
    again = Button(Ref("do", item=f"again:{pulse}"), wording.ASK_AGAIN)
    return Card(said, (Prose(said), Buttons((again,))))


def asked_again() -> Card:
    return _ask_again(wording.ASKED_AGAIN, wording.ANYTHING_WAITING)


def _ask_again(said: str, label: str) -> Card:
    again = Button(Ref("command", item="next"), label)
    return Card(said, (Prose(said), Buttons((again,))))


def later(round: Round, label: str = wording.LATER, item: str = "") -> Button:
    return Button(Ref("later", round.id, item), label)


def decline(round: Round) -> Button:
    return Button(Ref("decline", round.id), wording.DECLINE)


def _stop(round: Round) -> Button:
    return Button(Ref("do", item=f"stop:{round.pulse}"), wording.STOP_THIS)


def review(round: Round, answers: Answers) -> Card:
    """Every question that may be asked, to be answered anew."""
    parts: list[Part] = [Heading(round.plan.title), Prose(wording.REVIEW)]
    for step in steps(round.plan.questions, answers):
        parts += asked(round, anew(step))
    return Card(wording.REVIEW, tuple(parts))


def anew(step: Step) -> Step:
    """A follow-up in all its wordings: the one that was asked would tell the score."""
    wordings = dict.fromkeys((step.question.wordings or {}).values())
    return replace(step, text=" / ".join(wordings) or step.question.text)


def reminder(round: Round) -> Card:
    """A reminder carries the whole question: the first card may never have arrived."""
    plan = round.plan
    why = wording.asked_again(len(list(every_step(plan.questions))))
    return _once_more(round, wording.still_open(plan.title, until(plan)), why)


def asked_for(round: Round) -> Card:
    """Whole as well: it comes when somebody wished it, perhaps days after the first card."""
    plan = round.plan
    why = wording.how_long(len(list(every_step(plan.questions))))
    return _once_more(round, wording_later.asked_for(plan.title, until(plan)), why)


def _once_more(round: Round, said: str, why: str) -> Card:
    parts = (
        Prose(said),
        Prose(why),
        Prose(promise(round.plan)),
        *asked(round, _first(round.plan)),
        Fineprint(wording.VOLUNTARY),
        Buttons((later(round), decline(round))),
    )
    return Card(said, parts)


def welcome() -> Card:
    buttons = Buttons(
        (
            Button(Ref("command", item="next"), wording.ANYTHING_WAITING),
            Button(Ref("command", item="privacy"), wording.HOW_PRIVATE),
        )
    )
    return Card(wording.WELCOME, (Prose(wording.WELCOME), buttons))


def paused(until: date) -> Card:
    said = wording.paused(wording.day(until))
    resume = Button(Ref("command", item="resume"), wording.PAUSE_ENDS)
    return Card(said, (Prose(said), Buttons((resume, STOP_ALL))))


def resumed() -> Card:
    return _ask_again(wording.RESUMED, wording.ANYTHING_WAITING)


def not_paused() -> Card:
    return Card(wording.NOT_PAUSED, (Prose(wording.NOT_PAUSED),))


def nothing_waits(next_on: date | None = None) -> Card:
    said = wording.NOTHING_WAITS
    if next_on:
        said = f"Nothing is waiting for you. The next questions come on {wording.day(next_on)}."
    return Card(said, (Prose(said), Buttons((STOP_ALL,))))


def privacy(smallest_group: int = K) -> Card:
    said = [paragraph.format(k=smallest_group) for paragraph in wording.PRIVACY]
    parts: list[Part] = [Heading(wording.HOW_PRIVATE)]
    parts += [Prose(paragraph) for paragraph in said]
    parts.append(Fineprint(wording.PRIVACY_NAMED))
    return Card(said[0], tuple(parts))


def lost(round: Round) -> Card:
    said = wording.LOST.format(title=round.plan.title)
    return Card(said, (Prose(said),))


def asked(round: Round, step: Step) -> list[Part]:
    question = step.question
    ref = Ref("answer", round.id, question.id)
    kind = KINDS[question.kind]
    skip = Button(Ref("skip", round.id, question.id), wording.SKIP)
    line = [Fineprint(kind.help)] if kind.help else []
    return [kind.part(question, ref, step.text), *line, Buttons((skip,))]


def _first(plan: Plan) -> Step:
    return steps(plan.questions, {})[0]


def promise(plan: Plan) -> str:
    return wording.named() if plan.manner == "named" else wording.sealed(plan.smallest_group)


def until(plan: Plan) -> str:
    return f"{wording.day(plan.last_day)}, {plan.at:%H:%M}"
