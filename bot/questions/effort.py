"""How much effort something took, from 1 to 7. Much is bad."""

from __future__ import annotations

from bot.domain.insight import (
    Change,
    Within,
    finite_population,
    mean_change,
    mean_level,
    pooled_variance,
)
from bot.questions.kind import Figure, Telling
from bot.questions.scale import Steps

#: The starting variance of satisfaction on a scale of 1 to 5, stretched to 1 to 7.
STARTING_VARIANCE = 1.1 * (6 / 4) ** 2

SCALE = (1, 7)
#: What is worth noticing on 1 to 5, stretched likewise.
MARGIN = 0.3 * (6 / 4)


def _mean(hist: dict[int, int], n: int, invited: int, seen: Within) -> Figure | None:
    if not n:
        return None
    pooled = pooled_variance(seen, STARTING_VARIANCE)
    level = mean_level(hist, finite_population(n, invited), pooled, SCALE)
    return Figure(level.value, level.low, level.high)


def _moved(before: dict[int, int], after: dict[int, int], seen: Within) -> Change:
    return mean_change(before, after, pooled_variance(seen, STARTING_VARIANCE), SCALE, MARGIN)


KIND = Steps(
    id="effort",
    formula="mean-1-7",
    low=1,
    high=7,
    words={1: "1 · hardly any effort", 4: "4 · some", 7: "7 · very much effort"},
    low_to=3,
    middle_to=5,
    sensitive=range(6, 8),
    target=5,
    reckon=_mean,
    judge=_moved,
    telling=Telling(
        frozenset({"6", "7"}), "say it took much effort", "says it took much effort", good=False
    ),
    help="Low is good.",
    mirrored=True,
)
