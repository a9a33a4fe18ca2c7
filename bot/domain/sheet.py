"""What one round published about one question, as it is looked into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.people import Cell, Place
from bot.domain.release import ReleasedBlock, ReleasedGroup, tier_cells


@dataclass(frozen=True, slots=True)
class Sheet:
    blocks: tuple[ReleasedBlock, ...]
    #: The cuts accepted at close.
    groups: Mapping[Cell, ReleasedGroup]
    #: Sums of many blocks, by cut: what is published never changes, so they are reckoned once.
    sums: dict[Cell, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    @property
    def kind(self) -> str:
        return self.blocks[0].kind

    @property
    def places(self) -> dict[Place, int]:
        return {place: invited for block in self.blocks for place, invited in block.of.items()}

    def blocks_of(self, cell: Cell) -> list[ReleasedBlock]:
        """The blocks a cut is the sum of; none where it may not be shown."""
        group = self.groups.get(cell)
        if group:
            wanted = frozenset(group.blocks)
            return [b for b in self.blocks if b.block in wanted]
        touched = [b for b in self.blocks if any(cell.holds(place) for place in b.of)]
        whole = all(cell.holds(place) for b in touched for place in b.of)
        return touched if whole else []

    def invited(self, cell: Cell) -> int:
        if group := self.groups.get(cell):
            return group.invited
        return sum(count for place, count in self.places.items() if cell.holds(place))

    def asked(self, cell: Cell) -> bool:
        """Whether anybody of a cut was; where pulses rotate, a unit may have to wait its turn."""
        return any(cell.holds(place) for place in self.places)

    def around(self, cell: Cell) -> Cell:
        """The smallest shown cut that holds all of this one: a unit, a division, or everybody.

        Somebody of it must have been asked.
        """
        inside = [place for place in sorted(self.places) if cell.holds(place)]
        wider = (Cell(unit=inside[0].unit), Cell(division=inside[0].division))
        fits = (c for c in wider if c != cell and all(map(c.holds, inside)) and self.blocks_of(c))
        return next(fits, Cell())

    def refused(self) -> list[Cell]:
        """The cuts that were tried and may not be shown by themselves."""
        tried = [cell for tier in tier_cells(self.places) for cell in tier]
        return sorted(cell for cell in set(tried) if not self.blocks_of(cell))


#: By (round, question), in the order of the blocks.
Sheets = Mapping[tuple[str, str], Sheet]


def sheets_of(blocks: Iterable[ReleasedBlock], groups: Iterable[ReleasedGroup]) -> Sheets:
    parts: dict[tuple[str, str], list[ReleasedBlock]] = {}
    cells: defaultdict[tuple[str, str], dict[Cell, ReleasedGroup]] = defaultdict(dict)
    for block in blocks:
        parts.setdefault((block.round, block.question), []).append(block)
    for group in groups:
        cells[group.round, group.question][group.cell] = group
    return {here: Sheet(tuple(found), cells[here]) for here, found in parts.items()}
