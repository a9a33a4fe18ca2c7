"""A pulse goes on."""

from __future__ import annotations

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption
from adapters.terminal.speech import say
from adapters.terminal.turning import PulseArgument, turned

WORDS = "pulse resume"


def run(context: typer.Context, pulse: PulseArgument, data: DirectoryOption = DEFAULT) -> None:
    """Let a pulse go on that was paused or archived."""
    from bot.controls.running import resume

    turned(context, data, pulse, resume)
    say(f"{pulse}: goes on")
