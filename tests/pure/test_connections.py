"""Which answers go together: the arithmetic, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.connections import FEWEST_COMPLETE, ReleasedConnections
from bot.domain.drivers import SURE, drivers
from bot.domain.grain import Spread, finest, reach, told
from bot.domain.insight.weights import eigen, relative_weights, times_first
from bot.domain.moments import Moments
from bot.ports import Transaction
from tests.asking import question_of
from tests.contract.samples import RELEASED

ROUND = RELEASED.round
SCALES = (
    question_of("satisfaction", "overall"),
    question_of("yes_no", "fixed"),
    question_of("effort", "effort"),
    question_of("lost_time", "lost"),
)

seeds = st.integers(0, 2**32).map(np.random.default_rng)


def company(chance: np.random.Generator, people: int, questions: int) -> np.ndarray:
    """Answers of people who have a mood."""
    mood = chance.standard_normal((people, 1))
    of_question = chance.uniform(-1, 1, questions)
    return mood * of_question + chance.standard_normal((people, questions))


@given(seeds, st.integers(1, 10))
def test_eigenvectors_put_a_matrix_together_again(chance: np.random.Generator, size: int) -> None:
    matrix = np.atleast_2d(np.corrcoef(company(chance, 50, size).T))
    values, vectors = eigen(matrix.tolist())
    turned = np.array(vectors)
    assert turned @ np.diag(values) @ turned.T == pytest.approx(matrix, abs=1e-9)
    assert turned.T @ turned == pytest.approx(np.eye(size), abs=1e-9)


@given(seeds, st.integers(3, 10))
def test_relative_weights_are_johnsons(chance: np.random.Generator, size: int) -> None:
    """Johnson (2000) by numpy: the nearest uncorrelated variables, weighed and taken back."""
    matrix = np.corrcoef(company(chance, 60, size).T)
    values, vectors = np.linalg.eigh(matrix[1:, 1:])
    loadings = vectors @ np.diag(np.sqrt(values)) @ vectors.T
    explained = np.linalg.solve(loadings, matrix[1:, 0]) ** 2
    raw = loadings**2 @ explained
    if values.min() > 0.02:
        assert relative_weights(matrix.tolist()) == pytest.approx(raw / raw.sum(), abs=1e-9)


def test_uncorrelated_answers_weigh_what_they_explain() -> None:
    matrix = [[1, 0.6, 0.3], [0.6, 1, 0], [0.3, 0, 1]]
    assert relative_weights(matrix) == pytest.approx([0.8, 0.2])
    assert relative_weights([[1, 0, 0], [0, 1, 0.5], [0, 0.5, 1]]) == [0, 0]


def test_a_matrix_that_no_company_has_is_weighed_all_the_same() -> None:
    impossible = [[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]]
    assert sum(relative_weights(impossible)) == pytest.approx(1)
    assert sum(times_first(impossible, 50, 0.05, 20, 1)) == 20


@pytest.mark.parametrize("seed", range(4))
def test_companies_drawn_from_a_matrix_are_like_people_drawn_again(seed: int) -> None:
    chance = np.random.default_rng(seed)
    answers = np.clip(np.round(company(chance, 100, 4) + 3), 1, 5)
    size, first = len(answers), np.zeros(3)
    for _ in range(300):
        again = answers[chance.integers(0, size, size)]
        weights = relative_weights(np.corrcoef(again.T).tolist())
        first[np.argmax(weights)] += 1 / 300
    drawn = times_first(np.corrcoef(answers.T).tolist(), size, 0, 300, 1)
    assert np.array(drawn) / 300 == pytest.approx(first, abs=0.12)


@given(seeds)
def test_sums_come_to_the_correlation_of_complete_ballots(chance: np.random.Generator) -> None:
    scores, efforts = chance.integers(1, 6, 40), chance.integers(1, 8, 40)
    moments = Moments.of(SCALES)
    assert list(moments.steps) == ["overall", "effort", "lost"]
    for one in zip(scores.tolist(), efforts.tolist(), strict=True):
        answers = dict(zip(("overall", "effort"), one, strict=True))
        moments.add({**answers, "lost": "0" if one[0] > 3 else "240+"})
        moments.add({**answers, "lost": None})
    assert moments.n == 40
    lost = np.where(scores > 3, 0, 6)
    for name, values in (("effort", efforts), ("lost", lost)):
        expected = np.corrcoef(scores, values)[0, 1] if len(set(values.tolist())) > 1 else 0
        assert moments.correlation("overall", name) == pytest.approx(expected)
        assert moments.correlation(name, "overall") == pytest.approx(expected)


def test_one_scale_alone_goes_together_with_nothing() -> None:
    moments = Moments.of(SCALES[:2])
    moments.add({"overall": 4, "fixed": True})
    assert (moments.n, moments.sums) == (0, [])


def spread_of(*counts: int) -> Spread:
    return Spread({step: count / sum(counts) for step, count in enumerate(counts)}, 1)


@given(seeds)
def test_no_company_goes_beyond_the_reach_of_its_histograms(chance: np.random.Generator) -> None:
    one, other = chance.integers(0, 4, 30), chance.integers(0, 4, 30)
    x, y = (spread_of(*np.bincount(answers, minlength=4)) for answers in (one, other))
    ends = [np.corrcoef(np.sort(one), np.sort(other)[::way])[0, 1] for way in (-1, 1)]
    assert [reach(x, y, up) for up in (False, True)] == pytest.approx(ends)


def test_a_correlation_is_told_coarsely_and_not_to_its_end() -> None:
    assert [told(r, 10, -1, 1) for r in (0.14, 0.16, -0.14, -0.97, 1.0)] == [10, 20, -10, -90, 90]
    assert [told(r, 1, -1, 0.5) for r in (0.144, 0.49, -1)] == [14, 45, -90]


def test_few_or_like_minded_people_are_told_less_of() -> None:
    assert finest(FEWEST_COMPLETE, 1) == 10
    assert finest(250, 1) == 1
    assert finest(FEWEST_COMPLETE, 0.3) == 0


def reading(first: Mapping[str, int], beside: int = 50, n: int = 100) -> Transaction:
    others = dict.fromkeys(first, beside)
    matrix = {"overall": {"overall": 100, **others}}
    found = ReleasedConnections(ROUND, "overall", n, 1, matrix, dict(first), first)
    releases = SimpleNamespace(rounds=lambda *_: [RELEASED], connections=lambda _: found)
    return cast(Transaction, SimpleNamespace(releases=releases))


def top(tx: Transaction) -> str | None:
    found = drivers(tx, RELEASED.pulse)
    assert found
    return found.top


def test_a_driver_is_named_only_where_it_nearly_always_comes_first() -> None:
    assert top(reading({"speed": SURE, "help": 20})) == "speed"
    assert top(reading({"speed": SURE - 1, "help": 21})) is None


def test_the_first_of_one_or_beside_nothing_is_no_driver() -> None:
    assert top(reading({"speed": 100})) is None
    nothing = round(100 / sqrt(100))
    assert top(reading({"speed": 95, "help": 5}, beside=nothing)) is None
    assert top(reading({"speed": 95, "help": 5}, beside=-2 * nothing)) == "speed"


def test_a_round_without_connections_has_no_drivers() -> None:
    releases = SimpleNamespace(rounds=lambda *_: [], connections=lambda _: None)
    assert drivers(cast(Transaction, SimpleNamespace(releases=releases)), "it-weekly") is None
