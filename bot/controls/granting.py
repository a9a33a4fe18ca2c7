"""Somebody gets a role in the app, or has it no more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.domain.people import Grant, Person
from bot.errors import BadValue
from bot.ports import AuditLine, Transaction


class LastAdmin(BadValue):
    """Nobody else is an admin. Please make somebody else one first."""


def grant(
    tx: Transaction, person: Person, role: Grant, units: Collection[str], who: str, now: datetime
) -> bool:
    """`units` are those whose figures a lead may see, empty: everybody's; they take the place of
    those before. False where nothing is different.
    """
    units = tuple(sorted(units)) if role == "lead" else person.units
    if role in person.grants and units == person.units:
        return False
    tx.people.set_grants(person.id, person.grants | {role}, units)
    of = f" of {', '.join(units)}" if role == "lead" and units else ""
    tx.audit.add(AuditLine(now, who, f"role {role}{of} given to {person.email}"))
    return True


def revoke(tx: Transaction, person: Person, role: Grant, who: str, now: datetime) -> bool:
    """False where they did not have it; raises LastAdmin."""
    if role not in person.grants:
        return False
    if role == "admin":
        check_admins(tx, person)
    units = () if role == "lead" else person.units
    tx.people.set_grants(person.id, person.grants - {role}, units)
    tx.audit.add(AuditLine(now, who, f"role {role} taken from {person.email}"))
    return True


def check_admins(tx: Transaction, without: Person) -> None:
    """Raises LastAdmin where nobody would be left who can set anything up."""
    admins = {person.id for person in tx.people.granted() if "admin" in person.grants}
    if admins == {without.id}:
        raise LastAdmin
