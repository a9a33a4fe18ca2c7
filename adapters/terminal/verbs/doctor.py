"""Whether all is well, and what to mend."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, roof_of, waited
from adapters.terminal.speech import say, say_json

WORDS = "doctor"

#: Exit code where anything is bad.
BAD = 1


def run(
    context: typer.Context,
    format: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
    data: DirectoryOption = DEFAULT,
) -> None:
    """Check the installation and say what to mend.

    Settings, database, key ring, clock, and what has been left undone. Nothing is changed; ends
    with 1 where anything is bad.
    """
    found = waited(roof_of(context).upkeep.examine(data))
    if format == "json":
        say_json([asdict(finding) for finding in found])
    else:
        for finding in found:
            say(f"{finding.verdict:<4}  {finding.what}")
            if finding.todo:
                say(f"      → {finding.todo}")
    if any(finding.verdict == "bad" for finding in found):
        raise typer.Exit(BAD)
