"""Files that people hand in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import Fault

FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would change, only.")]


@contextmanager
def taken_whole(file: Path) -> Iterator[str]:
    """The text of a file; faults found in it are told under its name."""
    try:
        yield text_of(file.read_bytes())
    except Fault as fault:
        head = f"{file.name} cannot be taken, and nothing was changed:"
        raise Fault([head, *(f"  {line}" for line in fault.lines)]) from None


def text_of(raw: bytes, line: int = 1) -> str:
    """`line` is the number of the first one, for the fault."""
    try:
        return raw.decode()
    except UnicodeDecodeError as wrong:
        number = line + raw.count(b"\n", 0, wrong.start)
        # Pictures and spreadsheets have such bytes, and so has UTF-16.
        what = "is no text" if b"\0" in raw else "is not UTF-8"
        said = f"line {number}: {what}; save the file as UTF-8 (in Excel: “CSV UTF-8”)"
        raise Fault([said]) from None


def instant_option(text: str | None, option: str) -> datetime | None:
    """An ISO instant; UTC where it names no zone."""
    from bot.domain.files.replay_jsonl import instant

    try:
        return instant(text) if text else None
    except ValueError:
        said = f"{option} {text}: is no instant; write it like 2026-11-24T10:00:00+00:00"
        raise Fault([said]) from None
