"""“Stop asking me”, by one pulse or by all, and taking that back."""

from __future__ import annotations

from typing import Final

from bot import compose
from bot.cards import Reply
from bot.controls.wishing import ask_again, stop_asking, wishes_of
from bot.domain.cadence import local_day
from bot.domain.fatigue import Wish
from bot.errors import UnknownControl
from bot.forms.step import Deed
from bot.turn import Turn


def _stop(turn: Turn, pulse: str) -> Reply:
    if pulse and turn.tx.pulses.get(pulse) is None:
        raise UnknownControl
    stop_asking(turn.tx, turn.person.id, pulse)
    return Reply(redraw=compose.asked_no_more(_title(turn, pulse), pulse))


def _again(turn: Turn, pulse: str) -> Reply:
    ask_again(turn.tx, turn.person.id, pulse)
    return Reply(redraw=compose.asked_again())


def wishes(turn: Turn) -> list[Wish]:
    """What the speaker does not want to be asked by, today."""
    return wishes_of(turn.tx, turn.person.id, local_day(turn.at, turn.person.zone))


def titles(turn: Turn) -> list[tuple[str, str]]:
    """Pulse and title of each; empty twice for all of them."""
    return [(wish.pulse, _title(turn, wish.pulse)) for wish in wishes(turn)]


def _title(turn: Turn, pulse: str) -> str:
    found = turn.tx.pulses.get(pulse) if pulse else None
    return found.title if found else ""


DEEDS: Final = {"stop": Deed(None, _stop), "again": Deed(None, _again)}
