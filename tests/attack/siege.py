"""Asks a played company everything that may be asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from bot.domain.answer import Released, Shown
from bot.domain.people import Place
from bot.domain.release import ReleasedBlock
from tests.attack.evidence import Bits
from tests.attack.questions import WINDOWS, Desk, Query, queries, sheets
from tests.attack.reading import Publishing, publishes
from tests.attack.stage import Said


class Edition(NamedTuple):
    """What was published of each round, and the answers it was made of."""

    released: Sequence[Released]
    said: Sequence[Said]


@dataclass(frozen=True)
class Office:
    """A product under attack; a broken one differs in what is given here."""

    #: The product has one: a round is published once.
    editions: Sequence[Edition]
    desk: Desk = field(default_factory=Desk)
    publishing: Publishing = publishes


class Told(NamedTuple):
    """A figure, the answers it is about, and the blocks it should be the sum of."""

    edition: int
    shown: Shown
    members: Bits
    blocks: Sequence[ReleasedBlock]


class Siege:
    """What comes out of asking about one question.

    `said` are its answers as the attacker knows them: who, where and in which round.
    """

    def __init__(self, office: Office, question: str, said: Sequence[Said]) -> None:
        self._office = office
        self._question = question
        self._places = sorted({one.place for one in said})
        at = {place: number for number, place in enumerate(self._places)}
        self._at = np.array([at[one.place] for one in said], dtype=np.intp)
        self._round = np.array([one.round for one in said], dtype=np.intp)
        self._person = [(one.person, one.round) for one in said]
        #: How often something was asked.
        self.asked = 0
        self.told = [one for number in range(len(office.editions)) for one in self._ask(number)]

    def _ask(self, number: int) -> Iterator[Told]:
        edition = self._office.editions[number]
        counted = {(one.person, one.round) for one in edition.said}
        known = np.array([who in counted for who in self._person])
        for rounds in WINDOWS:
            released = together([edition.released[round] for round in rounds])
            yield from self._window(number, released, known & np.isin(self._round, rounds))
        for round, released in enumerate(edition.released):
            for block in _blocks(released, self._question):
                self.asked += 1
                members = self._in(block.of) & known & (self._round == round)
                yield Told(number, self._office.desk.block(block), members, [block])

    def _window(self, number: int, released: Released, inside: Bits) -> Iterator[Told]:
        blocks = [(b, self._answered(b) & inside) for b in _blocks(released, self._question)]
        for query in queries():
            self.asked += 1
            shown = self._office.desk.ask(released, self._question, query)
            if shown:
                members = self._held(query) & inside
                assert members.sum() == shown.n, "the attacker's picture of the company is wrong"
                parts = [block for block, theirs in blocks if (theirs & members).any()]
                yield Told(number, shown, members, parts)

    def _answered(self, block: ReleasedBlock) -> Bits:
        names = [released.rounds[0].round for released in self._office.editions[0].released]
        return np.asarray(self._in(block.of) & (self._round == names.index(block.round)))

    def _held(self, query: Query) -> Bits:
        return self._in({place for place in self._places if query.holds(place)})

    def _in(self, places: Collection[Place]) -> Bits:
        held = np.array([place in places for place in self._places])
        return np.asarray(held[self._at])


def together(released: Sequence[Released]) -> Released:
    """Several rounds as one window, newest first."""
    newest = sorted(released, key=lambda r: r.rounds[0].opens_on, reverse=True)
    return Released(
        tuple(round for r in newest for round in r.rounds),
        {key: sheet for r in newest for key, sheet in r.sheets.items()},
        tuple(text for r in newest for text in r.texts),
        tuple(theme for r in newest for theme in r.themes),
    )


def _blocks(released: Released, question: str) -> list[ReleasedBlock]:
    return [block for sheet in sheets(released, question) for block in sheet.blocks]
