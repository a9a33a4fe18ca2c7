"""Who may do what in the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import say
from bot.errors import Fault

if TYPE_CHECKING:
    from datetime import datetime

    from adapters.terminal.house import House
    from bot.ports import Transaction

WORDS = "roles grant"

Role = Literal["admin", "lead", "editor"]


def run(
    context: typer.Context,
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Somebody in the people list.")],
    role: Annotated[Role, typer.Argument(metavar="ROLE")],
    units: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Whose figures a lead may see, by comma.")
    ] = None,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Give somebody a role.

    This is how the first admin is made. An admin may also do whatever a lead may. A lead sees the
    figures of all units, or of those named.
    """
    if units is not None and role != "lead":
        raise Fault(["Only a lead is limited to units; leave --units out."])

    async def give(house: House) -> bool:
        now = house.clock.now()
        return await house.store.run(lambda tx: _grant(tx, email, role, units or "", now))

    changed = in_house(context, data, give)
    say(f"{email} is {role} {'now' if changed else 'already'}.")


def _grant(tx: Transaction, email: str, role: Role, units: str, now: datetime) -> bool:
    """False where they had it; raises Fault where nobody has this e-mail, or a unit is unknown."""
    from bot.controls.granting import grant

    person = tx.people.by_email(email.strip().lower())
    if person is None:
        said = f"Nobody has the e-mail {email}; add them with `itpulse people import FILE.csv`."
        raise Fault([said])
    named = [unit.strip() for unit in units.split(",") if unit.strip()]
    if unknown := set(named) - set(tx.people.units()):
        raise Fault([f"Nobody is in the unit “{min(unknown)}”; check the people list."])
    return grant(tx, person, role, named, "terminal", now)
