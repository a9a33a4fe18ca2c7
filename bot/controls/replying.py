"""IT answers a comment whose author opted in."""

from __future__ import annotations

from bot import compose_feedback as compose
from bot.cards import Reply
from bot.controls.threads import said
from bot.domain.report import allow_text
from bot.errors import BadValue, Refusal
from bot.events import Pressed, Submitted
from bot.questions.comment import KIND as COMMENT
from bot.turn import Turn


class NobodyToAnswer(Refusal):
    """The author of this comment did not ask for an answer, or has deleted it."""

    reason = "no_thread"


def reply(turn: Turn, event: Pressed | Submitted) -> Reply:
    turn.require("lead")
    found = turn.tx.threads.by_text(event.ref.item)
    if found is None:
        raise NobodyToAnswer
    comment = turn.tx.releases.text(found.text_id)
    if comment:
        allow_text(turn.tx, comment, turn.person.sees_only)
    try:
        text = COMMENT.read_text(event.values.get("text") if isinstance(event, Submitted) else None)
        if not text:
            raise BadValue("There is nothing written yet. Please write a few words.")
    except Refusal as wrong:
        return Reply(errors={"text": wrong})
    turn.tx.threads.write(said(found, "it", text, turn))
    return Reply(redraw=compose.replied())
