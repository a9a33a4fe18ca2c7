"""Who did what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import complain, say, say_json

if TYPE_CHECKING:
    from adapters.terminal.house import House
    from bot.ports import AuditLine

WORDS = "audit"


def run(
    context: typer.Context,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="So many lines at most.")] = 50,
    format: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
    data: DirectoryOption = DEFAULT,
) -> None:
    """What admins and ITPulse itself did, newest first.

    Changes of people, pulses and roles, keys made and destroyed, rounds opened and closed; never
    a word about who answered. Everybody may read the same in chat: audit.
    """
    lines = in_house(context, data, lambda house: _newest(house, limit))
    if format == "json":
        say_json([{"at": at.at.isoformat(), "who": at.who, "what": at.what} for at in lines])
        return
    if not lines:
        complain("Nothing has been done yet.")
    say(*(f"{line.at:%Y-%m-%d %H:%M} UTC  {line.who}: {line.what}" for line in lines))


async def _newest(house: House, limit: int) -> list[AuditLine]:
    return await house.store.read(lambda tx: tx.audit.newest(limit))
