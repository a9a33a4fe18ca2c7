"""Take me out of everything."""

from __future__ import annotations

from bot import compose_feedback as compose
from bot.cards import Reply
from bot.commands.command import Command
from bot.turn import Turn


def run(_turn: Turn, _rest: str) -> Reply:
    return Reply(say=(compose.forget_asked(),))


COMMAND = Command("forget", "delete everything that carries your name", run, example="me")
