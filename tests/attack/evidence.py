"""What an attacker holds: released sums over groups of answers whose members are all known."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.bool_]
Counts = tuple[int, ...]


class Part(NamedTuple):
    """Something whose histogram was published, and every histogram that may be the true one."""

    #: The same thing has the same name wherever it is a part of a sum.
    name: Hashable
    truths: tuple[Counts, ...]


class Row(NamedTuple):
    """One released figure: which answers it is about, and what it is the sum of."""

    members: Bits
    parts: tuple[Part, ...]

    @property
    def exact(self) -> bool:
        return all(len(part.truths) == 1 for part in self.parts)


@dataclass(frozen=True)
class Evidence:
    """All released figures about the answers to one question.

    `truth` is the category of each answer: used to judge an attack, never to make it.
    """

    truth: NDArray[np.int64]
    categories: int
    rows: Sequence[Row]

    @cached_property
    def sets(self) -> list[NDArray[np.intp]]:
        """The answers that every figure holds together: nothing tells one of a set from another."""
        covered = np.flatnonzero(self.matrix.any(axis=0))
        _, first, of = np.unique(
            self.matrix[:, covered], axis=1, return_index=True, return_inverse=True
        )
        return [covered[of.reshape(-1) == number] for number in range(len(first))]

    @cached_property
    def matrix(self) -> Bits:
        """Rows by answers."""
        if not self.rows:
            return np.zeros((0, len(self.truth)), bool)
        return np.array([row.members for row in self.rows])

    @cached_property
    def by_set(self) -> Bits:
        """Rows by sets."""
        return self.matrix[:, [members[0] for members in self.sets]]

    @property
    def smallest_set(self) -> int:
        return min((len(members) for members in self.sets), default=0)


def evidence(truth: Sequence[int], categories: int, rows: Iterable[Row]) -> Evidence:
    """Each figure once, however often it was told."""
    once = {(row.members.tobytes(), row.parts): row for row in rows}
    return Evidence(np.array(truth, dtype=np.int64), categories, list(once.values()))
