"""A pulse opens no rounds for a while."""

from __future__ import annotations

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption
from adapters.terminal.speech import say
from adapters.terminal.turning import PulseArgument, turned

WORDS = "pulse pause"


def run(context: typer.Context, pulse: PulseArgument, data: DirectoryOption = DEFAULT) -> None:
    """Open no more rounds of a pulse until it is resumed.

    A round that is open goes on to its end.
    """
    from bot.controls.running import pause

    turned(context, data, pulse, pause)
    say(f"{pulse}: paused; a round that is open goes on to its end")
