"""What is asked, of whom, how often: set up here."""

from __future__ import annotations

from bot.cards import Reply
from bot.commands.command import Command
from bot.domain.files.pulse_toml import BUILT_IN
from bot.forms.pulse_shown import card, listing
from bot.turn import Turn

ARCHIVED = "archived"


def run(turn: Turn, rest: str) -> Reply:
    word = rest.strip().lower()
    pulse = turn.tx.pulses.get(word) if word and word not in BUILT_IN else None
    shown = card(turn, pulse) if pulse else listing(turn, archived=word == ARCHIVED)
    return Reply(say=(shown,))


COMMAND = Command("pulse", "set up what people are asked", run, needs="editor", example=ARCHIVED)
