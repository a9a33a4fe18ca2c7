"""Released comments."""

from __future__ import annotations

import typer

from adapters.terminal.exporting import FormatOption, OutOption, export
from adapters.terminal.place import DEFAULT, DirectoryOption

WORDS = "export texts"

COLUMNS = ("round", "pulse", "block", "text", "sentiment", "themes", "judged")


def run(
    context: typer.Context,
    format: FormatOption = "json",
    out: OutOption = None,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Every released comment, without names."""
    from bot.domain.exports import texts_wire

    export(context, data, texts_wire, COLUMNS, format, out)
