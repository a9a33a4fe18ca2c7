"""What one can say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot import commands
from bot.cards import Card, Facts, Fineprint, Heading, Part, Prose, Reply
from bot.commands.command import Command
from bot.domain.people import Grant, Person
from bot.turn import Turn

INTRO = "I ask how IT is doing for you, and bring the answers to those who can change it."
HOW = "Type a word here, or after /itpulse."
#: By who may say it, in the order shown.
GROUPS: Final[Mapping[Grant | None, str]] = {
    None: "For everybody",
    "lead": "For IT leads",
    "editor": "For editors",
    "admin": "For admins",
}
#: What is wanted most; words not named here follow by name.
FIRST: Final = (
    "next", "grumble", "pause", "resume", "privacy",
    "summary", "themes", "voices", "trend", "compare",
)  # fmt: skip


def run(turn: Turn, _rest: str) -> Reply:
    mine = [c for c in sorted(commands.COMMANDS.values(), key=_place) if _may(turn.person, c)]
    parts: list[Part] = [Prose(INTRO)]
    for grant, title in GROUPS.items():
        rows = tuple((c.word, _line(c)) for c in mine if c.needs == grant)
        parts += [Heading(title), Facts(rows)] if rows else []
    summary = f"{INTRO} You can say: {', '.join(command.word for command in mine)}."
    return Reply(say=(Card(summary, (*parts, Fineprint(HOW))),))


def _line(command: Command) -> str:
    """What it is for, with one example where something may follow the word."""
    example = f", e.g. “{command.word} {command.example}”" if command.example else ""
    return f"{command.says}{example}"


def _place(command: Command) -> tuple[int, str]:
    word = command.word
    return (FIRST.index(word) if word in FIRST else len(FIRST), word)


def _may(person: Person, command: Command) -> bool:
    return command.needs is None or bool(person.grants & {command.needs, "admin"})


COMMAND = Command("help", "what you can say here", run)
