"""What every way of asking has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern
from typing import Final, Protocol

from bot.cards import Part
from bot.domain.ballot import Answer
from bot.domain.deniability import Certainty
from bot.domain.insight import Change, Within
from bot.domain.pulse import Band, Question
from bot.refs import Ref

#: A histogram, and how many people it is of.
Counted = tuple[Mapping[str, int], int]

#: Of a question nobody has answered before.
UNSEEN: Final = Within()


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline with its 95 % interval; all three in the unit of the formula."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a stored histogram may be from the truth, for one answer that may have moved."""

    shown: Certainty = "exact"
    #: Categories whose count may be off by one.
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """How a figure is said in a meeting: “about 4 in 10 are satisfied with IT”."""

    #: The categories of those who are counted.
    counts: frozenset[str]
    #: What they do: said of several, and of one.
    many: str
    one: str
    #: What of the question's wording belongs behind that; else the whole wording does.
    about: Pattern[str] | None = None
    #: Whether the more of them the better.
    good: bool = True
    #: Groups of categories drawn as one bar each, where there are too many for a phone.
    bars: tuple[tuple[str, frozenset[str]], ...] = ()


class Kind(Protocol):
    """One way of asking, in one file of this folder as `KIND`."""

    @property
    def id(self) -> str: ...

    @property
    def formula(self) -> str:
        """Id of how the headline is computed; stored beside every histogram."""
        ...

    @property
    def is_scale(self) -> bool:
        """Whether its categories are steps in an order, so that it can go together with others."""
        ...

    @property
    def help(self) -> str:
        """One line below the question; empty where it needs none."""
        ...

    @property
    def telling(self) -> Telling | None:
        """The one share worth repeating; None where there is none."""
        ...

    @property
    def smallest_block(self) -> int:
        """People who must have answered for a block to be shown; a pulse may ask for more."""
        ...

    def check(self, question: Question) -> list[str]:
        """What is wrong with this question's settings, one sentence each."""
        ...

    def read(self, question: Question, value: object) -> Answer:
        """The answer meant by an untrusted value; raises Refusal."""
        ...

    def part(self, question: Question, ref: Ref, text: str) -> Part: ...

    def worst(self, question: Question) -> int:
        """The longest this answer's JSON can get, in bytes of UTF-8."""
        ...

    def categories(self, question: Question) -> tuple[str, ...]:
        """The histogram's keys, in order; empty for words."""
        ...

    def counted(self, answer: Answer) -> tuple[str, ...]:
        """The categories one answer counts in."""
        ...

    def band(self, answer: Answer) -> Band:
        """Which wording a follow-up takes after this answer."""
        ...

    def deny(self, question: Question, hist: Mapping[str, int], n: int) -> dict[str, int]:
        """The histogram to store of a block of `n`, so that it says nothing certain of anyone."""
        ...

    def mark(self, hist: Mapping[str, int], n: int) -> Mark:
        """What must stand beside a stored histogram, from itself alone."""
        ...

    def change(self, before: Counted, after: Counted, seen: Within = UNSEEN) -> Change | None:
        """How the headline moved; None where it has none."""
        ...

    def headline(
        self, hist: Mapping[str, int], n: int, invited: int, seen: Within = UNSEEN
    ) -> Figure | None:
        """The figure people read; None where there is none to be had. `seen` is how far answers
        to the question lay apart lately, which a mean of few answers borrows."""
        ...


def no_options(question: Question) -> list[str]:
    return [f"{question.kind} takes no options; remove them"] if question.options else []
