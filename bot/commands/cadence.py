"""Working hours, quiet days, how much people are asked."""

from __future__ import annotations

from bot.cards import Reply
from bot.commands.command import Command
from bot.forms.house import card
from bot.turn import Turn


def run(turn: Turn, _rest: str) -> Reply:
    return Reply(say=(card(turn),))


COMMAND = Command(
    "cadence", "working hours, quiet days, how much people are asked", run, needs="admin"
)
