"""How likely someone is to recommend IT or a service, from 0 to 10."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.cards import Part
from bot.domain.ballot import Answer
from bot.domain.insight import Votes, finite_population, nps, nps_shown
from bot.domain.pulse import Band, Question
from bot.questions.kind import Figure, Steps, hist_of_numbers, no_options
from bot.refs import Ref

STEPS: Final = Steps(0, 10, {0: "0 · not at all likely", 10: "10 · extremely likely"})


class Recommend:
    id = "recommend"
    #: Promoters (9-10) less detractors (0-6), in points from -100 to 100.
    formula = "nps"

    def check(self, question: Question) -> list[str]:
        return no_options(question)

    def read(self, question: Question, value: object) -> Answer:
        return STEPS.read(value)

    def part(self, question: Question, ref: Ref, text: str) -> Part:
        return STEPS.part(question, ref, text)

    def worst(self, question: Question) -> int:
        return 2

    def categories(self, question: Question) -> tuple[str, ...]:
        return STEPS.categories

    def counted(self, answer: Answer) -> tuple[str, ...]:
        return (str(answer),)

    def band(self, answer: Answer) -> Band:
        return STEPS.band(answer, low_to=6, middle_to=8)

    def headline(self, hist: Mapping[str, int], n: int, invited: int) -> Figure | None:
        if not nps_shown(n):
            return None
        score = nps(Votes.of(hist_of_numbers(hist)), finite_population(n, invited))
        return Figure(score.value, score.low, score.high)


KIND = Recommend()
