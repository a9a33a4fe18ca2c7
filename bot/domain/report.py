"""What IT leads read: the newest rounds of a pulse, for one cut of the company."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from bot.cards import Choices, Scale
from bot.domain import grumbles
from bot.domain.answer import (
    Released,
    Shown,
    ShownOnlyAs,
    UnknownUnit,
    answer,
    questions_of,
    unknown,
)
from bot.domain.dialogue import find
from bot.domain.insight import Change
from bot.domain.people import Cell
from bot.domain.pulse import Question
from bot.domain.release import ReleasedRound, ReleasedText, ReleasedTheme
from bot.errors import NotAllowed, Refusal, UnknownPulse
from bot.ports import Transaction
from bot.questions import KINDS
from bot.refs import Ref

#: Beside the newest round of all, what still counts as asked lately.
LATELY: Final = timedelta(weeks=8)
SENTIMENTS: Final = ("negative", "neutral", "positive", "unknown", "junk")


class NotYours(NotAllowed):
    """You see the figures of some units only. Name one of them."""


class NothingYet(Refusal):
    """There is nothing to show yet: no round of this pulse has closed with enough answers."""

    reason = "nothing_yet"


@dataclass(frozen=True, slots=True)
class Report:
    rounds: tuple[ReleasedRound, ...]
    cell: Cell
    questions: tuple[Shown, ...]
    #: The rounds before, as many: what changes are told against.
    earlier: tuple[ReleasedRound, ...]
    shown_only_as: str | None = None
    #: What was written; empty where only figures were asked for.
    texts: tuple[ReleasedText, ...] = ()
    themes: tuple[ReleasedTheme, ...] = ()
    #: Comments of everybody, as counted at close; some may be gone since.
    written: int = 0
    #: Sentiment -> comments, where comments may be shown.
    sentiment: Mapping[str, int] = field(default_factory=dict)

    @property
    def newest(self) -> ReleasedRound:
        return self.rounds[0]

    def by_question(self, question: str) -> Shown | None:
        return next((s for s in self.questions if s.question == question), None)

    @property
    def invited(self) -> int:
        whole = sum(r.invited for r in self.rounds)
        return whole if self.cell == Cell() else max((q.invited for q in self.questions), default=0)

    @property
    def answered(self) -> int:
        whole = sum(r.answered for r in self.rounds)
        return whole if self.cell == Cell() else max((q.n for q in self.questions), default=0)


def report(
    tx: Transaction,
    pulse: str | None,
    cell: Cell,
    rounds: int = 1,
    only: Collection[str] = (),
) -> Report:
    """`figures` with what was written."""
    found = figures(tx, pulse, cell, rounds, only)
    released = Released.figures(tx, list(found.rounds))
    texts = texts_of(tx, released, cell)
    return replace(
        found,
        texts=texts,
        themes=tuple(tx.releases.themes([r.round for r in found.rounds])) if cell == Cell() else (),
        written=released.written,
        sentiment=_sentiment(texts),
    )


def figures(
    tx: Transaction,
    pulse: str | None,
    cell: Cell,
    rounds: int = 1,
    only: Collection[str] = (),
) -> Report:
    """The newest `rounds` closed rounds of a pulse, added up, for one cut of the company.

    `only` are the units whose figures the reader may see; empty: no limit. It takes cuts away and
    never makes new ones. Raises UnknownPulse, UnknownUnit, NothingYet or NotYours.
    """
    _allow(cell, only)
    known = _newest_rounds(tx, pulse, 2 * rounds)
    found = _report(tx, known[:rounds], known[rounds:], cell)
    if cell != Cell() and not (found.questions or found.shown_only_as):
        raise NothingYet(f"No figure can be shown of “{cell.label}” by itself. Ask for everybody.")
    return found


def history(
    tx: Transaction,
    pulse: str | None,
    cell: Cell,
    rounds: int,
    only: Collection[str] = (),
) -> list[Report]:
    """The figures of the newest rounds each by itself, oldest first, without those that did not
    ask this cut."""
    _allow(cell, only)
    known = _newest_rounds(tx, pulse, rounds + 1)
    told = []
    for number in range(min(rounds, len(known))):
        with suppress(UnknownUnit):
            now, before = known[number : number + 1], known[number + 1 : number + 2]
            told.append(_report(tx, now, before, cell))
    if not told:
        newest = Released.figures(tx, known[:1])
        raise unknown(cell, newest.sheets.values())
    return told[::-1]


def _allow(cell: Cell, only: Collection[str]) -> None:
    if only and cell.unit not in only:
        raise NotYours(f"You see the figures of {', '.join(sorted(only))} only. Name one of them.")


def allow_text(tx: Transaction, text: ReleasedText, only: Collection[str]) -> None:
    """Raises NotYours for a comment that is in none of these units; none of them: no limit."""
    if not only:
        return
    sheet = tx.releases.sheets(text.round).get((text.round, text.question))
    seen = {b.label for unit in only if sheet for b in sheet.blocks_of(Cell(unit=unit))}
    if text.block not in seen:
        raise NotYours(f"You see what was written in {', '.join(sorted(only))} only.")


def over_time(
    tx: Transaction, pulse: str, question: str, cell: Cell, rounds: int
) -> list[tuple[ReleasedRound, Shown | None]]:
    """One question in the newest rounds that asked it of this cut, oldest first; None where it may
    not be shown. Reads figures alone."""
    told: list[tuple[ReleasedRound, Shown | None]] = []
    for round in tx.releases.rounds(pulse, rounds):
        with suppress(UnknownUnit):
            found = answer(Released.figures(tx, [round]), question, cell)
            told.append((round, found if isinstance(found, Shown) else None))
    return told[::-1]


def _report(
    tx: Transaction, newest: list[ReleasedRound], earlier: list[ReleasedRound], cell: Cell
) -> Report:
    released, before = Released.figures(tx, newest), Released.figures(tx, earlier)
    answers = [answer(released, question, cell) for question in questions_of(released)]
    hidden = next((a.cell.label for a in answers if isinstance(a, ShownOnlyAs)), None)
    asked = tx.rounds.questions(newest[0].round)
    shown = [_compared(a, before, cell) for a in answers if isinstance(a, Shown)]
    return Report(
        rounds=tuple(newest),
        cell=cell,
        questions=tuple(_worded(one, asked) for one in shown),
        earlier=tuple(earlier),
        shown_only_as=hidden,
    )


def _worded(shown: Shown, asked: tuple[Question, ...]) -> Shown:
    """With the words people saw, which are those of the newest round."""
    found = find(asked, shown.question)
    if found is None:
        return replace(shown, text=shown.question)
    question, kind = found[0], KINDS[shown.kind]
    text = _asked(question)
    part = kind.part(question, Ref("answer"), text)
    options = part.options if isinstance(part, Scale | Choices) else ()
    many = isinstance(part, Choices) and part.many
    labels = {kind.counted([str(o.value)] if many else o.value)[0]: o.label for o in options}
    return replace(shown, text=text, labels=labels)


def _asked(question: Question) -> str:
    """A follow-up was asked in other words after a low score than after a high one."""
    if question.wordings:
        return f"{question.wording('low')} / {question.wording('high')}"
    return question.text or question.id


def released_last(tx: Transaction) -> list[ReleasedRound]:
    """The newest closed round of each pulse, the newest of all first."""
    newest = [r for p in tx.pulses.all() for r in tx.releases.rounds(p.id, 1)]
    return sorted(newest, key=lambda r: (r.closes_on, r.round), reverse=True)


def main_pulse(tx: Transaction) -> str:
    """Of the pulses that were asked lately the one that asked most people; raises NothingYet."""
    newest = released_last(tx)
    if not newest:
        raise NothingYet
    lately = [r for r in newest if newest[0].closes_on - r.closes_on <= LATELY]
    return max(lately, key=lambda r: r.invited).pulse


def _newest_rounds(tx: Transaction, pulse: str | None, rounds: int) -> list[ReleasedRound]:
    if pulse is None:
        pulse = main_pulse(tx)
    elif pulse != grumbles.PULSE and tx.pulses.get(pulse) is None:
        raise UnknownPulse(f"There is no pulse “{pulse}”.")
    found = tx.releases.rounds(pulse, rounds)
    if not found:
        raise NothingYet
    return found


def _compared(now: Shown, before: Released, cell: Cell) -> Shown:
    try:
        was = answer(before, now.question, cell)
    except UnknownUnit:
        return now
    return replace(now, change=between(was, now)) if isinstance(was, Shown) else now


def between(was: Shown, now: Shown) -> Change | None:
    """How a figure moved from one cut or round to another; None where that cannot be said."""
    if was.kind != now.kind or not (was.figure and now.figure):
        return None
    old, new = ({c: x for c, x in s.hist.items() if isinstance(x, int)} for s in (was, now))
    return KINDS[now.kind].change((old, was.n), (new, now.n), now.seen)


def texts_of(tx: Transaction, released: Released, cell: Cell) -> tuple[ReleasedText, ...]:
    """Comments of whole text blocks; they have blocks of their own."""
    shown = {
        (*here, block.label)
        for here, sheet in released.sheets.items()
        if sheet.kind == "comment"
        for block in sheet.blocks_of(cell)
    }
    # A part of many is not worth reading them all.
    blocks = {block for _, _, block in shown} if cell != Cell() else ()
    written = tx.releases.texts([round for round, _, _ in shown], blocks)
    return tuple(t for t in written if (t.round, t.question, t.block) in shown)


def _sentiment(texts: Iterable[ReleasedText]) -> dict[str, int]:
    found = dict.fromkeys(SENTIMENTS, 0)
    for text in texts:
        found[text.sentiment] += 1
    return found
