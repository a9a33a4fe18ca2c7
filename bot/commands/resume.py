"""Here I am again."""

from __future__ import annotations

from bot import compose
from bot.cards import Reply
from bot.commands.command import Command
from bot.turn import Turn


def run(turn: Turn, _rest: str) -> Reply:
    if turn.paused_until is None:
        return Reply(say=(compose.not_paused(),))
    turn.tx.pauses.drop(turn.person.id)
    return Reply(say=(compose.resumed(),))


COMMAND = Command("resume", "end the pause", run, writes=True)
