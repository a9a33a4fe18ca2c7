"""How satisfied someone is, from 1 to 5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.cards import Part
from bot.domain.ballot import Answer
from bot.domain.insight import finite_population, mean_level
from bot.domain.pulse import Band, Question
from bot.questions.kind import Figure, Steps, hist_of_numbers, no_options
from bot.refs import Ref

STEPS: Final = Steps(
    1,
    5,
    {
        1: "Very dissatisfied",
        2: "Dissatisfied",
        3: "Neither",
        4: "Satisfied",
        5: "Very satisfied",
    },
)


class Satisfaction:
    id = "satisfaction"
    #: The mean of 1 to 5, with the interval for small groups.
    formula = "mean-1-5"

    def check(self, question: Question) -> list[str]:
        return no_options(question)

    def read(self, question: Question, value: object) -> Answer:
        return STEPS.read(value)

    def part(self, question: Question, ref: Ref, text: str) -> Part:
        return STEPS.part(question, ref, text)

    def worst(self, question: Question) -> int:
        return 1

    def categories(self, question: Question) -> tuple[str, ...]:
        return STEPS.categories

    def counted(self, answer: Answer) -> tuple[str, ...]:
        return (str(answer),)

    def band(self, answer: Answer) -> Band:
        return STEPS.band(answer, low_to=2, middle_to=3)

    def headline(self, hist: Mapping[str, int], n: int, invited: int) -> Figure | None:
        if not n:
            return None
        level = mean_level(hist_of_numbers(hist), finite_population(n, invited))
        return Figure(level.value, level.low, level.high)


KIND = Satisfaction()
