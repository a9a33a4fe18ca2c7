"""What is asked, of whom, how often: set up here."""

from __future__ import annotations

from bot.cards import Reply
from bot.commands.command import Command
from bot.domain.files.pulse_toml import BUILT_IN
from bot.domain.pulse import Pulse
from bot.forms.pulse_shown import card, listing
from bot.turn import Turn

ARCHIVED = "archived"
#: Characters of unknown words that are said back.
LONGEST = 60


def run(turn: Turn, rest: str) -> Reply:
    words = rest.strip()
    if pulse := _meant(turn, words.lower()):
        return Reply(say=(card(turn, pulse),))
    if words.lower() in ("", ARCHIVED):
        return Reply(say=(listing(turn, archived=bool(words)),))
    return Reply(say=(listing(turn, unknown=words[:LONGEST]),))


def _meant(turn: Turn, words: str) -> Pulse | None:
    """By its id, or the only one that has the words in its title."""
    if not words or words in (*BUILT_IN, ARCHIVED):
        return None
    if found := turn.tx.pulses.get(words):
        return found
    named = [pulse for pulse in turn.tx.pulses.all() if words in pulse.title.lower()]
    return named[0] if len(named) == 1 else None


COMMAND = Command("pulse", "set up what people are asked", run, needs="editor", example=ARCHIVED)
