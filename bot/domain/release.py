"""What becomes of the answers at close: histograms and comments by block, never by person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, count
from typing import Final

from bot.domain.people import Cell, Place

#: Nobody's count is shown where fewer than this many, or all but fewer, would be meant.
FEWEST_OF_AN_OPTION: Final = 3
#: Comments are shown from this many respondents of the round and this many comments on.
RESPONDENTS_FOR_TEXT: Final = 10
FEWEST_TEXTS: Final = 3

#: A count as it is shown: "some" where the number itself may not be.
ShownCount = int | str
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
    hist: Mapping[str, ShownCount]
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
    #: As it was judged at close; what is counted is counted by this.
    sentiment: str
    #: The words that decided, as far as they are in the body.
    because: tuple[str, ...] = ()
    #: What a lead has made of the sentiment since; empty where nobody has.
    corrected: str = ""

    @property
    def tone(self) -> str:
        """The sentiment to show."""
        return self.corrected or self.sentiment


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
    counts: defaultdict[Place, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, place: Place, categories: tuple[str, ...]) -> None:
        self.answered[place] += 1
        here = self.counts[place]
        for category in categories:
            here[category] += 1

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


#: The cuts tried at close, in their fixed order, by what they name.
TIERS: Final = (
    ("division",),
    ("unit",),
    ("division", "role"),
    ("unit", "role"),
    ("unit", "site"),
)


def tier_cells(places: Iterable[Place]) -> list[dict[Cell, Places]]:
    """Every cut of every tier with the places in it. A function of the frozen plan alone."""
    found = []
    for names in TIERS:
        cells: dict[Cell, set[Place]] = {}
        for place in places:
            named = {name: getattr(place, name) for name in names}
            if all(named.values()):
                cells.setdefault(Cell(**named), set()).add(place)
        found.append({cell: frozenset(inside) for cell, inside in cells.items()})
    return found


def invited_by_cell(places: Mapping[Place, int]) -> dict[Cell, int]:
    """How many are invited in every cut that is tried, and in all."""
    found = {Cell(): sum(places.values())}
    for tier in tier_cells(places):
        found |= {cell: sum(places[place] for place in inside) for cell, inside in tier.items()}
    return found


@dataclass(frozen=True, slots=True)
class Measure:
    """Something counted by place, of which no side of a split may hold 1 to `fewest` - 1."""

    counts: Mapping[Place, int]
    fewest: int

    def of(self, places: Places) -> int:
        return sum(self.counts.get(place, 0) for place in places)

    def allows(self, block: Places, inside: Places) -> bool:
        part = self.of(block & inside)
        rest = self.of(block) - part
        return all(side == 0 or side >= self.fewest for side in (part, rest))


def partition(
    invited: Mapping[Place, int], answered: Mapping[Place, int], k: int, *also: Measure
) -> Partition:
    """Split by each cut that leaves nobody in a group of fewer than `k`, nor breaks `also`.

    Looks at who answered, never at what: refusing a cut says nothing about scores.
    """
    people = Measure(answered, k)
    everyone = frozenset(invited)
    if any(measure.of(everyone) < measure.fewest for measure in (people, *also)):
        return Partition((), ())
    blocks = [everyone]
    accepted = [(Cell(), everyone)]
    for tier in tier_cells(invited):
        for cell, inside in sorted(tier.items(), key=lambda c: (-people.of(c[1]), c[0])):
            touched = [block for block in blocks if not block.isdisjoint(inside)]
            allowed = all(m.allows(b, inside) for b in touched for m in (people, *also))
            if people.of(inside) >= k and allowed:
                blocks = [part for block in blocks for part in _split(block, inside, people)]
                accepted.append((cell, inside))
    groups = ((cell, _within(blocks, inside, people)) for cell, inside in accepted)
    return Partition(tuple(blocks), tuple(groups))


def _split(block: Places, inside: Places, people: Measure) -> list[Places]:
    """The two sides of a block; one whole where either side holds only silent places."""
    if block.isdisjoint(inside):
        return [block]
    sides = [block & inside, block - inside]
    return sides if all(people.of(side) for side in sides) else [block]


def _within(blocks: list[Places], inside: Places, people: Measure) -> tuple[int, ...]:
    touched = ((i, block) for i, block in enumerate(blocks) if not block.isdisjoint(inside))
    return tuple(i for i, block in touched if people.of(block & inside))


def shown_counts(hist: Mapping[str, int], n: int) -> dict[str, ShownCount]:
    """A follow-up's counts on its parent's block of `n`: exact only from 3 to n - 3."""
    fewest = FEWEST_OF_AN_OPTION
    return {c: x if fewest <= x <= n - fewest else "some" for c, x in hist.items()}


def label(block: Places, invited: Iterable[Place]) -> str:
    """A block by the units in it, e.g. “Legal + Finance, Staff + part of Sales”."""
    units: dict[str, list[Place]] = {}
    for place in sorted(block):
        units.setdefault(place.unit, []).append(place)
    outside = {place.unit for place in invited if place.unit in units and place not in block}
    named = (_unit(u, p) if u in outside else u for u, p in units.items())
    return " + ".join(named)


def _unit(unit: str, places: list[Place]) -> str:
    """A piece of a unit by the one role or site that its places have in common."""
    for names in ({place.role for place in places}, {place.site for place in places}):
        if len(names) == 1 and (name := names.pop()):
            return f"{unit}, {name}"
    return f"part of {unit}"


def distinct(labels: Iterable[str]) -> list[str]:
    """The labels with a number behind any that came before."""
    told: list[str] = []
    for name in labels:
        numbered = (f"{name} ({number})" for number in count(2))
        told.append(next(label for label in chain([name], numbered) if label not in told))
    return told
