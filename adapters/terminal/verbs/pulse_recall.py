"""What a pulse has not sent yet is taken back."""

from __future__ import annotations

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption
from adapters.terminal.speech import say
from adapters.terminal.turning import PulseArgument, turned

WORDS = "pulse recall"


def run(context: typer.Context, pulse: PulseArgument, data: DirectoryOption = DEFAULT) -> None:
    """Send no more cards of the open round.

    Whoever has the card may still answer. A confidential round that fewer than 20 people have got
    is closed and discarded.
    """
    from bot.controls.running import recall

    found = turned(context, data, pulse, recall)
    say(f"{found.round.id}: {found.taken_back} cards taken back, {found.sent} were sent before.")
    if found.discarded:
        say("That is too few for a confidential round: it closes now and publishes nothing.")
