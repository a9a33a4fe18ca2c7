"""Who is in the list, who cannot be reached, changes."""

from __future__ import annotations

from bot.cards import Reply
from bot.commands.command import Command
from bot.forms.people import overview
from bot.turn import Turn


def run(turn: Turn, _rest: str) -> Reply:
    return Reply(say=(overview(turn),))


COMMAND = Command(
    "people", "who is in the list, who cannot be reached, changes", run, needs="admin"
)
