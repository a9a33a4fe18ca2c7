"""How satisfied someone is, from 1 to 5."""

from __future__ import annotations

from bot.domain.insight import finite_population, mean_change, mean_level
from bot.questions.kind import Figure
from bot.questions.scale import Steps


def mean_of_five(hist: dict[int, int], n: int, invited: int) -> Figure | None:
    if not n:
        return None
    level = mean_level(hist, finite_population(n, invited))
    return Figure(level.value, level.low, level.high)


KIND = Steps(
    id="satisfaction",
    formula="mean-1-5",
    low=1,
    high=5,
    words={
        1: "Very dissatisfied",
        2: "Dissatisfied",
        3: "Neither",
        4: "Satisfied",
        5: "Very satisfied",
    },
    low_to=2,
    middle_to=3,
    sensitive=range(1, 3),
    target=3,
    reckon=mean_of_five,
    judge=mean_change,
)
