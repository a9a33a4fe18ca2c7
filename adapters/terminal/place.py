"""Where everything of one installation lies: `--data`, before the word, within it or after it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

if TYPE_CHECKING:
    from adapters.terminal.house import House, Roof

T = TypeVar("T")

DEFAULT: Final = Path("var")
_SAID: Final = "itpulse.data"


def _resolve(context: typer.Context, value: Path) -> Path:
    """The one said last; contexts share their `meta` with those below them."""
    source = context.get_parameter_source("data") or context.get_parameter_source("_data")
    if source is not None and source.name == "COMMANDLINE":
        context.meta[_SAID] = value
    found: Path = context.meta.get(_SAID, value)
    return found


DirectoryOption = Annotated[
    Path,
    typer.Option(
        "--data",
        metavar="DIR",
        file_okay=False,
        callback=_resolve,
        help="Where this installation keeps its database and keys.",
    ),
]


def roof_of(context: typer.Context) -> Roof:
    roof: Roof = context.obj
    return roof


def waited(work: Awaitable[T]) -> T:
    """The result of something asynchronous, in a loop of its own."""
    import asyncio

    async def wait() -> T:
        return await work

    return asyncio.run(wait())


def in_house(context: typer.Context, data: Path, work: Callable[[House], Awaitable[T]]) -> T:
    """What `work` returns, done in the house opened on a directory."""

    async def visit() -> T:
        async with roof_of(context).open_house(data) as house:
            return await work(house)

    return waited(visit())
