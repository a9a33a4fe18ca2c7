"""What is kept of complete ballots to see which answers go together: sums, never a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations_with_replacement, starmap
from math import sqrt
from operator import add, mul

from bot.domain.ballot import Answers
from bot.domain.pulse import Question
from bot.questions import KINDS


def on_scales(questions: Iterable[Question]) -> list[Question]:
    """Those answered on a scale. Follow-ups are not: who answers one is the score itself."""
    return [question for question in questions if KINDS[question.kind].is_scale]


@dataclass(slots=True)
class Moments:
    """Sums of products of every two scale answers of those who gave all of them.

    An answer counts as its step on the scale, from 0. Sums do not know in which order they were
    added up, nor whose ballots they are of.
    """

    #: Question -> category -> step.
    steps: Mapping[str, Mapping[str, int]]
    #: Of (1, x, y, …) times itself, above the diagonal and in it; the first is the head count.
    sums: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, questions: Iterable[Question]) -> Moments:
        scales = on_scales(questions)
        steps = {
            q.id: {category: step for step, category in enumerate(KINDS[q.kind].categories(q))}
            for q in (scales if len(scales) > 1 else ())
        }
        size = len(steps) + 1
        return cls(steps, [0] * (size * (size + 1) // 2) if steps else [])

    @property
    def n(self) -> int:
        """Complete ballots."""
        return self.sums[0] if self.sums else 0

    def add(self, answers: Answers) -> None:
        if not self.steps:
            return
        row = [1]
        for question, steps in self.steps.items():
            answer = answers.get(question)
            if answer is None:
                return
            row.append(steps[str(answer)])
        products = starmap(mul, combinations_with_replacement(row, 2))
        self.sums = list(map(add, self.sums, products))

    def correlation(self, one: str, other: str) -> float:
        """0 where either answer was the same for all."""
        spread = sqrt(self._together(one, one) * self._together(other, other))
        return self._together(one, other) / spread if spread else 0.0

    def _together(self, one: str, other: str) -> int:
        """Covariance times n squared: a whole number, so that nothing is lost on the way."""
        places = list(self.steps)
        i, j = sorted((places.index(one) + 1, places.index(other) + 1))
        return self.n * self._sum(i, j) - self._sum(0, i) * self._sum(0, j)

    def _sum(self, i: int, j: int) -> int:
        size = len(self.steps) + 1
        return self.sums[i * size - i * (i - 1) // 2 + j - i]
