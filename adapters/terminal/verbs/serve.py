"""The product at work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal.network import is_loopback
from adapters.terminal.place import DEFAULT, DirectoryOption, in_house, roof_of, waited
from bot.errors import Fault

if TYPE_CHECKING:
    from adapters.terminal.house import House

WORDS = "serve"


def run(
    context: typer.Context,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65535, help="0 takes a free one.")
    ] = 8000,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Serve the platforms and keep the clock.

    Rounds open, remind and close while this runs; stop it with Ctrl-C or SIGTERM.
    """
    if not is_loopback(host) and in_house(context, data, _is_demo):
        raise Fault([f"{data} is a demo; use `itpulse demo --host {host} --password`, or leave "
                     "--host out."])  # fmt: skip
    waited(roof_of(context).serve(data, host, port, None))


async def _is_demo(house: House) -> bool:
    return house.is_demo
