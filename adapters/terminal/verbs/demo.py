"""A made-up company to try everything with."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal.intake import instant_option
from adapters.terminal.network import is_loopback
from adapters.terminal.place import DEFAULT, DirectoryOption, roof_of, waited
from adapters.terminal.speech import say
from bot.errors import Fault

if TYPE_CHECKING:
    from adapters.terminal.house import Roof

WORDS = "demo"


def run(
    context: typer.Context,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65535, help="0 takes a free one.")
    ] = 8080,
    database: Annotated[
        str | None, typer.Option(metavar="URL", help="Instead of SQLite in the directory.")
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Leave the made-up company out.")] = False,
    prepare: Annotated[bool, typer.Option("--prepare", help="Make it and do not serve.")] = False,
    now: Annotated[
        str | None, typer.Option(metavar="ISO", help="Where a new demo's clock starts.")
    ] = None,
    password: Annotated[
        bool,
        typer.Option("--password", help="Ask for a password, and have the simulator ask for it."),
    ] = False,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Try everything in a made-up company.

    Serves a simulated chat and a clock you can push at the address it prints, until stopped.
    """
    if not is_loopback(host) and not password:
        said = f"Others could open the simulator at {host}; add --password, or leave --host out."
        raise Fault([said])
    secret = _asked() if password else None
    starts = instant_option(now, "--now")
    roof = roof_of(context)
    waited(_make(roof, data, database, starts, empty))
    if prepare:
        say(f"The demo in {data} is ready; open it with: itpulse demo --data {data}")
    else:
        waited(roof.serve(data, host, port, secret))


def _asked() -> str:
    """Typed unseen, or the first line of standard input: never part of the command line, which
    others on the machine can read.
    """
    if sys.stdin.isatty():
        secret: str = typer.prompt("Password for the simulator", hide_input=True)
    else:
        secret = sys.stdin.readline().rstrip("\r\n")
    if not secret:
        raise Fault(["--password: nothing was typed; give a password as first line of the input."])
    return secret


async def _make(
    roof: Roof, data: Path, database: str | None, starts: datetime | None, empty: bool
) -> None:
    """A demo that is there already goes on as it is."""
    from adapters.terminal.filling import clock_starts, fill

    now = starts or roof.now()
    await roof.make_demo(data, database, now if empty else clock_starts(now))
    if empty:
        return
    async with roof.open_house(data) as house:
        if not await house.store.read(lambda tx: bool(tx.people.all())):
            await fill(house, now, exactly=starts is not None)
