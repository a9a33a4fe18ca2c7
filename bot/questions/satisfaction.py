"""How satisfied someone is, from 1 to 5."""

from __future__ import annotations

import re

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

#: “… with IT these two weeks?”: what somebody is satisfied with, without the time meant.
WITH_WHAT = re.compile(
    r"\b(with [^,?]+?)(?: (?:this|these|last|over|in|during|since|today|lately|recently)\b.*)?\?",
    re.IGNORECASE,
)


def mean_of_five(hist: dict[int, int], n: int, invited: int, seen: Within) -> Figure | None:
    if not n:
        return None
    level = mean_level(hist, finite_population(n, invited), pooled_variance(seen))
    return Figure(level.value, level.low, level.high)


def moved_of_five(before: dict[int, int], after: dict[int, int], seen: Within) -> Change:
    return mean_change(before, after, pooled_variance(seen))


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
    judge=moved_of_five,
    telling=Telling(frozenset({"4", "5"}), "are satisfied", "is satisfied", WITH_WHAT),
)
