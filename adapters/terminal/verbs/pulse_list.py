"""Which pulses there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import complain, say
from bot.wording import count

if TYPE_CHECKING:
    from adapters.terminal.house import House
    from bot.domain.pulse import Pulse
    from bot.ports import Transaction

WORDS = "pulse list"


def run(context: typer.Context, data: DirectoryOption = DEFAULT) -> None:
    """Every pulse that is not archived, and whether a round is open."""
    found = in_house(context, data, _list)
    if not found:
        complain("There is no pulse yet; add one with `itpulse pulse apply FILE.toml`.")
    say(*found)


async def _list(house: House) -> list[str]:
    return await house.store.read(_lines)


def _lines(tx: Transaction) -> list[str]:
    states = tx.pulses.states()
    shown = [pulse for pulse in tx.pulses.all() if states.get(pulse.id) != "archived"]
    return [_line(tx, pulse, states.get(pulse.id, "")) for pulse in shown]


def _asked(pulse: Pulse) -> str:
    own = count(len(pulse.questions), "question", "questions")
    return f"{own} and {pulse.rotate} of {len(pulse.bank)} in turns" if pulse.bank else own


def _line(tx: Transaction, pulse: Pulse, rests: str) -> str:
    open_rounds = tx.rounds.of_pulse(pulse.id, "open")
    parts = [
        pulse.id,
        f"version {pulse.version}",
        pulse.manner,
        pulse.cadence.rule,
        _asked(pulse),
        f"open since {open_rounds[0].day}" if open_rounds else "not open",
        *([rests] if rests else []),
        pulse.title,
    ]
    return "  ".join(parts)
