"""Who may do what in the app."""

from __future__ import annotations

from typing import Final

from bot.cards import Buttons, Card, Facts, Field, Fineprint, Heading, Option, Prose, Reply
from bot.controls.granting import grant, revoke
from bot.domain.people import Person
from bot.errors import BadValue
from bot.forms.pulse_audience import known_names
from bot.forms.step import Step, Values, Wrong, lines, opens, said, titled
from bot.turn import Turn

ROLES: Final = (
    Option("admin", "Admin: sets everything up"),
    Option("lead", "Lead: reads figures and comments"),
    Option("editor", "Editor: prepares pulses"),
)
WAYS: Final = (Option("give", "Give it"), Option("take", "Take it away"))
MOST: Final = 40
HOW = "Every change is a line in the audit, which everybody may read."


def listing(turn: Turn) -> Card:
    people = turn.tx.people.granted()
    rows = tuple((person.name, _told(person)) for person in people[:MOST])
    parts = (
        Heading("Roles"),
        Facts(rows) if rows else Prose("Nobody has a role yet."),
        Buttons((opens("role", "Give or take a role"),)),
        Fineprint(HOW),
    )
    return Card(f"Roles: {len(people)} people have one", parts)


def _told(person: Person) -> str:
    limited = f" of {', '.join(person.units)}" if person.units else ""
    told = (f"lead{limited}" if role == "lead" else role for role in sorted(person.grants))
    return f"{', '.join(told)} ({person.email})"


def somebody(turn: Turn, email: str, field: str = "email") -> Person:
    """Raises Wrong where nobody has this e-mail."""
    found = turn.tx.people.by_email(email)
    if found is None:
        raise Wrong(**{field: "Nobody in the people list has this e-mail. Check the spelling."})
    return found


def _fields(turn: Turn, about: str) -> tuple[Field, ...]:
    return (
        Field(
            "email", "text", "Whose role?", value=_email_of(turn, about),
            hint="Their e-mail, as in the people list.",
        ),
        Field("role", "choice", "Which role?", options=ROLES),
        Field("way", "choice", "Give it or take it away?", options=WAYS, value="give"),
        Field(
            "units", "long_text", "Whose figures may a lead see?", required=False,
            hint="Units, one a line; empty: everybody's. A unit too small stays hidden from all.",
        ),
    )  # fmt: skip


def _email_of(turn: Turn, about: str) -> str:
    """Of whom somebody comes from looking at; empty where it is nobody."""
    digits = about.isascii() and about.isdigit() and len(about) < 10
    found = turn.tx.people.by_id(int(about)) if digits else None
    return found.email if found else ""


def _take(turn: Turn, _about: str, values: Values) -> Reply:
    person = somebody(turn, values["email"])
    role, who = values["role"], turn.person.email
    if values["units"] and (role != "lead" or values["way"] == "take"):
        raise Wrong(units="Only a lead who gets the role is limited to units. Please empty this.")
    if values["way"] == "take":
        _revoke(turn, person, values)
    else:
        if person.gone_on:
            raise Wrong(email="This person is marked as gone. Type “people” to take that back.")
        units = known_names(lines(values["units"]), turn.tx.people.units(), "units")
        if not grant(turn.tx, person, role, units, who, turn.at):
            raise Wrong(role=f"{person.name} has this role already.")
    return said(listing(turn))


def _revoke(turn: Turn, person: Person, values: Values) -> None:
    try:
        if not revoke(turn.tx, person, values["role"], turn.person.email, turn.at):
            raise Wrong(role=f"{person.name} does not have this role.")
    except BadValue as refused:
        raise Wrong(role=str(refused)) from None


STEPS: Final = {"role": Step("admin", titled("Give or take a role"), _fields, _take)}
