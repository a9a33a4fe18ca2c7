"""What texts feel like and are about."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal

import typer

from adapters.terminal.intake import text_of
from adapters.terminal.place import DEFAULT, DirectoryOption, roof_of
from adapters.terminal.speech import complain, progress, say
from bot.errors import Fault

WORDS = "analyze"

#: Columns of a CSV file that hold the texts, by preference.
COLUMNS = ("text", "comment")
TABLES = (".csv", ".tsv")


def run(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|-",
            help="One text a line, or a .csv with a column text or comment; - is standard input.",
        ),
    ] = Path("-"),
    format: Annotated[Literal["json", "text"], typer.Option("--format")] = "json",
    column: Annotated[
        str, typer.Option("--column", metavar="NAME", help="The column of a table with the texts.")
    ] = "",
    _data: DirectoryOption = DEFAULT,
) -> None:
    """Judge texts: sentiment, themes, what to scrub.

    Line by line, as they come in. Nothing is stored.
    """
    tally: Counter[str] = Counter()
    roof_of(context).upkeep.use_themes()
    for text in _texts(file, column):
        found = analyzed(text)
        tally[found["sentiment"]] += 1
        say(json.dumps(found, ensure_ascii=False) if format == "json" else _line(found))
        sys.stdout.flush()
    if not tally:
        complain(f"{_named(file)} holds no text.")
    elif format == "text":
        complain(", ".join(f"{count} {name}" for name, count in tally.most_common()))


def analyzed(text: str) -> dict[str, Any]:
    from bot import voice

    finding = voice.judge(text)
    return {
        "text": text,
        "scrubbed": voice.scrub(text),
        "sentiment": finding.sentiment,
        "score": round(finding.score, 4),
        "themes": list(voice.themes(text)),
        "because": list(finding.because),
    }


def _line(found: dict[str, Any]) -> str:
    """On one line, without what a terminal would obey."""
    themes = ",".join(found["themes"]) or "–"
    text = "".join(c if c.isprintable() else " " for c in found["scrubbed"])
    return f"{found['sentiment']:<8}  {found['score']:+.2f}  {themes}  {text}"


def _texts(file: Path, column: str) -> Iterator[str]:
    try:
        yield from _read(file, column)
    except Fault as fault:
        raise Fault([f"{_named(file)}: {line}" for line in fault.lines]) from None


def _read(file: Path, column: str) -> Iterator[str]:
    is_table = bool(column) or file.suffix.lower() in TABLES
    if str(file) == "-":
        if sys.stdin.isatty():
            complain("Type one text a line; end with Ctrl-D.")
        raw = sys.stdin.buffer
        yield from _column(raw.read(), column) if is_table else _lines(raw, None)
    elif not file.is_file():
        what = "it is a folder" if file.is_dir() else "there is no such file"
        raise Fault([f"{what}; name a file, or - for standard input."])
    elif is_table:
        yield from _column(file.read_bytes(), column)
    else:
        with file.open("rb") as lines:
            yield from _lines(lines, file.stat().st_size)


def _named(file: Path) -> str:
    return "standard input" if str(file) == "-" else file.name


def _lines(raw: BinaryIO, size: int | None) -> Iterator[str]:
    """As they come in; an empty line is a text too, so that results stand beside their lines."""
    with progress("Reading texts", size, streams=True) as advance:
        for number, line in enumerate(raw, start=1):
            yield text_of(line, number).removeprefix("\ufeff" if number == 1 else "").rstrip("\r\n")
            advance(len(line))


def _column(raw: bytes, column: str) -> Iterator[str]:
    from bot.domain.files.rows import rows

    found = list(rows(text_of(raw)))
    if not found:
        return
    at = _place(found[0].cells, column)
    with progress("Reading texts", len(found) - 1, streams=True) as advance:
        for row in found[1:]:
            yield row.cells[at] if at < len(row.cells) else ""
            advance(1)


def _place(header: list[str], column: str) -> int:
    names = [cell.lower() for cell in header]
    for wanted in [column.lower()] if column else COLUMNS:
        if wanted in names:
            return names.index(wanted)
    there = ", ".join(f"“{cell[:40]}”" for cell in header[:10])
    missing = f"“{column}”" if column else " or ".join(COLUMNS)
    said = f"no column is named {missing}; the first line has {there}. Say which: --column NAME"
    raise Fault([said])
