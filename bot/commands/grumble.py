"""Something on your mind?"""

from __future__ import annotations

from bot import compose_feedback as compose
from bot.cards import Reply
from bot.commands.command import Command
from bot.controls.grumbling import open_box
from bot.turn import Turn


def run(turn: Turn, rest: str) -> Reply:
    """Words typed behind the command carry a name, so they are offered, not taken."""
    return Reply(
        say=(compose.typed(rest) if rest else compose.grumble(open_box(turn) is not None),)
    )


COMMAND = Command("grumble", "tell IT what is on your mind, with or without your name", run)
