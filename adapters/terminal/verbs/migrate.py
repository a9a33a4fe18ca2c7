"""The schema."""

from __future__ import annotations

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, roof_of
from adapters.terminal.speech import say

WORDS = "migrate"


def run(context: typer.Context, data: DirectoryOption = DEFAULT) -> None:
    """Bring the database's tables up to date.

    Safe to run again, and to run while others do.
    """
    say(roof_of(context).migrate(data))
