"""How well a guess does, beside what shuffling would do."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=Hashable)

SHUFFLES: Final = 2_000
#: How much better than the best shuffle a guess must be to count: a great many are made.
MARGIN: Final = 1.3


@dataclass(frozen=True, slots=True)
class Guess:
    """Two orders laid beside each other, the nth of one for the nth of the other."""

    name: str
    #: How many pairs were right.
    hits: int
    #: How closely one order follows the other, whichever way round: 0 not at all, 1 wholly.
    likeness: float
    #: Of the pairs with one of `some` on either side, how many have them on both.
    shared: int = 0

    def beats_chance(self, size: int, some: int = 0) -> bool:
        best = best_shuffle(size, some)
        return (
            self.hits > best.hits * MARGIN
            or self.likeness > best.likeness * MARGIN
            or self.shared > best.shared * MARGIN
        )


def guess(
    name: str,
    one: Sequence[T],
    other: Sequence[int],
    whose: Mapping[T, int],
    some: Collection[int] = (),
) -> Guess:
    """`whose` is the truth; `some` are those of `other` who did something that shows on `one`."""
    rank = {person: nth for nth, person in enumerate(other)}
    ranks = np.array([rank[whose[each]] for each in one], dtype=np.int64)
    did = np.array([person in some for person in other], dtype=bool)
    return _measured(name, ranks, did)


def _measured(name: str, ranks: NDArray[np.int64], did: NDArray[np.bool_]) -> Guess:
    inorder = np.arange(len(ranks))
    likeness = abs(float(np.corrcoef(inorder, ranks)[0, 1]))
    return Guess(name, int((inorder == ranks).sum()), likeness, int((did & did[ranks]).sum()))


@cache
def best_shuffle(size: int, some: int) -> Guess:
    """The best of many pairs of orders that have nothing to do with each other."""
    chance = np.random.default_rng(size)
    did = np.arange(size) < some
    tried = [_measured("", chance.permutation(size), did) for _ in range(SHUFFLES)]
    return Guess(
        "shuffled",
        max(t.hits for t in tried),
        max(t.likeness for t in tried),
        max(t.shared for t in tried),
    )


def drift(order: Sequence[T], some: Collection[T]) -> float:
    """How far `some` stand to one end of an order: 0 not at all, 1 wholly."""
    did = np.array([each in some for each in order])
    rank = np.arange(len(order))
    widest = (len(order) - int(did.sum())) / 2
    return abs(float(rank[did].mean() - rank.mean())) / widest


@cache
def best_drift(size: int, some: int) -> float:
    chance = np.random.default_rng(size)
    return max(
        drift(list(range(size)), set(chance.permutation(size)[:some].tolist()))
        for _ in range(SHUFFLES)
    )
