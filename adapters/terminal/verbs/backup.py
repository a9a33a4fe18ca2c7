"""A copy of the database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, roof_of
from adapters.terminal.speech import say

WORDS = "backup"


def run(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="A new file.")],
    data: DirectoryOption = DEFAULT,
) -> None:
    """Copy the database into a file.

    Consistent, also while ITPulse runs. The keys of open rounds are never in it: a round that is
    restored without its key is lost. On PostgreSQL this calls pg_dump.
    """
    roof_of(context).upkeep.back_up(data, file)
    say(f"{file} is written. Keep it where only admins read it; the keys of open rounds stay out.")
