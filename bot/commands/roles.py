"""Who may do what here."""

from __future__ import annotations

from bot.cards import Reply
from bot.commands.command import Command
from bot.forms.roles import listing
from bot.turn import Turn


def run(turn: Turn, _rest: str) -> Reply:
    return Reply(say=(listing(turn),))


COMMAND = Command("roles", "who may do what here", run, needs="admin")
