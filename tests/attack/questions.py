"""Everything that may be asked, and how a release is asked it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from bot.domain.answer import Released, Shown, ShownOnlyAs, UnknownUnit, added, answer
from bot.domain.people import Cell, Place
from bot.domain.release import ReleasedBlock
from bot.domain.sheet import Sheet
from tests.attack.world import DIVISIONS, ROLES, ROUNDS, SITES

Answering = Callable[[Released, str, Cell], Shown | ShownOnlyAs]
Adding = Callable[[Sequence[ReleasedBlock], int], Shown]

UNITS: Final = tuple(f"Unit {number:02}" for number in range(len(DIVISIONS)))
#: From the first round of a window to its last.
WINDOWS: Final = tuple(range(a, b + 1) for a in range(ROUNDS) for b in range(a, ROUNDS))


class Query(NamedTuple):
    """A group of people: whoever is in `cell`, without a unit and without a role."""

    cell: Cell
    but_unit: str = ""
    but_role: str = ""

    def holds(self, place: Place) -> bool:
        return (
            self.cell.holds(place) and place.unit != self.but_unit and place.role != self.but_role
        )


@lru_cache(maxsize=1)
def queries() -> tuple[Query, ...]:
    """Everybody, each division, each unit and all others, by role, all other roles, and site."""
    bases = [Query(Cell())]
    bases += [Query(Cell(division=f"Division {n}")) for n in sorted(set(DIVISIONS))]
    bases += [Query(Cell(unit=unit)) for unit in UNITS]
    bases += [Query(Cell(), but_unit=unit) for unit in UNITS]
    roles = [("", ""), *((role, "") for role in ROLES), *(("", role) for role in ROLES)]
    return tuple(
        Query(Cell(base.cell.division, base.cell.unit, role, site), base.but_unit, but_role)
        for base, (role, but_role), site in product(bases, roles, ("", *SITES))
    )


@dataclass(frozen=True)
class Desk:
    """Where a release is asked. A broken one differs in a function."""

    answering: Answering = answer
    adding: Adding = added

    def ask(self, released: Released, question: str, query: Query) -> Shown | None:
        """The figure, or nothing where it is shown only as part of another."""
        if query.but_unit or query.but_role:
            blocks = _whole(released, question, query)
            return self.adding(blocks, sum(b.invited for b in blocks)) if blocks else None
        try:
            told = self.answering(released, question, query.cell)
        except UnknownUnit:
            return None
        return told if isinstance(told, Shown) else None

    def block(self, block: ReleasedBlock) -> Shown:
        return self.adding([block], block.invited)


def sheets(released: Released, question: str) -> Iterator[Sheet]:
    return (sheet for (_, asked), sheet in released.sheets.items() if asked == question)


def touched(blocks: Iterable[ReleasedBlock], query: Query) -> list[ReleasedBlock]:
    return [block for block in blocks if any(query.holds(place) for place in block.of)]


def _whole(released: Released, question: str, query: Query) -> list[ReleasedBlock]:
    """The blocks a group is made of, where in each round it is made of whole ones."""
    found: list[ReleasedBlock] = []
    for sheet in sheets(released, question):
        blocks = touched(sheet.blocks, query)
        if not all(query.holds(place) for block in blocks for place in block.of):
            return []
        found += blocks
    return found
