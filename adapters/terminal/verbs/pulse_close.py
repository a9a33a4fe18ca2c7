"""A round closed before its time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import say

if TYPE_CHECKING:
    from adapters.terminal.house import House
    from bot.domain.rounds import Round

WORDS = "pulse close"


def run(
    context: typer.Context,
    pulse: Annotated[str, typer.Argument(metavar="ID", help="The pulse whose round is open.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether you mean it.")] = False,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Close the open round of a pulse early.

    A confidential round that closes early is published only if half of its time has passed and
    at least 20 people have answered; else it is discarded. Nobody is told beforehand which.
    """
    from bot.controls.closing import consequences

    if not yes and sys.stdin.isatty():
        found = in_house(context, data, lambda house: _found(house, pulse))
        typer.confirm(f"Close round {found.id} now? {consequences(found)}", abort=True)
    round = in_house(context, data, lambda house: _close(house, pulse))
    say(f"Round {round.id} closes with the next beat of the clock. {consequences(round)}")


async def _found(house: House, pulse: str) -> Round:
    from bot.controls.closing import open_round

    return await house.store.read(lambda tx: open_round(tx, pulse))


async def _close(house: House, pulse: str) -> Round:
    from bot.controls.closing import close_early

    now = house.clock.now()
    return await house.store.run(lambda tx: close_early(tx, pulse, "terminal", now))
