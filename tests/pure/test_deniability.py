"""No truth that could lie behind a stored histogram is overlooked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations_with_replacement

import pytest

from bot.domain.deniability import AmongOptions, Deny, OnScale, truths

SCALE = tuple("12345")
MOVES = {
    "up, of 1 and 2 to 3": OnScale(SCALE, frozenset("12"), "3"),
    "down, of 4 and 5 to 3": OnScale(SCALE, frozenset("45"), "3", down=True),
    "nothing sensitive": OnScale(SCALE, frozenset(), "3"),
    "one of several": AmongOptions(("speed", "help", "tools", "other")),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
@pytest.mark.parametrize("people", [1, 2, 5, 7])
def test_every_histogram_stored_as_this_one_is_among_its_truths(
    move: OnScale | AmongOptions, people: int
) -> None:
    behind = defaultdict(set)
    for hist in every_histogram(move.categories, people):
        behind[tuple(move(hist).items())].add(tuple(hist.items()))
    for stored, possible in behind.items():
        assert found(dict(stored), move) == possible


def every_histogram(categories: tuple[str, ...], people: int) -> Iterator[dict[str, int]]:
    for answers in combinations_with_replacement(categories, people):
        yield {category: answers.count(category) for category in categories}


def found(stored: dict[str, int], move: Deny) -> set[tuple[tuple[str, int], ...]]:
    return {tuple(truth.items()) for truth in truths(stored, move)}
