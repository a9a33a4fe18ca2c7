"""What becomes of the answers at close: histograms and comments by block, never by person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.domain.people import Cell, Place

#: Nobody's count is shown where fewer than this many, or all but fewer, would be meant.
FEWEST_OF_AN_OPTION: Final = 3
#: Comments are shown from this many respondents of the round and this many comments on.
RESPONDENTS_FOR_TEXT: Final = 10
FEWEST_TEXTS: Final = 3

Count = int | str
Places = frozenset[Place]


@dataclass(frozen=True, slots=True)
class ReleasedRound:
    round: str
    pulse: str
    opens_on: date
    closes_on: date
    invited: int
    answered: int


@dataclass(frozen=True, slots=True)
class ReleasedBlock:
    """The smallest thing ever shown: so many people's answers to one question, together."""

    round: str
    question: str
    kind: str
    formula: str
    #: Counts from 0 within (round, question).
    block: int
    label: str
    #: People of the block who answered, and all of them.
    n: int
    invited: int
    #: Category -> count or "some", in the kind's own order.
    hist: Mapping[str, Count]
    #: Every invited place in it with its number invited, silent ones too.
    of: Mapping[Place, int]


@dataclass(frozen=True, slots=True)
class ReleasedGroup:
    """A cut that may be shown: the blocks it is the sum of."""

    round: str
    question: str
    cell: Cell
    invited: int
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReleasedText:
    #: 128 random bits, hex; no two comments of one person share anything.
    id: str
    round: str
    question: str
    block: str
    body: str
    themes: tuple[str, ...]
    sentiment: str


@dataclass(frozen=True, slots=True)
class ReleasedTheme:
    round: str
    question: str
    theme: str
    mentions: int
    negative: int


@dataclass(slots=True)
class Tally:
    """Answers to one question, by place; it does not grow with the number of ballots."""

    answered: Counter[Place] = field(default_factory=Counter)
    counts: dict[Place, Counter[str]] = field(default_factory=dict)

    def add(self, place: Place, categories: tuple[str, ...]) -> None:
        self.answered[place] += 1
        self.counts.setdefault(place, Counter()).update(categories)

    def merge(self, other: Tally) -> None:
        self.answered.update(other.answered)
        for place, counts in other.counts.items():
            self.counts.setdefault(place, Counter()).update(counts)

    def hist(self, places: Places, categories: tuple[str, ...]) -> dict[str, int]:
        total: Counter[str] = Counter()
        for place in places:
            total.update(self.counts.get(place, {}))
        return {category: total[category] for category in categories}


@dataclass(frozen=True, slots=True)
class Partition:
    """Disjoint blocks of places, and the cuts that are unions of them."""

    blocks: tuple[Places, ...]
    groups: tuple[tuple[Cell, tuple[int, ...]], ...]


#: The cuts tried at close, in their fixed order; each says which cell a place falls into.
TIERS: Final[tuple[Callable[[Place], Cell], ...]] = (
    lambda p: Cell(division=p.division),
    lambda p: Cell(unit=p.unit),
    lambda p: Cell(division=p.division, role=p.role),
    lambda p: Cell(unit=p.unit, role=p.role),
    lambda p: Cell(unit=p.unit, site=p.site),
)


def tier_cells(places: Iterable[Place]) -> list[dict[Cell, Places]]:
    """Every cut of every tier with the places in it. A function of the frozen plan alone."""
    found = []
    for cell_of in TIERS:
        cells: dict[Cell, set[Place]] = {}
        for place in places:
            cells.setdefault(cell_of(place), set()).add(place)
        found.append({cell: frozenset(inside) for cell, inside in cells.items()})
    return found


def partition(invited: Mapping[Place, int], answered: Mapping[Place, int], k: int) -> Partition:
    """Split by each cut that leaves nobody in a group of fewer than `k`.

    Looks at who answered, never at what: refusing a cut says nothing about scores.
    """
    everyone = frozenset(invited)

    def size(places: Places) -> int:
        return sum(answered.get(place, 0) for place in places)

    if size(everyone) < k:
        return Partition((), ())
    blocks = [everyone]
    accepted = [(Cell(), everyone)]
    for tier in tier_cells(invited):
        for cell, inside in sorted(tier.items(), key=lambda c: (-size(c[1]), c[0])):
            if size(inside) >= k and all(_splits(b, inside, size, k) for b in blocks):
                blocks = [part for block in blocks for part in _split(block, inside, size)]
                accepted.append((cell, inside))
    return Partition(
        tuple(blocks), tuple((cell, _within(blocks, inside, size)) for cell, inside in accepted)
    )


Size = Callable[[Places], int]


def _splits(block: Places, inside: Places, size: Size, k: int) -> bool:
    """Whether a cut leaves either nobody or at least `k` on both sides of a block."""
    part = size(block & inside)
    return part == 0 or (part >= k and ((rest := size(block) - part) == 0 or rest >= k))


def _split(block: Places, inside: Places, size: Size) -> list[Places]:
    """The two sides of a block; one whole where either side holds only silent places."""
    sides = [block & inside, block - inside]
    return sides if all(size(side) for side in sides) else [block]


def _within(blocks: list[Places], inside: Places, size: Size) -> tuple[int, ...]:
    return tuple(i for i, block in enumerate(blocks) if size(block & inside))


def shown_counts(hist: Mapping[str, int], n: int) -> dict[str, Count]:
    """A follow-up's counts on its parent's block of `n`: exact only from 3 to n - 3."""
    fewest = FEWEST_OF_AN_OPTION
    return {c: x if fewest <= x <= n - fewest else "some" for c, x in hist.items()}


def label(block: Places, invited: Iterable[Place]) -> str:
    """A block by the units in it, e.g. “Legal + part of Finance”."""
    whole: dict[str, bool] = {}
    for place in sorted(invited):
        if place in block:
            whole.setdefault(place.unit, True)
    for place in invited:
        if place.unit in whole and place not in block:
            whole[place.unit] = False
    names = [unit if is_whole else f"part of {unit}" for unit, is_whole in whole.items()]
    return " + ".join(names)
