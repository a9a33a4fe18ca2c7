"""Released figures."""

from __future__ import annotations

import typer

from adapters.terminal.exporting import FormatOption, OutOption, export
from adapters.terminal.place import DEFAULT, DirectoryOption

WORDS = "export cells"

COLUMNS = (
    *("round", "opens_on", "closes_on", "pulse", "question", "kind", "cell", "label", "blocks"),
    *("n", "invited", "hist", "shown", "doubtful", "of", "shown_only_as"),
)


def run(
    context: typer.Context,
    format: FormatOption = "json",
    out: OutOption = None,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Every released figure, by group of people.

    A group that may not be shown by itself says as part of which one it is shown.
    """
    from bot.domain.exports import cells_wire

    export(context, data, cells_wire, COLUMNS, format, out)
