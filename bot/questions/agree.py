"""How far someone agrees with a statement, from 1 to 5."""

from __future__ import annotations

from bot.questions.kind import Telling
from bot.questions.satisfaction import mean_of_five, moved_of_five
from bot.questions.scale import Steps

KIND = Steps(
    id="agree",
    formula="mean-1-5",
    low=1,
    high=5,
    words={
        1: "Strongly disagree",
        2: "Disagree",
        3: "Neither",
        4: "Agree",
        5: "Strongly agree",
    },
    low_to=2,
    middle_to=3,
    sensitive=range(1, 3),
    target=3,
    reckon=mean_of_five,
    judge=moved_of_five,
    telling=Telling(frozenset({"4", "5"}), "agree", "agrees"),
)
