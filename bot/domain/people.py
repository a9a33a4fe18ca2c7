"""Who is asked, and where in the company they stand."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

#: What the app lets someone do; nothing to do with their role in the company.
Grant = Literal["admin", "lead", "editor"]
GRANTS: Final = frozenset(get_args(Grant))

#: Members without a unit are reached and counted company-wide.
UNASSIGNED: Final = "Unassigned"


class Place(NamedTuple):
    """Where someone stands: the class by which people are counted, never anything finer."""

    division: str
    unit: str
    role: str
    site: str


class Home(NamedTuple):
    """By what somebody's day is reckoned."""

    zone: str
    country: str


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A cut of the company: empty fields mean “all”."""

    division: str = ""
    unit: str = ""
    role: str = ""
    site: str = ""

    def holds(self, place: Place) -> bool:
        mine = (self.division, self.unit, self.role, self.site)
        return all(not want or want == has for want, has in zip(mine, place, strict=True))

    def named(self) -> dict[str, str]:
        """The cut as field -> name, without the empty ones."""
        return {f.name: v for f in fields(self) if (v := getattr(self, f.name))}

    @property
    def label(self) -> str:
        return ", ".join(self.named().values()) or "Everybody"


@dataclass(frozen=True, slots=True)
class Person:
    """A stakeholder. `id` is 0 until the store has given one."""

    email: str
    name: str
    unit: str = UNASSIGNED
    division: str = UNASSIGNED
    role: str = ""
    site: str = ""
    #: An IANA zone name; local times are reckoned in it.
    zone: str = "UTC"
    #: ISO 3166 two letters, or empty.
    country: str = ""
    #: BCP 47, or empty.
    language: str = ""
    leader_email: str = ""
    id: int = 0
    grants: frozenset[Grant] = field(default_factory=frozenset)
    #: Whose figures a lead may see; empty: everybody's.
    units: tuple[str, ...] = ()
    #: Since when they work here no more.
    gone_on: date | None = None

    @property
    def sees_only(self) -> tuple[str, ...]:
        """The units whose figures they may see; empty: no limit."""
        return () if "admin" in self.grants else self.units

    @property
    def place(self) -> Place:
        return Place(self.division, self.unit, self.role, self.site)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform knows of somebody; `email` joins the same person across platforms.

    News of somebody who is known already may leave everything but `user` and `space` empty.
    """

    user: str
    space: str
    name: str = ""
    email: str = ""
    zone: str = ""
    language: str = ""
    #: How to get there, in the platform's own words (`Address.reach`).
    reach: str = ""
    #: Left the space: there is nobody at this address any more.
    gone: bool = False
