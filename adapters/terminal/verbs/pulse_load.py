"""What a pulse would add to what people are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from adapters.terminal.intake import FileArgument, taken_whole
from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import say

if TYPE_CHECKING:
    from adapters.terminal.house import House
    from bot.domain.pulse import Pulse
    from bot.domain.shape import Hidden
    from bot.load import Load

WORDS = "pulse load"


def run(context: typer.Context, file: FileArgument, data: DirectoryOption = DEFAULT) -> None:
    """Show whom a pulse file would ask, when, and how much more that is for them."""
    from bot.domain.files.pulse_toml import read_pulse
    from bot.load import told

    with taken_whole(file) as text:
        pulse = read_pulse(text)
        found, small = in_house(context, data, lambda house: _look(house, pulse))
    say(*told(found, small))


async def _look(house: House, pulse: Pulse) -> tuple[Load, list[Hidden]]:
    from bot.controls.applying import look
    from bot.load import load

    now = house.clock.now()
    return await house.store.read(lambda tx: (load(tx, pulse, now), list(look(tx, pulse).hidden)))
