"""One way out for everything that is exported."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from adapters.terminal.place import in_house
from adapters.terminal.speech import say, say_json
from bot.errors import Fault

if TYPE_CHECKING:
    from datetime import datetime

    from adapters.terminal.house import House
    from bot.ports import Transaction

Format = Literal["json", "csv", "xlsx"]
FormatOption = Annotated[Format, typer.Option("--format")]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", dir_okay=False, help="Instead of standard output."),
]


def export(
    context: typer.Context,
    data: Path,
    wire: Callable[[Transaction], list[dict[str, Any]]],
    columns: Sequence[str],
    format: Format,
    out: Path | None,
) -> None:
    """Writes the rows that `wire` reads; the sheet has the name of the word."""
    if format == "xlsx" and out is None and sys.stdout.isatty():
        raise Fault(["A spreadsheet is no text for a terminal; add --out FILE.xlsx."])

    async def read(house: House) -> tuple[list[dict[str, Any]], datetime]:
        return await house.store.read(wire), house.clock.now()

    rows, now = in_house(context, data, read)
    if format == "xlsx":
        from adapters.terminal.tables import as_xlsx

        _write(as_xlsx(str(context.info_name), columns, rows, now), out)
    elif format == "csv":
        from adapters.terminal.tables import as_csv

        _write(as_csv(columns, rows).encode(), out)
    elif out:
        import json

        _write(f"{json.dumps(rows, ensure_ascii=False, indent=2)}\n".encode(), out)
    else:
        say_json(rows)


def _write(content: bytes, out: Path | None) -> None:
    if out is None:
        typer.echo(content, nl=False)
    else:
        out.write_bytes(content)
        say(f"{out} is written.")
