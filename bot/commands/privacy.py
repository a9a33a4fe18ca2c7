"""How are my answers kept confidential?"""

from __future__ import annotations

from bot import compose
from bot.cards import Reply
from bot.commands.command import Command
from bot.turn import Turn


def run(_turn: Turn, _rest: str) -> Reply:
    return Reply(say=(compose.privacy(),))


COMMAND = Command("privacy", "how your answers are kept confidential, and what that cannot do", run)
