"""What a comment loses before it is kept, shown to its author before it goes."""

from __future__ import annotations

from bot import compose_feedback as compose
from bot.cards import Reply
from bot.refs import Ref
from bot.turn import Turn


def scrubbed(turn: Turn, text: str) -> str:
    """Without what could point at a person or a machine, as when it is published."""
    from bot.voice import scrub

    return scrub(text, turn.names)


def shown_first(text: str, kept: str, again: Ref) -> Reply | None:
    """A form where anything is taken out or cannot wait; it is shown once, stored nowhere and
    answered to `again`. None where the text can go as it is."""
    from bot.voice import urgency

    urgent = urgency(text)
    if kept == text and not urgent:
        return None
    return Reply(open=compose.checking(again, kept, kept != text, urgent))
