"""Any number of options from a list; the usual follow-up to a score."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.cards import Choices, Option, Part
from bot.domain.ballot import Answer
from bot.domain.pulse import Band, Question
from bot.errors import BadValue
from bot.questions.kind import Figure
from bot.refs import Ref


class Several:
    id = "several"
    #: Per option, the share of those who answered the question that chose it.
    formula = "share-of-options"

    def check(self, question: Question) -> list[str]:
        few = len(question.options) < 2
        return ["give at least two options, each with an id and a label"] if few else []

    def read(self, question: Question, value: object) -> Answer:
        known = [option.id for option in question.options]
        if not isinstance(value, list) or any(v not in known for v in value):
            raise BadValue("That is not one of the options. Please pick from those shown.")
        return [option for option in known if option in value]

    def part(self, question: Question, ref: Ref, text: str) -> Part:
        options = tuple(Option(option.id, option.label) for option in question.options)
        return Choices(ref, question.id, text, options, many=True)

    def worst(self, question: Question) -> int:
        return len(json.dumps([option.id for option in question.options]))

    def categories(self, question: Question) -> tuple[str, ...]:
        return tuple(option.id for option in question.options)

    def counted(self, answer: Answer) -> tuple[str, ...]:
        return tuple(answer) if isinstance(answer, list) else ()

    def band(self, answer: Answer) -> Band:
        return "middle"

    def headline(self, hist: Mapping[str, int], n: int, invited: int) -> Figure | None:
        return None


KIND = Several()
