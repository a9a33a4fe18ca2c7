"""The Teams app, as the Teams admin center takes it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, roof_of
from adapters.terminal.speech import say

WORDS = "teams package"


def run(
    context: typer.Context,
    output: Annotated[
        Path, typer.Option("--output", metavar="FILE", dir_okay=False, help="Where it goes.")
    ] = Path("itpulse-teams.zip"),
    _data: DirectoryOption = DEFAULT,
) -> None:
    """Write the Teams app (zip) for TEAMS_APP_ID and ITPULSE_PUBLIC_URL.

    Upload it at Teams admin center › Teams apps › Manage apps; docs/teams.md has the whole way.
    """
    packed = roof_of(context).upkeep.teams_package()
    output.write_bytes(packed)
    say(f"{output} written; upload it at Teams admin center › Teams apps › Manage apps.")
