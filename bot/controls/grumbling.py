"""Feedback nobody asked for: at once with one's name, or into the box."""

from __future__ import annotations

from bot import compose_feedback as compose
from bot.cards import Reply
from bot.controls.checking import scrubbed, shown_first
from bot.domain.dialogue import advance
from bot.domain.grumbles import PULSE, SLOTS
from bot.domain.rights import NamedGrumble
from bot.domain.rounds import Round
from bot.errors import BadValue, NotOpen, Refusal
from bot.events import Pressed, Submitted
from bot.questions.comment import KIND as COMMENT
from bot.refs import Ref
from bot.turn import Sheet, Turn


class BoxFull(Refusal):
    """Your three comments of this box are in it. When it has been opened you can write again."""

    reason = "box_full"


class NoBox(NotOpen):
    """There is no box open right now. Please try again in a few minutes."""


def grumble(turn: Turn, event: Pressed | Submitted) -> Reply:
    """`ref.item` says how: “named”, “confidential”, or “checked” where the author has seen what of
    a confidential text is kept."""
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
        # Loaded with the first comment: most of what the bot does needs no analyzer.
        from bot.voice import answering

        turn.tx.named.add_grumble(NamedGrumble(turn.person.id, turn.at, text))
        return Reply(redraw=compose.grumble_sent(answering(text)))
    # Confidential words come from a card's own field, never from a message with a name on it.
    if event.ref.item not in ("confidential", "checked") or isinstance(event, Pressed):
        raise BadValue
    return _confidential(turn, text, event.ref.item == "checked")


def open_box(turn: Turn) -> Round | None:
    return next(iter(turn.tx.rounds.of_pulse(PULSE, "open")), None)


def _confidential(turn: Turn, text: str, checked: bool) -> Reply:
    """What stays in the chat is the same whatever was written: it would tell whose comment is
    whose. So what fits the text is only said in a form, which is nowhere kept."""
    box = open_box(turn)
    if box is None:
        raise NoBox
    sheet = turn.take(box)
    free = [slot for slot in SLOTS if slot not in sheet.ballot.answers]
    if not free:
        raise BoxFull
    kept = scrubbed(turn, text)
    if not checked and (form := shown_first(text, kept, Ref("grumble", item="checked"))):
        return form
    return _into_the_box(turn, box, sheet, free, kept)


def _into_the_box(turn: Turn, box: Round, sheet: Sheet, free: list[str], text: str) -> Reply:
    question = next(q for q in box.plan.questions if q.id == free[0])
    turn.seal(sheet, sheet.ballot.answered(advance(sheet.ballot.answers, question, text)))
    return Reply(redraw=compose.in_the_box(box, question.id, len(free) - 1))
