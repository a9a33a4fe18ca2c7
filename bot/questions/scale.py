"""Picking one step of an ordered scale: what the scales among the questions share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.cards import Option, Part, Scale
from bot.domain.ballot import Answer
from bot.domain.deniability import OnScale, bound
from bot.domain.insight import Change, Within
from bot.domain.pulse import Band, K, Question
from bot.errors import BadValue
from bot.questions.kind import UNSEEN, Counted, Figure, Mark, Telling, no_options
from bot.refs import Ref

#: Histograms by number, before and after, and the spread seen -> how the figure moved.
Judge = Callable[[dict[int, int], dict[int, int], Within], Change | None]
#: Histogram by number, people who answered, people invited, the spread seen -> what is read.
Headline = Callable[[dict[int, int], int, int, Within], Figure | None]


@dataclass(frozen=True, slots=True)
class Steps:
    """A question answered by a whole number from `low` to `high`."""

    id: str
    formula: str
    low: int
    high: int
    #: Words for a step; a step without them shows its number.
    words: Mapping[int, str]
    #: A follow-up's wording: up to here low, up to here middle, else high.
    low_to: int
    middle_to: int
    #: The unwelcome steps, and where one answer goes when a whole block chose among them.
    sensitive: range
    target: int
    reckon: Headline
    judge: Judge
    telling: Telling
    help: str = ""
    #: Much is bad: a unanimous block moves an answer down, and the follow-up's bands are turned.
    mirrored: bool = False
    smallest_block: int = K
    is_scale: bool = True

    def check(self, question: Question) -> list[str]:
        return no_options(question)

    def read(self, question: Question, value: object) -> Answer:
        # A boolean is an int in Python, and 4.0 is no answer anybody could have pressed.
        if type(value) is not int or not self.low <= value <= self.high:
            raise BadValue(f"Please pick a number from {self.low} to {self.high}.")
        return value

    def part(self, question: Question, ref: Ref, text: str) -> Part:
        options = tuple(Option(step, self.words.get(step, str(step))) for step in self._steps)
        return Scale(ref, question.id, text, options)

    def worst(self, question: Question) -> int:
        return len(str(self.high))

    def categories(self, question: Question) -> tuple[str, ...]:
        return tuple(str(step) for step in self._steps)

    def counted(self, answer: Answer) -> tuple[str, ...]:
        return (str(answer),)

    def band(self, answer: Answer) -> Band:
        if not isinstance(answer, int) or self.low_to < answer <= self.middle_to:
            return "middle"
        return "low" if (answer <= self.low_to) is not self.mirrored else "high"

    def deny(self, question: Question, hist: Mapping[str, int], n: int) -> dict[str, int]:
        return self._move(hist)

    def mark(self, hist: Mapping[str, int], n: int) -> Mark:
        worth = {str(step): float(step) for step in self._steps}
        return Mark(bound(hist, self._move, worth))

    def change(self, before: Counted, after: Counted, seen: Within = UNSEEN) -> Change | None:
        (old, n_old), (new, n_new) = before, after
        return self.judge(_numbered(old), _numbered(new), seen) if n_old and n_new else None

    def headline(
        self, hist: Mapping[str, int], n: int, invited: int, seen: Within = UNSEEN
    ) -> Figure | None:
        return self.reckon(_numbered(hist), n, invited, seen)

    @property
    def _steps(self) -> range:
        return range(self.low, self.high + 1)

    @property
    def _move(self) -> OnScale:
        sensitive = frozenset(str(step) for step in self.sensitive)
        categories = tuple(str(step) for step in self._steps)
        return OnScale(categories, sensitive, str(self.target), down=self.mirrored)


def _numbered(hist: Mapping[str, int]) -> dict[int, int]:
    return {int(step): count for step, count in hist.items()}
