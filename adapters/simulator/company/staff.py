"""Who works there, and where. Read from people.tsv: name, unit, role, site, home or on site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from bot.domain.people import Grant, Person

COMPANY: Final = "Meridian Pumps & Fittings"


class Site(NamedTuple):
    zone: str
    country: str
    language: str


class Unit(NamedTuple):
    division: str
    #: Share of its people who answer a round.
    response: float
    #: Their satisfaction, 1 to 5, as it would be if nothing happened.
    mood: float


SITES: Final[Mapping[str, Site]] = {
    "Hamburg": Site("Europe/Berlin", "DE", "en"),
    "Philadelphia": Site("America/New_York", "US", "en-US"),
    "Singapore": Site("Asia/Singapore", "SG", "en-SG"),
}

UNITS: Final[Mapping[str, Unit]] = {
    "Sales": Unit("Commercial", 0.60, 3.7),
    "Field Engineering": Unit("Commercial", 0.55, 3.6),
    "Customer Care": Unit("Commercial", 0.66, 3.5),
    "Marketing": Unit("Commercial", 0.64, 3.8),
    "Production": Unit("Operations", 0.50, 3.5),
    "Warehouse": Unit("Operations", 0.52, 3.4),
    "Procurement": Unit("Operations", 0.62, 3.6),
    "Quality": Unit("Operations", 0.66, 3.6),
    "Finance": Unit("Administration", 0.70, 3.2),
    "Human Resources": Unit("Administration", 0.68, 3.3),
    "Legal": Unit("Administration", 0.60, 3.3),
    "Facilities": Unit("Administration", 0.58, 3.3),
    "Executive Office": Unit("Administration", 0.60, 3.3),
    "Product Development": Unit("Technology", 0.64, 3.5),
    "IT": Unit("Technology", 0.66, 4.0),
}

_LEADS: Final = ("Team lead", "Executive")
#: Letters that do not fall apart into a plain one and an accent, or are spelt out.
_SPELT: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "ł": "l", "ı": "i", "'": None}
)


@dataclass(frozen=True, slots=True)
class Colleague:
    person: Person
    #: Works from home most of the time.
    at_home: bool

    @property
    def groups(self) -> frozenset[str]:
        """Everything a comment may be meant for: unit, division, site, home."""
        place = self.person.place
        home = {"home"} if self.at_home else set()
        return frozenset({place.unit, place.division, place.site} | home)


def people() -> list[Person]:
    """Everybody, unit by unit."""
    return [colleague.person for colleague in staff()]


def grants() -> dict[str, set[Grant]]:
    """E-mail -> what the app lets them do; all of them work in IT."""
    return {
        "annika.soerensen@meridian.example": {"admin", "lead"},
        "jonas.rehder@meridian.example": {"lead", "editor"},
        "denise.whitfield@meridian.example": {"lead"},
        "priya.raman@meridian.example": {"lead"},
    }


@cache
def staff() -> tuple[Colleague, ...]:
    text = files(__package__).joinpath("people.tsv").read_text("utf-8")
    found = [_colleague(*line.split("\t")) for line in text.splitlines()[1:]]
    everybody = [colleague.person for colleague in found]
    return tuple(
        replace(c, person=replace(c.person, leader_email=_leader(c.person, everybody)))
        for c in found
    )


def cast() -> dict[str, str]:
    """E-mail -> part, of those whom a visitor may want to be first.

    None of the business has answered the last round when the visitor steps in.
    """
    return {
        "silke.martens@meridian.example": "A clerk in Finance",
        "jonas.rehder@meridian.example": "The IT lead",
        "annika.soerensen@meridian.example": "An admin, and head of IT",
        "danuta.pawlak@meridian.example": "A picker in the Warehouse, which IT forgot",
        "emre.yildiz@meridian.example": "A seller on the road, who needs the VPN",
    }


def examples(word: str) -> tuple[str, ...] | None:
    """What is worth saying after a word, because the story shows in it; None leaves the choice to
    the word itself."""
    return {
        "summary": ("Finance", "Legal", "getting-help"),
        "trend": ("Warehouse",),
        "themes": (),
        "voices": ("grumbles", "named"),
        "audit": (),
        "pause": (),
    }.get(word)


def _colleague(name: str, unit: str, role: str, site: str, works: str) -> Colleague:
    place = SITES[site]
    person = Person(
        email=_email(name),
        name=name,
        unit=unit,
        division=UNITS[unit].division,
        role=role,
        site=site,
        zone=place.zone,
        country=place.country,
        language=place.language,
    )
    return Colleague(person, works == "home")


def _email(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.lower().translate(_SPELT))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return f"{re.sub(' +', '.', plain)}@meridian.example"


def _leader(person: Person, everybody: Sequence[Person]) -> str:
    """The nearest above: a team lead of the unit, at the same site if there is one, then the
    division's executive, then the head of the company."""
    if person.role == "Staff":
        leads = [p for p in everybody if p.unit == person.unit and p.role in _LEADS]
        leads.sort(key=lambda p: (p.role != "Team lead", p.site != person.site))
        return leads[0].email
    head = next(p for p in everybody if p.unit == "Executive Office")
    if person.role == "Executive":
        return "" if person == head else head.email
    above = [p for p in everybody if p.division == person.division and p.role == "Executive"]
    above.sort(key=lambda p: p.unit != person.unit)
    return above[0].email
