"""Feedback nobody asked for: at once with one's name, or into the box."""

from __future__ import annotations

from bot import compose_feedback as compose
from bot.cards import Reply
from bot.domain.dialogue import advance
from bot.domain.grumbles import PULSE, SLOTS
from bot.domain.rights import NamedGrumble
from bot.domain.rounds import Round
from bot.errors import BadValue, NotOpen, Refusal
from bot.events import Pressed, Submitted
from bot.questions.comment import KIND as COMMENT
from bot.turn import Turn


class BoxFull(Refusal):
    """Your three comments of this box are in it. When it has been opened you can write again."""

    reason = "box_full"


class NoBox(NotOpen):
    """There is no box open right now. Please try again in a few minutes."""


def grumble(turn: Turn, event: Pressed | Submitted) -> Reply:
    """`ref.item` says how: “named” or “confidential”."""
    given = event.value if isinstance(event, Pressed) else event.values.get("text")
    try:
        text = COMMENT.read_text(given)
        if not text:
            raise BadValue("There is nothing written yet. Please write a few words.")
    except Refusal as wrong:
        return (
            Reply(errors={"text": wrong}) if isinstance(event, Submitted) else Reply(refusal=wrong)
        )
    if event.ref.item == "named":
        turn.tx.named.add_grumble(NamedGrumble(turn.person.id, turn.at, text))
        return Reply(redraw=compose.grumble_sent())
    # Confidential words come from a card's own field, never from a message with a name on it.
    if event.ref.item != "confidential" or isinstance(event, Pressed):
        raise BadValue
    return _into_the_box(turn, text)


def open_box(turn: Turn) -> Round | None:
    return next(iter(turn.tx.rounds.of_pulse(PULSE, "open")), None)


def _into_the_box(turn: Turn, text: str) -> Reply:
    box = open_box(turn)
    if box is None:
        raise NoBox
    sheet = turn.take(box)
    free = [slot for slot in SLOTS if slot not in sheet.ballot.answers]
    if not free:
        raise BoxFull
    question = next(q for q in box.plan.questions if q.id == free[0])
    turn.seal(sheet, sheet.ballot.answered(advance(sheet.ballot.answers, question, text)))
    return Reply(redraw=compose.in_the_box(box, question.id, len(free) - 1))
