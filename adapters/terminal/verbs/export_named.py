"""Answers of named rounds."""

from __future__ import annotations

from typing import Annotated

import typer

from adapters.terminal.exporting import FormatOption, OutOption, export
from adapters.terminal.place import DEFAULT, DirectoryOption

WORDS = "export named"

COLUMNS = ("round", "pulse", "person", "question", "value")


def run(
    context: typer.Context,
    pulse: Annotated[
        str | None, typer.Option(metavar="ID", help="Only of this pulse; else of every named one.")
    ] = None,
    format: FormatOption = "json",
    out: OutOption = None,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Answers with names, of named rounds.

    Only rounds that were declared named before their first question; of a confidential round
    nobody's answers are kept. A null is a question that was skipped.
    """
    from bot.domain.named import rows_wire

    export(context, data, lambda tx: rows_wire(tx, pulse), COLUMNS, format, out)
