"""What must be true of a set of answers in every company that would have published the same."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from tests.attack.evidence import Evidence, Part, Row

Term = tuple[int, float]


class Companies:
    """Every company consistent with the evidence, as an integer program.

    Unknown are how many of each set gave each category, and which candidate of each part is the
    true one.
    """

    def __init__(self, found: Evidence) -> None:
        self._found = found
        self._news = _independent(found)
        self._sizes = [len(members) for members in found.sets]
        self._unknown = len(found.sets) * found.categories
        self._guesses: dict[tuple[Hashable, tuple[int, ...]], int] = {}
        self._parts: dict[Hashable, Part] = {}
        for number in self._news:
            for part in found.rows[number].parts:
                self._add(part)
        self._constraint = self._equations()

    def fewest(self, number: int, categories: Collection[int]) -> int:
        """The smallest number of answers in these categories that a set can hold."""
        cost = np.zeros(self._width)
        for category in categories:
            cost[self._at(number, category)] = 1
        solved = milp(
            cost,
            constraints=self._constraint,
            integrality=np.ones(self._width),
            bounds=Bounds(0, self._most()),
        )
        assert solved.success, f"no company fits the evidence: {solved.message}"
        return round(float(solved.fun))

    @property
    def _width(self) -> int:
        return self._unknown + len(self._guesses)

    def _at(self, number: int, category: int) -> int:
        return number * self._found.categories + category

    def _most(self) -> NDArray[np.float64]:
        of_sets = np.repeat(self._sizes, self._found.categories)
        return np.concatenate([of_sets, np.ones(len(self._guesses))]).astype(float)

    def _add(self, part: Part) -> None:
        if part.name not in self._parts:
            self._parts[part.name] = part
            for truth in part.truths:
                self._guesses[part.name, truth] = self._unknown + len(self._guesses)

    def _equations(self) -> LinearConstraint:
        every = [*self._each_answers_once(), *self._one_truth_each(), *self._sums()]
        cells = [(row, at, value) for row, (terms, _) in enumerate(every) for at, value in terms]
        rows, columns, values = zip(*cells, strict=True)
        left = coo_array((values, (rows, columns)), shape=(len(every), self._width))
        right = np.array([total for _, total in every], dtype=float)
        return LinearConstraint(left.tocsr(), right, right)

    def _each_answers_once(self) -> Iterator[tuple[list[Term], int]]:
        for number, size in enumerate(self._sizes):
            every = range(self._found.categories)
            yield [(self._at(number, category), 1.0) for category in every], size

    def _one_truth_each(self) -> Iterator[tuple[list[Term], int]]:
        for part in self._parts.values():
            yield [(self._guesses[part.name, truth], 1.0) for truth in part.truths], 1

    def _sums(self) -> Iterator[tuple[list[Term], int]]:
        """What the sets of a figure hold of a category is what its parts hold of it."""
        inside = self._found.by_set
        for number, category in product(self._news, range(self._found.categories)):
            terms = [(self._at(int(s), category), 1.0) for s in np.flatnonzero(inside[number])]
            for part in self._found.rows[number].parts:
                guesses = ((self._guesses[part.name, truth], truth) for truth in part.truths)
                terms += [(at, -float(truth[category])) for at, truth in guesses]
            yield terms, 0


def _independent(found: Evidence) -> list[int]:
    """Rows that say more than the sum of their parts, each of which has a row of its own."""
    alone = {row.parts[0].name: row.members for row in found.rows if len(row.parts) == 1}

    def is_sum(row: Row) -> bool:
        names = [part.name for part in row.parts]
        if len(names) == 1 or not alone.keys() >= set(names):
            return False
        return bool((np.sum([alone[name] for name in names], axis=0) == row.members).all())

    return [number for number, row in enumerate(found.rows) if not is_sum(row)]


def certain(found: Evidence, categories: Collection[int]) -> set[int]:
    """Answers of which it is certain that they lie in these categories."""
    wanted = set(categories)
    inside = [n for n, members in enumerate(found.sets) if wanted >= set(found.truth[members])]
    if not inside:
        return set()
    companies = Companies(found)
    told = (n for n in inside if companies.fewest(n, categories) == len(found.sets[n]))
    return {int(member) for number in told for member in found.sets[number]}
