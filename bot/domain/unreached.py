"""Who cannot be reached, and why: for admins, who can do something about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.domain.people import Person
from bot.domain.rounds import Delivery
from bot.ports import Transaction

#: Said of somebody whom no platform knows.
NO_ADDRESS: Final = (
    "is in no chat I know under this e-mail; check it in the people list, or install the app for "
    "them"
)


class Unreached(NamedTuple):
    person: Person
    #: What is wrong; what an admin can do.
    why: str


def unreached(tx: Transaction) -> list[Unreached]:
    """By reason, then e-mail. What counts is the last card somebody should have got."""
    people = tx.people.all()
    addresses = tx.people.addresses([person.id for person in people])
    last = {delivery.person: delivery for delivery in _deliveries(tx)}
    found = []
    for person in people:
        if not addresses[person.id]:
            found.append(Unreached(person, NO_ADDRESS))
        elif (delivery := last.get(person.id)) and delivery.state == "unreachable":
            found.append(Unreached(person, delivery.why))
    return sorted(found, key=lambda one: (one.why, one.person.email))


def _deliveries(tx: Transaction) -> Iterator[Delivery]:
    """Of the newest round of every pulse, oldest first."""
    newest = [round for pulse in tx.pulses.all() for round in tx.rounds.of_pulse(pulse.id)[:1]]
    for round in sorted(newest, key=lambda round: round.opens_at):
        yield from tx.deliveries.of_round(round.id)
