"""Which cut of a release may be shown, and as what. The only road from releases to people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final

from bot.domain.deniability import Certainty, union_of
from bot.domain.insight import Change, Within
from bot.domain.people import UNASSIGNED, Cell
from bot.domain.release import (
    ReleasedBlock,
    ReleasedRound,
    ReleasedText,
    ReleasedTheme,
    ShownCount,
)
from bot.domain.sheet import Sheet, Sheets
from bot.domain.within import Apart
from bot.errors import Refusal
from bot.ports import Transaction
from bot.questions import KINDS
from bot.questions.kind import UNSEEN, Figure

#: Blocks whose sum is reckoned anew each time: there are more such cuts than are worth keeping.
FEW: Final = 4
#: Units named to whoever asked for one that nobody was asked in.
MOST_UNITS: Final = 8


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
    #: How far answers to it lay apart within blocks, in the year up to the newest round.
    seen: Within = UNSEEN


@dataclass(frozen=True, slots=True)
class ShownOnlyAs:
    """A cut that may not be shown by itself, and the smallest one around it that may."""

    cell: Cell


@dataclass(frozen=True, slots=True)
class Released:
    """Everything published about some rounds of one pulse, newest first."""

    rounds: tuple[ReleasedRound, ...]
    #: By (round, question).
    sheets: Sheets
    texts: tuple[ReleasedText, ...]
    themes: tuple[ReleasedTheme, ...]
    #: In the year up to the newest round.
    apart: Apart = field(default_factory=dict)

    @property
    def written(self) -> int:
        """Comments, as counted at close: the words themselves may be gone by now."""
        spoken = (sheet for sheet in self.sheets.values() if sheet.kind == "comment")
        hists = (block.hist for sheet in spoken for block in sheet.blocks)
        return sum(n for hist in hists for n in hist.values() if isinstance(n, int))

    @classmethod
    def of(cls, tx: Transaction, rounds: list[ReleasedRound]) -> Released:
        """With every comment and theme."""
        ids = [r.round for r in rounds]
        words = tuple(tx.releases.texts(ids)), tuple(tx.releases.themes(ids))
        return replace(cls.figures(tx, rounds), texts=words[0], themes=words[1])

    @classmethod
    def figures(cls, tx: Transaction, rounds: list[ReleasedRound]) -> Released:
        """Without words, of which there may be many."""
        sheets: dict[tuple[str, str], Sheet] = {}
        for round in rounds:
            sheets |= tx.releases.sheets(round.round)
        apart = tx.releases.apart(rounds[0].round) if rounds else {}
        return cls(tuple(rounds), sheets, (), (), apart)


def questions_of(released: Released) -> list[str]:
    """Ids in the order asked, newest round first."""
    asked = (q for (_, q), sheet in released.sheets.items() if sheet.kind != "comment")
    return list(dict.fromkeys(asked))


def answer(released: Released, question: str, cell: Cell) -> Shown | ShownOnlyAs:
    """The only road from a release to anybody's eyes.

    A cut is shown if, in every round that asked anybody in it, it was accepted at close or is a
    union of whole blocks; else everybody, whoever asks, is told the same wider cut it is a part of.
    Raises UnknownUnit where no round asked anybody in it.
    """
    sheets = [sheet for here, sheet in released.sheets.items() if here[1] == question]
    if len(sheets) == 1 and (known := sheets[0].sums.get(cell)):
        return known  # type: ignore[no-any-return]
    parts: list[ReleasedBlock] = []
    invited = 0
    for sheet in sheets:
        if parts and sheet.kind != parts[0].kind:
            # Asked in another way, it was another question.
            continue
        found = sheet.blocks_of(cell)
        if not found and sheet.asked(cell):
            return ShownOnlyAs(sheet.around(cell))
        invited += sheet.invited(cell)
        parts += found
    if not parts:
        raise unknown(cell, sheets)
    shown = added(parts, invited, released.apart.get((question, parts[0].kind), UNSEEN))
    if len(sheets) == 1 and len(parts) > FEW:
        sheets[0].sums[cell] = shown
    return shown


def unknown(cell: Cell, sheets: Iterable[Sheet]) -> UnknownUnit:
    """With the nearest name among those that were asked, or some of them."""
    units = sorted({place.unit for sheet in sheets for place in sheet.places} - {UNASSIGNED})
    said = f"I know no group “{cell.label}”."
    lower = {unit.casefold(): unit for unit in units}
    if near := get_close_matches(cell.label.casefold(), lower, 1):
        return UnknownUnit(f"{said} Did you mean “{lower[near[0]]}”?")
    some = ", ".join(units[:MOST_UNITS]) + (" and others" if len(units) > MOST_UNITS else "")
    return UnknownUnit(f"{said} Those asked were in {some}." if units else said)


def added(parts: Sequence[ReleasedBlock], invited: int, seen: Within = UNSEEN) -> Shown:
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
        figure=kind.headline(exact, n, invited, seen) if len(exact) == len(hist) and hist else None,
        certainty="≈" if floors else union_of(mark.shown for mark in marks),
        doubtful=tuple(c for c in hist if c in off),
        floors=floors,
        seen=seen,
    )


def exact_hist(block: ReleasedBlock) -> dict[str, int]:
    return {c: x for c, x in block.hist.items() if isinstance(x, int)}


def _sum(counts: list[ShownCount]) -> ShownCount:
    """Published counts added up; “some” alone stays “some”, beside numbers they are a floor."""
    known = [count for count in counts if isinstance(count, int)]
    return sum(known) if known else "some"
