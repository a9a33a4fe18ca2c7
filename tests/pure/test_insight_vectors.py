"""Every figure agrees with published examples and with scipy and statsmodels.

`vectors/statistics.json` holds inputs, outputs and what each was checked against.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.domain.insight import (
    Change,
    Interval,
    Level,
    Score,
    Votes,
    lost_mean,
    mean_change,
    mean_level,
    nps,
    nps_change,
    share_change,
    tipping,
    top_two,
    wilson,
)

VECTORS = json.loads((Path(__file__).parent / "vectors" / "statistics.json").read_text())["vectors"]

#: Every name must be there, lest a shorter file pass by saying less.
COUNTS = {
    "wilson": 8,
    "wilson_fpc": 4,
    "mean_t": 5,
    "mean_t_smoothed": 5,
    "mean_t_smoothed_fpc": 5,
    "nps_adjusted_wald": 5,
    "nps_adjusted_wald_fpc": 1,
    "nps_change": 1,
    "welch_change": 4,
    "welch_change_smoothed": 4,
    "newcombe_change": 3,
    "top2box": 1,
    "nonresponse_tipping": 1,
    "lost_minutes_mean": 1,
}

Given = dict[str, Any]
Found = dict[str, Any]


def histogram(counts: list[int], values: list[int] | None = None) -> dict[int, int]:
    return dict(zip(values or range(1, len(counts) + 1), counts, strict=True))


def ends(interval: Interval) -> Found:
    return {"lo": interval.low, "hi": interval.high}


def of_share(given: Given) -> Found:
    return ends(wilson(given["x"], given["n"], given.get("N")))


def of_top_two(given: Given) -> Found:
    found = top_two(histogram(given["hist"]))
    return {"share": found.value, **ends(found)}


def of_level(found: Level) -> Found:
    return {"mean": found.value, "se": found.se, "df": found.df, **ends(found)}


def of_mean(given: Given) -> Found:
    hist = histogram(given["hist"], given["values"])
    return of_level(mean_level(hist, given.get("N"), pooled=given.get("s2_pool")))


def of_minutes(given: Given) -> Found:
    found = lost_mean(histogram(given["hist"], given["bucket_scores"]), pooled=given["s2_pool"])
    assert found is not None
    return of_level(found)


def of_score(given: Given) -> Found:
    votes = Votes(given["promoters"], given["passives"], given["detractors"])
    found: Score = nps(votes, given.get("N"))
    return {"nps": found.value, "centre": found.centre, "se": found.se, **ends(found)}


def of_change(found: Change) -> Found:
    said = {"can't tell yet": "can't tell"}.get(found.verdict, found.verdict)
    spread = {"se": found.se, "df": found.df, "p": found.p, "mdc80": found.detectable}
    return {"diff": found.value, "verdict": said, **spread, **ends(found)}


def of_mean_change(given: Given) -> Found:
    before, after = (histogram(given[name]) for name in ("hist_before", "hist_after"))
    return of_change(
        mean_change(before, after, pooled=given.get("s2_pool"), margin=given["delta_equiv"])
    )


def of_share_change(given: Given) -> Found:
    before = given["x_before"], given["n_before"]
    return of_change(share_change(before, (given["x_after"], given["n_after"])))


def of_score_change(given: Given) -> Found:
    before, after = Votes(*given["before"]), Votes(*given["after"])
    drawn = nps(after).centre - nps(before).centre
    return {**of_change(nps_change(before, after)), "adj_diff": drawn}


def of_silence(given: Given) -> Found:
    return {"needed_difference": tipping(given["response_rate"], given["delta"])}


FIGURES: dict[str, Callable[[Given], Found]] = {
    "wilson": of_share,
    "wilson_fpc": of_share,
    "mean_t": of_mean,
    "mean_t_smoothed": of_mean,
    "mean_t_smoothed_fpc": of_mean,
    "nps_adjusted_wald": of_score,
    "nps_adjusted_wald_fpc": of_score,
    "nps_change": of_score_change,
    "welch_change": of_mean_change,
    "welch_change_smoothed": of_mean_change,
    "newcombe_change": of_share_change,
    "top2box": of_top_two,
    "nonresponse_tipping": of_silence,
    "lost_minutes_mean": of_minutes,
}


@pytest.mark.parametrize(
    "vector", VECTORS, ids=[f"{place}-{vector['name']}" for place, vector in enumerate(VECTORS)]
)
def test_a_figure_agrees_with_what_it_was_checked_against(vector: dict[str, Any]) -> None:
    found = FIGURES[vector["name"]](vector["input"])
    for name, expected in vector["expected"].items():
        if isinstance(expected, str):
            assert found[name] == expected
        else:
            assert found[name] == pytest.approx(expected, abs=vector["tolerance"], rel=0), name


def test_no_vector_is_missing() -> None:
    names = [vector["name"] for vector in VECTORS]
    assert {name: names.count(name) for name in names} == COUNTS
