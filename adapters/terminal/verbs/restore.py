"""A copy brought back, and the word to go on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, in_house, roof_of
from adapters.terminal.speech import say
from bot.errors import Fault

if TYPE_CHECKING:
    from adapters.terminal.house import House

WORDS = "restore"

RESTORED = (
    "{file} is restored. Nothing is sent, opened or closed now.",
    "Who asked to be forgotten, and which comment was deleted by its author, after the backup was "
    "made, is not known to it: see to these first.",
    "Look with `itpulse doctor`, then let everything go on: itpulse restore --release",
)


def run(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", exists=True, dir_okay=False, help="What backup wrote."),
    ] = None,
    release: Annotated[
        bool, typer.Option("--release", help="Let a restored database go on.")
    ] = False,
    hold: Annotated[
        bool, typer.Option("--hold", help="Hold a database that was restored by other means.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Overwrite the people who are there.")
    ] = False,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Bring back a backup, or release it.

    Stop serve and work first. After a restore nothing is sent, opened or closed before
    `itpulse restore --release`; a round without its key then ends as lost, and those invited are
    told once.
    """
    if (file is not None) + release + hold != 1:
        raise Fault(["Name a FILE, or --release, or --hold; one of them."])
    roof = roof_of(context)
    if file:
        roof.upkeep.restore(data, file, replace)
        say(*(line.format(file=file) for line in RESTORED))
    elif release:
        released = in_house(context, data, _release)
        say("Everything goes on." if released else "Nothing was held; everything goes on as it is.")
    else:
        in_house(context, data, _hold)
        say(RESTORED[-1])


async def _release(house: House) -> bool:
    from bot.hold import release

    now = house.clock.now()
    return await house.store.run(lambda tx: release(tx, "terminal", now))


async def _hold(house: House) -> None:
    from bot.hold import hold

    now = house.clock.now()
    await house.store.run(lambda tx: hold(tx, now))
