"""What a lead reads of each kind is what the checked statistics say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.domain.insight import mean_level
from bot.questions import KINDS

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "vectors" / "statistics.json").read_text()
)["vectors"]


def of(name: str) -> list[Any]:
    return [pytest.param(v["input"], v["expected"]) for v in VECTORS if v["name"] == name]


def stars(counts: list[int]) -> dict[str, int]:
    return {str(step): count for step, count in enumerate(counts, start=1)}


def votes(promoters: int, passives: int, detractors: int) -> dict[str, int]:
    return {"9": promoters, "7": passives, "3": detractors}


@pytest.mark.parametrize(("given", "expected"), of("nps_adjusted_wald"))
def test_a_recommendation_is_read_as_checked_from_ten_answers_on(
    given: dict[str, int], expected: dict[str, float]
) -> None:
    n = sum(given.values())
    figure = KINDS["recommend"].headline(votes(**given), n, 1_000)
    if n < 10:
        assert figure is None
    else:
        assert figure
        assert (figure.value, figure.low, figure.high) == pytest.approx(
            (expected["nps"], expected["lo"], expected["hi"]), abs=1e-3
        )


@pytest.mark.parametrize(("given", "expected"), of("nps_change"))
def test_a_change_of_recommendations_is_read_as_checked(
    given: dict[str, list[int]], expected: dict[str, float]
) -> None:
    before, after = (votes(*given[when]) for when in ("before", "after"))
    found = KINDS["recommend"].change((before, 10), (after, 11))
    assert found
    assert found.value == pytest.approx(expected["diff"], abs=1e-3)
    assert found.verdict == "can't tell yet"


@pytest.mark.parametrize(("given", "expected"), of("newcombe_change"))
def test_a_change_of_shares_is_read_as_checked(
    given: dict[str, int], expected: dict[str, float]
) -> None:
    rounds = [(given[f"x_{w}"], given[f"n_{w}"]) for w in ("before", "after")]
    before, after = (({"no": n - x, "yes": x}, n) for x, n in rounds)
    found = KINDS["yes_no"].change(before, after)
    assert found
    assert (found.value, found.low, found.high) == pytest.approx(
        (expected["diff"], expected["lo"], expected["hi"]), abs=1e-4
    )


@pytest.mark.parametrize(("given", "expected"), of("welch_change_smoothed"))
def test_a_change_of_satisfaction_has_the_checked_verdict(
    given: dict[str, list[int]], expected: dict[str, str]
) -> None:
    before, after = (
        (stars(given[f"hist_{w}"]), sum(given[f"hist_{w}"])) for w in ("before", "after")
    )
    found = KINDS["satisfaction"].change(before, after)
    assert found
    assert found.verdict.startswith(expected["verdict"])


@pytest.mark.parametrize(("given", "_expected"), of("mean_t_smoothed"))
def test_satisfaction_is_the_mean_with_the_companys_variance_behind_it(
    given: dict[str, list[int]], _expected: object
) -> None:
    counts = given["hist"]
    n = sum(counts)
    figure = KINDS["satisfaction"].headline(stars(counts), n, 1_000)
    level = mean_level(dict(enumerate(counts, start=1)))
    assert figure
    assert (figure.value, figure.low, figure.high) == (level.value, level.low, level.high)
