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
from adapters.terminal.place import DEFAULT, DirectoryOption
from adapters.terminal.speech import complain, progress, say
from bot.errors import Fault

WORDS = "analyze"

#: Columns of a CSV file that hold the texts, by preference.
COLUMNS = ("text", "comment")


def run(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|-",
            help="One text a line, or a .csv with a column text or comment; - is standard input.",
        ),
    ] = Path("-"),
    format: Annotated[Literal["json", "text"], typer.Option("--format")] = "json",
    _data: DirectoryOption = DEFAULT,
) -> None:
    """Judge texts: sentiment, themes, what to scrub.

    Line by line, as they come in. Nothing is stored.
    """
    tally: Counter[str] = Counter()
    for text in _texts(file):
        found = analyzed(text)
        tally[found["sentiment"]] += 1
        say(json.dumps(found, ensure_ascii=False) if format == "json" else _line(found))
        sys.stdout.flush()
    if format == "text":
        complain(", ".join(f"{count} {name}" for name, count in tally.most_common()) or "No text.")


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
    themes = ",".join(found["themes"]) or "–"
    return f"{found['sentiment']:<8}  {found['score']:+.2f}  {themes}  {found['scrubbed']}"


def _texts(file: Path) -> Iterator[str]:
    if str(file) == "-":
        if sys.stdin.isatty():
            complain("Type one text a line; end with Ctrl-D.")
        yield from _lines(sys.stdin.buffer, None)
    elif not file.is_file():
        raise Fault([f"{file} is no file; name one, or - for standard input."])
    elif file.suffix.lower() == ".csv":
        yield from _column(file)
    else:
        with file.open("rb") as lines:
            yield from _lines(lines, file.stat().st_size)


def _lines(raw: BinaryIO, size: int | None) -> Iterator[str]:
    """As they come in; an empty line is a text too, so that results stand beside their lines."""
    with progress("Reading texts", size, streams=True) as advance:
        for number, line in enumerate(raw, start=1):
            yield text_of(line, number).removeprefix("\ufeff" if number == 1 else "").rstrip("\r\n")
            advance(len(line))


def _column(file: Path) -> Iterator[str]:
    from bot.domain.files.rows import rows

    found = list(rows(text_of(file.read_bytes())))
    header = [cell.lower() for cell in found[0].cells] if found else []
    column = next((name for name in COLUMNS if name in header), None)
    if column is None:
        said = f"{file.name} has no column named text or comment; name the one with the texts so."
        raise Fault([said])
    at = header.index(column)
    with progress("Reading texts", len(found) - 1, streams=True) as advance:
        for row in found[1:]:
            yield row.cells[at] if at < len(row.cells) else ""
            advance(1)
