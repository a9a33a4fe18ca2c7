"""What one can say."""

from __future__ import annotations

from bot import commands
from bot.cards import Card, Facts, Fineprint, Prose, Reply
from bot.commands.command import Command
from bot.domain.people import Person
from bot.turn import Turn

INTRO = "I ask how IT is doing for you, and bring the answers to those who can change it."
HOW = "Type a word here, or after /itpulse."


def run(turn: Turn, _rest: str) -> Reply:
    rows = tuple(
        (command.word, command.says)
        for command in commands.COMMANDS.values()
        if _may(turn.person, command)
    )
    summary = f"{INTRO} You can say: {', '.join(word for word, _ in rows)}."
    return Reply(say=(Card(summary, (Prose(INTRO), Facts(rows), Fineprint(HOW))),))


def _may(person: Person, command: Command) -> bool:
    return command.needs is None or bool(person.grants & {command.needs, "admin"})


COMMAND = Command("help", "what you can say here", run)
