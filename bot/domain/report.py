"""Reading what was released: the only road from releases to cards, files and exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.people import Cell, Place
from bot.domain.release import (
    Count,
    ReleasedBlock,
    ReleasedGroup,
    ReleasedRound,
    ReleasedText,
    ReleasedTheme,
    tier_cells,
)
from bot.errors import Refusal, UnknownPulse
from bot.ports import Transaction
from bot.questions import KINDS
from bot.questions.kind import Figure

SENTIMENTS: Final = ("negative", "neutral", "positive", "unknown", "junk")


class NothingYet(Refusal):
    """There is nothing to show yet: no round of this pulse has closed with enough answers."""

    reason = "nothing_yet"


class UnknownUnit(Refusal):
    """I know no unit of that name."""

    reason = "unknown_unit"


@dataclass(frozen=True, slots=True)
class Shown:
    """One question in one cut, over the rounds asked for."""

    question: str
    kind: str
    formula: str
    n: int
    invited: int
    hist: Mapping[str, Count]
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class ShownOnlyAs:
    """A cut that may not be shown by itself, and the smallest one around it that may."""

    label: str


@dataclass(frozen=True, slots=True)
class Report:
    rounds: tuple[ReleasedRound, ...]
    cell: Cell
    questions: tuple[Shown, ...]
    texts: tuple[ReleasedText, ...]
    themes: tuple[ReleasedTheme, ...]
    #: Sentiment -> comments, where comments may be shown.
    sentiment: Mapping[str, int]
    shown_only_as: str | None = None

    @property
    def newest(self) -> ReleasedRound:
        return self.rounds[0]

    @property
    def invited(self) -> int:
        whole = sum(r.invited for r in self.rounds)
        return whole if self.cell == Cell() else max((q.invited for q in self.questions), default=0)

    @property
    def answered(self) -> int:
        whole = sum(r.answered for r in self.rounds)
        return whole if self.cell == Cell() else max((q.n for q in self.questions), default=0)


@dataclass(frozen=True, slots=True)
class Released:
    """Everything published about some rounds of one pulse, newest first."""

    rounds: tuple[ReleasedRound, ...]
    blocks: tuple[ReleasedBlock, ...]
    groups: tuple[ReleasedGroup, ...]
    texts: tuple[ReleasedText, ...]
    themes: tuple[ReleasedTheme, ...]

    @classmethod
    def of(cls, tx: Transaction, rounds: list[ReleasedRound]) -> Released:
        ids = [r.round for r in rounds]
        releases = tx.releases
        return cls(
            tuple(rounds),
            tuple(releases.blocks(ids)),
            tuple(releases.groups(ids)),
            tuple(releases.texts(ids)),
            tuple(releases.themes(ids)),
        )


def report(tx: Transaction, pulse: str | None, cell: Cell, rounds: int = 1) -> Report:
    """The newest `rounds` closed rounds of a pulse, added up, for one cut of the company.

    Raises UnknownPulse or NothingYet.
    """
    newest = _newest_rounds(tx, pulse, rounds)
    released = Released.of(tx, newest)
    answers = [_answer(released, question, cell) for question in questions_of(released)]
    shown = tuple(a for a in answers if isinstance(a, Shown))
    hidden = next((a.label for a in answers if isinstance(a, ShownOnlyAs)), None)
    whole = cell == Cell()
    return Report(
        rounds=tuple(newest),
        cell=cell,
        questions=shown,
        texts=released.texts if whole else (),
        themes=released.themes if whole else (),
        sentiment=_sentiment(released) if whole else {},
        shown_only_as=hidden,
    )


def _newest_rounds(tx: Transaction, pulse: str | None, rounds: int) -> list[ReleasedRound]:
    if pulse is None:
        newest = [r for p in tx.pulses.all() for r in tx.releases.rounds(p.id, 1)]
        if not newest:
            raise NothingYet
        pulse = max(newest, key=lambda r: (r.closes_on, r.round)).pulse
    elif tx.pulses.get(pulse) is None:
        raise UnknownPulse(f"There is no pulse “{pulse}”.")
    found = tx.releases.rounds(pulse, rounds)
    if not found:
        raise NothingYet
    return found


def questions_of(released: Released) -> list[str]:
    """Ids in the order asked, newest round first."""
    return list(dict.fromkeys(b.question for b in released.blocks if b.kind != "comment"))


def _answer(released: Released, question: str, cell: Cell) -> Shown | ShownOnlyAs:
    """A cut is shown over all its rounds or not at all."""
    parts: list[ReleasedBlock] = []
    invited = 0
    for round in dict.fromkeys(b.round for b in released.blocks if b.question == question):
        blocks = [b for b in released.blocks if (b.round, b.question) == (round, question)]
        groups = {g.cell: g for g in released.groups if (g.round, g.question) == (round, question)}
        group = groups.get(cell)
        if group is None:
            return ShownOnlyAs(around(cell, blocks, groups).label)
        invited += group.invited
        parts += [b for b in blocks if b.block in group.blocks]
    return added(parts, invited)


def added(parts: list[ReleasedBlock], invited: int) -> Shown:
    first, n = parts[0], sum(b.n for b in parts)
    hist = {c: _sum([b.hist.get(c, 0) for b in parts]) for c in first.hist}
    exact = {c: x for c, x in hist.items() if isinstance(x, int)}
    figure = None
    if len(exact) == len(hist):
        figure = KINDS[first.kind].headline(exact, n, invited)
    return Shown(first.question, first.kind, first.formula, n, invited, hist, figure)


def _sum(counts: list[Count]) -> Count:
    """Published counts added up; “some” alone stays “some”, beside numbers they are a floor."""
    known = [count for count in counts if isinstance(count, int)]
    return sum(known) if known else "some"


def around(
    cell: Cell, blocks: Sequence[ReleasedBlock], groups: Mapping[Cell, ReleasedGroup]
) -> Cell:
    """The smallest shown cut that holds this one: its unit, its division, or everybody."""
    for place in places_of(blocks):
        if cell.holds(place):
            wider = (Cell(unit=place.unit), Cell(division=place.division))
            return next((c for c in wider if c != cell and c in groups), Cell())
    raise UnknownUnit(f"I know no group “{cell.label}”. Check the spelling in your people list.")


def refused(blocks: Sequence[ReleasedBlock], groups: Mapping[Cell, ReleasedGroup]) -> list[Cell]:
    """The cuts that were tried and may not be shown by themselves."""
    tried = [cell for tier in tier_cells(places_of(blocks)) for cell in tier]
    return sorted(set(tried) - set(groups))


def places_of(blocks: Sequence[ReleasedBlock]) -> list[Place]:
    return sorted({place for block in blocks for place in block.of})


def _sentiment(released: Released) -> dict[str, int]:
    found = dict.fromkeys(SENTIMENTS, 0)
    for text in released.texts:
        found[text.sentiment] += 1
    return found
