"""Leave me alone for a while."""

from __future__ import annotations

from bot import compose
from bot.cards import Reply
from bot.commands.command import Command
from bot.domain.cadence import local_day
from bot.domain.pauses import ends_at, last_day
from bot.turn import Turn


def run(turn: Turn, rest: str) -> Reply:
    zone = turn.person.zone
    day = last_day(rest, local_day(turn.at, zone))
    turn.tx.pauses.put(turn.person.id, ends_at(day, zone))
    return Reply(say=(compose.paused(day),))


COMMAND = Command(
    "pause",
    "no questions and no reminders for a while",
    run,
    writes=True,
    example="2 weeks",
    longest=7,
)
