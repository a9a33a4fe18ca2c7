"""No block is ever shown in which everybody said the same unwelcome thing, or all the same.

One answer is moved before such a histogram is stored. Nothing records that it was: the mark
beside a figure is computed from the stored histogram alone and stands on every one that *could*
be the result of a move, moved or not. Anything else would undo the move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Hist = Mapping[str, int]
Deny = Callable[[Hist], dict[str, int]]

#: How the true mean stands to the shown one; ≈ is either way.
Certainty = Literal["exact", "≤", "≥", "≈"]


@dataclass(frozen=True, slots=True)
class OnScale:
    """The move for an ordered scale.

    `categories` in their order; `sensitive` ones may not be all there is: then the one nearest
    to `target` moves there. Any other unanimous block moves one answer a step up (down where
    `down`), at the end of the scale a step back.
    """

    categories: tuple[str, ...]
    sensitive: frozenset[str]
    target: str
    down: bool = False

    def __call__(self, hist: Hist) -> dict[str, int]:
        given = [c for c in self.categories if hist.get(c)]
        if given and set(given) <= self.sensitive:
            return moved(hist, self._nearest(given), self.target)
        if len(given) == 1:
            return moved(hist, given[0], self._beside(given[0]))
        return dict(hist)

    def _nearest(self, given: Sequence[str]) -> str:
        place = self.categories.index
        return min(given, key=lambda c: abs(place(c) - place(self.target)))

    def _beside(self, category: str) -> str:
        at, last = self.categories.index(category), len(self.categories) - 1
        step = -1 if self.down else 1
        return self.categories[at + step if 0 <= at + step <= last else at - step]


@dataclass(frozen=True, slots=True)
class AmongOptions:
    """The move for one choice of several: unanimous, one goes to `other`; of all “other”, to the
    first."""

    categories: tuple[str, ...]
    other: str = "other"

    def __call__(self, hist: Hist) -> dict[str, int]:
        given = [c for c in self.categories if hist.get(c)]
        if len(given) != 1:
            return dict(hist)
        first = next(c for c in self.categories if c != self.other)
        return moved(hist, given[0], first if given[0] == self.other else self.other)


def all_but_one(hist: Hist, n: int) -> dict[str, int]:
    """The move for any number of options: one that all `n` chose is stored as n - 1."""
    return {category: min(count, n - 1) for category, count in hist.items()}


def moved(hist: Hist, source: str, target: str) -> dict[str, int]:
    after = dict(hist)
    after[source] -= 1
    after[target] = after.get(target, 0) + 1
    return after


def truths(stored: Hist, deny: Deny) -> Iterator[dict[str, int]]:
    """Every histogram that would have been stored as this one, itself among them.

    Every move goes to a category that nobody had given, so what was moved stands there alone.
    """
    if deny(stored) == dict(stored):
        yield dict(stored)
    for target in (category for category, count in stored.items() if count == 1):
        for source in stored:
            if source != target:
                truth = moved(stored, target, source)
                if deny(truth) == dict(stored):
                    yield truth


def bound(stored: Hist, deny: Deny, worth: Mapping[str, float]) -> Certainty:
    """How the true mean may stand to that of the stored histogram.

    A sum over a company asks this of every block each time it is read, so it is remembered.
    """
    return _bound(tuple(stored.items()), deny, tuple(worth.items()))


@lru_cache(maxsize=50_000)
def _bound(
    counts: tuple[tuple[str, int], ...], deny: Deny, values: tuple[tuple[str, float], ...]
) -> Certainty:
    stored, worth = dict(counts), dict(values)
    shown = _sum(stored, worth)
    sums = [_sum(truth, worth) for truth in truths(stored, deny)]
    lower: list[Certainty] = ["≤"] if any(s < shown for s in sums) else []
    higher: list[Certainty] = ["≥"] if any(s > shown for s in sums) else []
    return union_of(lower + higher)


def doubtful(stored: Hist, deny: Deny) -> list[str]:
    """The categories whose count another truth would change, in order."""
    others = list(truths(stored, deny))
    return [c for c, count in stored.items() if any(truth[c] != count for truth in others)]


def union_of(marks: Iterable[Certainty]) -> Certainty:
    """The mark of a sum: ≈ where its parts may be off in both directions."""
    found = set(marks) - {"exact"}
    if len(found) > 1:
        return "≈"
    return found.pop() if found else "exact"


def _sum(hist: Hist, worth: Mapping[str, float]) -> float:
    return sum(worth[category] * count for category, count in hist.items())
