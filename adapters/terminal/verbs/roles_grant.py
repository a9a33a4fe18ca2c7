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
    units: Annotated[str | None, typer.Option(metavar="NAMES", help="Not possible yet.")] = None,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Give somebody a role.

    This is how the first admin is made. An admin may also do whatever a lead may.
    """
    if units is not None:
        raise Fault(["A role holds for the whole company so far; leave --units out."])

    async def grant(house: House) -> bool:
        now = house.clock.now()
        return await house.store.run(lambda tx: _grant(tx, email, role, now))

    changed = in_house(context, data, grant)
    say(f"{email} is {role} {'now' if changed else 'already'}.")


def _grant(tx: Transaction, email: str, role: Role, now: datetime) -> bool:
    """False where they had it; raises Fault where nobody has this e-mail."""
    from bot.ports import AuditLine

    person = tx.people.by_email(email.strip().lower())
    if person is None:
        said = f"Nobody has the e-mail {email}; add them with `itpulse people import FILE.csv`."
        raise Fault([said])
    if role in person.grants:
        return False
    tx.people.set_grants(person.id, person.grants | {role})
    tx.audit.add(AuditLine(now, "terminal", f"role {role} given to {person.email}"))
    return True
