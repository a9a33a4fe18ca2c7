"""What a few people said without being asked, some weeks before the visitor comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from adapters.simulator.company.calendar import days
from adapters.simulator.company.staff import staff
from bot.domain.cadence import local_instant
from bot.domain.pulse import Manner


@dataclass(frozen=True, slots=True)
class Grumble:
    #: UTC.
    at: datetime
    email: str
    text: str
    #: confidential or named.
    manner: Manner = "confidential"


BOX: Final = {
    "volker.hinrichs": "The scanners in hall 2 are slow and broken. Three tickets, no answer.",
    "carolin.meinert": "Signing in twelve times a day is annoying and slow. Why not once?",
    "suresh.iyer": "Month end and a forced restart do not go together. Please ask before.",
    "megan.odonnell": "The phone at the service desk is friendly now. Keep those people!",
    "murat.sahin": "One PC for nineteen of us, and it stands next to the cold store door.",
    "deborah.finkelstein": "Could the expense form remember my cost centre? It never changes.",
    "danuta.pawlak": "My gloves do not work on the touch screen and it is 4 degrees in here.",
}
NAMED: Final = {
    "wiebke.stahl": "The new laptop does not find the printer on floor 3. I am there until noon."
}


def grumbles(start: date, rounds: int = 13) -> Iterator[Grumble]:
    """In order of time: over a few mornings three weeks before the last round, into one box."""
    zones = {colleague.person.email: colleague.person.zone for colleague in staff()}
    monday = days(start, rounds)[-1] - timedelta(days=22)
    told: list[tuple[str, str, Manner]] = [(who, BOX[who], "confidential") for who in BOX]
    told += [(who, NAMED[who], "named") for who in NAMED]
    found = []
    for number, (who, text, manner) in enumerate(told):
        email = f"{who}@meridian.example"
        at = local_instant(monday + timedelta(days=number // 3), time(9, 7 * number), zones[email])
        found.append(Grumble(at, email, text, manner))
    yield from sorted(found, key=lambda grumble: grumble.at)
