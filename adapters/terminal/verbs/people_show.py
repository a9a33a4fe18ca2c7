"""Everything kept about one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import say, say_json
from bot.errors import Fault

if TYPE_CHECKING:
    from adapters.terminal.house import House
    from bot.ports import Transaction

WORDS = "people show"


def run(
    context: typer.Context,
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Somebody in the people list.")],
    format: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
    data: DirectoryOption = DEFAULT,
) -> None:
    """Show everything kept about one person.

    Profile, roles, addresses, the rounds they were asked in and whether they were reached, their
    turn in rotating pulses, and what they gave with their name on it. Whether they answered a
    confidential round cannot be looked up.
    """
    wire = in_house(context, data, lambda house: _kept(house, email.strip().lower()))
    if format == "json":
        say_json(wire)
    else:
        from adapters.terminal.kept_text import lines

        say(*lines(wire))


async def _kept(house: House, email: str) -> dict[str, Any]:
    return await house.store.read(lambda tx: _of(tx, email))


def _of(tx: Transaction, email: str) -> dict[str, Any]:
    from bot.domain.kept import kept_about

    person = tx.people.by_email(email)
    if person is None:
        raise Fault([f"Nobody has the e-mail {email}: nothing is kept here under it."])
    return kept_about(tx, person)
