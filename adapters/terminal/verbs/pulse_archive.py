"""A pulse is put away."""

from __future__ import annotations

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption
from adapters.terminal.speech import say
from adapters.terminal.turning import PulseArgument, turned

WORDS = "pulse archive"


def run(context: typer.Context, pulse: PulseArgument, data: DirectoryOption = DEFAULT) -> None:
    """Put a pulse away: no more rounds, and lists leave it out.

    What it has published stays.
    """
    from bot.controls.running import archive

    turned(context, data, pulse, archive)
    say(f"{pulse}: archived; what it has published stays")
