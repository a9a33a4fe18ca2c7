"""Who cannot be reached, and what to do about it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import say, say_json

if TYPE_CHECKING:
    from adapters.terminal.house import House
    from bot.domain.unreached import Unreached

WORDS = "people unreached"


def run(
    context: typer.Context,
    format: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
    data: DirectoryOption = DEFAULT,
) -> None:
    """Show who cannot be reached, why, and what to do.

    By the last card each should have got. It says nothing about who has answered.
    """
    found = in_house(context, data, _found)
    if format == "json":
        say_json([{"email": one.person.email, "why": one.why} for one in found])
    elif not found:
        say("Everybody can be reached.")
    else:
        for why, same in groupby(found, key=lambda one: one.why):
            say(f"{', '.join(one.person.email for one in same)}", f"  {why}.")


async def _found(house: House) -> list[Unreached]:
    from bot.domain.unreached import unreached

    return await house.store.read(unreached)
