"""What the terminal says: results on stdout, everything for the person alone on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer


def say(*lines: str) -> None:
    for line in lines:
        typer.echo(line)


def complain(*lines: str) -> None:
    for line in lines:
        typer.echo(line, err=True)


def say_json(wire: Any) -> None:
    """Indented for people; other programs do not mind."""
    say(json.dumps(wire, ensure_ascii=False, indent=2))


Advance = Callable[[int], None]


@contextmanager
def progress(label: str, total: int | None, streams: bool = False) -> Iterator[Advance]:
    """A bar on stderr where a person is watching; `total` None where the end is not known.

    Work that `streams` its results shows them instead where they go to the same screen.
    """
    if not sys.stderr.isatty() or (streams and sys.stdout.isatty()):
        yield lambda _steps: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda steps: bar.advance(task, steps)
