"""A copy of a pulse."""

from __future__ import annotations

from typing import Annotated

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption
from adapters.terminal.speech import say
from adapters.terminal.turning import PulseArgument, turned

WORDS = "pulse duplicate"


def run(
    context: typer.Context,
    pulse: PulseArgument,
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id of the copy.")],
    title: Annotated[str, typer.Option("--title", help="Its title; the same if left out.")] = "",
    data: DirectoryOption = DEFAULT,
) -> None:
    """Copy a pulse; the copy is paused until you resume it."""
    from bot.controls.running import duplicate

    turned(context, data, pulse, lambda tx, id, who, now: duplicate(tx, id, new, title, who, now))
    say(f"{new}: a copy of {pulse}, paused; start it with `itpulse pulse resume {new}`.")
