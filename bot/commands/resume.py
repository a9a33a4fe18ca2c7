"""Here I am again."""

from __future__ import annotations

from bot import compose
from bot.cards import Reply
from bot.commands.command import Command
from bot.controls.wishing import ask_again
from bot.turn import Turn


def run(turn: Turn, _rest: str) -> Reply:
    """Ends a pause, and takes back “stop asking me” as well."""
    wished = ask_again(turn.tx, turn.person.id)
    if turn.paused_until is None:
        return Reply(say=(compose.asked_again() if wished else compose.not_paused(),))
    turn.tx.pauses.drop(turn.person.id)
    return Reply(say=(compose.resumed(),))


COMMAND = Command("resume", "end the pause, or have me ask you again", run, writes=True)
