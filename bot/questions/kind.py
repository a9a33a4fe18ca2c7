"""What every way of asking has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.cards import Option, Part, Scale
from bot.domain.ballot import Answer
from bot.domain.pulse import Band, Question
from bot.errors import BadValue
from bot.refs import Ref


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline with its 95 % interval; all three in the unit of the formula."""

    value: float
    low: float | None
    high: float | None


#: Category (as JSON key) -> count, or "some" where the count itself may not be shown.
Histogram = Mapping[str, "int | str"]


class Kind(Protocol):
    """One way of asking, in one file of this folder as `KIND`."""

    @property
    def id(self) -> str: ...

    @property
    def formula(self) -> str:
        """Id of how the headline is computed; stored beside every histogram."""
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

    def headline(self, hist: Mapping[str, int], n: int, invited: int) -> Figure | None:
        """The figure people read; None where there is none to be had."""
        ...


@dataclass(frozen=True, slots=True)
class Steps:
    """A scale of whole numbers from `low` to `high`, each step with its words."""

    low: int
    high: int
    words: Mapping[int, str]

    @property
    def all(self) -> range:
        return range(self.low, self.high + 1)

    def read(self, value: object) -> int:
        # A boolean is an int in Python, and 4.0 is no answer anybody could have pressed.
        if type(value) is not int or value not in self.all:
            raise BadValue(f"Please pick a number from {self.low} to {self.high}.")
        return value

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(str(step) for step in self.all)

    def band(self, answer: Answer, low_to: int, middle_to: int) -> Band:
        if not isinstance(answer, int) or answer > middle_to:
            return "high"
        return "low" if answer <= low_to else "middle"

    def part(self, question: Question, ref: Ref, text: str) -> Scale:
        options = tuple(Option(step, self.words.get(step, str(step))) for step in self.all)
        return Scale(ref, question.id, text, options)


def hist_of_numbers(hist: Mapping[str, int]) -> dict[int, int]:
    return {int(step): count for step, count in hist.items()}


def no_options(question: Question) -> list[str]:
    return [f"{question.kind} takes no options; remove them"] if question.options else []
