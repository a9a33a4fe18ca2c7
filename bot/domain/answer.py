"""Which cut of a release may be shown, and as what. The only road from releases to people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.deniability import Certainty, union_of
from bot.domain.insight import Change
from bot.domain.people import Cell, Place
from bot.domain.release import (
    ReleasedBlock,
    ReleasedGroup,
    ReleasedRound,
    ReleasedText,
    ReleasedTheme,
    ShownCount,
    tier_cells,
)
from bot.errors import Refusal
from bot.ports import Transaction
from bot.questions import KINDS
from bot.questions.kind import Figure


class UnknownUnit(Refusal):
    """I know no unit of that name."""

    reason = "unknown_unit"


@dataclass(frozen=True, slots=True)
class Shown:
    """One question in one cut, over the rounds asked for."""

    question: str
    kind: str
    formula: str
    #: Ids of the blocks it is the sum of, where it is of one round.
    blocks: tuple[int, ...]
    n: int
    invited: int
    hist: Mapping[str, ShownCount]
    figure: Figure | None
    #: The question's wording, and that of each category.
    text: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    #: Against as many rounds before, where there were any and they may be shown.
    change: Change | None = None
    #: How the truth stands to the scale's mean, for the few answers that may have moved.
    certainty: Certainty = "exact"
    #: Categories whose count may be off.
    doubtful: tuple[str, ...] = ()
    #: Categories whose count is a floor: a block says only “some” of them.
    floors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownOnlyAs:
    """A cut that may not be shown by itself, and the smallest one around it that may."""

    cell: Cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one round published about one question."""

    blocks: tuple[ReleasedBlock, ...]
    #: The cuts accepted at close.
    groups: Mapping[Cell, ReleasedGroup]

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


@dataclass(frozen=True, slots=True)
class Released:
    """Everything published about some rounds of one pulse, newest first."""

    rounds: tuple[ReleasedRound, ...]
    blocks: tuple[ReleasedBlock, ...]
    #: By (round, question).
    sheets: Mapping[tuple[str, str], Sheet]
    texts: tuple[ReleasedText, ...]
    themes: tuple[ReleasedTheme, ...]

    @classmethod
    def of(cls, tx: Transaction, rounds: list[ReleasedRound]) -> Released:
        ids = [r.round for r in rounds]
        releases = tx.releases
        age = {id: place for place, id in enumerate(ids)}
        blocks = tuple(sorted(releases.blocks(ids), key=lambda block: age[block.round]))
        return cls(
            tuple(rounds),
            blocks,
            _sheets(blocks, releases.groups(ids)),
            tuple(releases.texts(ids)),
            tuple(releases.themes(ids)),
        )

    @classmethod
    def figures_of(cls, tx: Transaction, round: ReleasedRound) -> Released:
        """One round without its words."""
        blocks = tuple(tx.releases.blocks([round.round]))
        return cls((round,), blocks, _sheets(blocks, tx.releases.groups([round.round])), (), ())


def _sheets(
    blocks: Iterable[ReleasedBlock], groups: Iterable[ReleasedGroup]
) -> dict[tuple[str, str], Sheet]:
    """In the order of the blocks."""
    parts: dict[tuple[str, str], list[ReleasedBlock]] = {}
    cells: defaultdict[tuple[str, str], dict[Cell, ReleasedGroup]] = defaultdict(dict)
    for block in blocks:
        parts.setdefault((block.round, block.question), []).append(block)
    for group in groups:
        cells[group.round, group.question][group.cell] = group
    return {here: Sheet(tuple(found), cells[here]) for here, found in parts.items()}


def questions_of(released: Released) -> list[str]:
    """Ids in the order asked, newest round first."""
    return list(dict.fromkeys(b.question for b in released.blocks if b.kind != "comment"))


def answer(released: Released, question: str, cell: Cell) -> Shown | ShownOnlyAs:
    """The only road from a release to anybody's eyes.

    A cut is shown if, in every round that asked anybody in it, it was accepted at close or is a
    union of whole blocks; else everybody, whoever asks, is told the same wider cut it is a part of.
    Raises UnknownUnit where no round asked anybody in it.
    """
    parts: list[ReleasedBlock] = []
    invited = 0
    for sheet in (s for here, s in released.sheets.items() if here[1] == question):
        if parts and sheet.blocks[0].kind != parts[0].kind:
            # Asked in another way, it was another question.
            continue
        found = sheet.blocks_of(cell)
        if not found and sheet.asked(cell):
            return ShownOnlyAs(sheet.around(cell))
        invited += sheet.invited(cell)
        parts += found
    if not parts:
        raise UnknownUnit(f"I know no group “{cell.label}”. Check the spelling in the people list.")
    return added(parts, invited)


def added(parts: Sequence[ReleasedBlock], invited: int) -> Shown:
    """The sum of blocks. Parents are sums of what was stored, never counted again."""
    first, kind = parts[0], KINDS[parts[0].kind]
    n = sum(b.n for b in parts)
    # An option may have come or gone between two rounds.
    categories = dict.fromkeys(category for b in parts for category in b.hist)
    hist = {c: _sum([b.hist.get(c, 0) for b in parts]) for c in categories}
    exact = {c: x for c, x in hist.items() if isinstance(x, int)}
    # The counts of a follow-up are never moved, and those shown as “some” could not be judged.
    marks = [kind.mark(exact_hist(b), b.n) for b in parts if "some" not in b.hist.values()]
    floors = tuple(c for c in exact if any(b.hist.get(c) == "some" for b in parts))
    off = {c for mark in marks for c in mark.doubtful} | set(floors)
    return Shown(
        question=first.question,
        kind=first.kind,
        formula=first.formula,
        blocks=tuple(b.block for b in parts),
        n=n,
        invited=invited,
        hist=hist,
        figure=kind.headline(exact, n, invited) if len(exact) == len(hist) and hist else None,
        certainty="≈" if floors else union_of(mark.shown for mark in marks),
        doubtful=tuple(c for c in hist if c in off),
        floors=floors,
    )


def exact_hist(block: ReleasedBlock) -> dict[str, int]:
    return {c: x for c, x in block.hist.items() if isinstance(x, int)}


def _sum(counts: list[ShownCount]) -> ShownCount:
    """Published counts added up; “some” alone stays “some”, beside numbers they are a floor."""
    known = [count for count in counts if isinstance(count, int)]
    return sum(known) if known else "some"
