"""Any number of options from a list; the usual follow-up to a score."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.cards import Choices, Part
from bot.domain.ballot import Answer
from bot.domain.deniability import all_but_one
from bot.domain.insight import Change, Within
from bot.domain.pulse import Band, K, Question
from bot.errors import BadValue
from bot.questions.kind import UNSEEN, Counted, Figure, Mark
from bot.questions.options import drawn, enough, ids
from bot.refs import Ref


class Several:
    id = "several"
    #: Per option, the share of those who answered the question that chose it.
    formula = "share-of-options"
    is_scale = False
    help = "Pick as many as you like."
    telling = None
    smallest_block = K

    def check(self, question: Question) -> list[str]:
        return enough(question)

    def read(self, question: Question, value: object) -> Answer:
        known = ids(question)
        if not isinstance(value, list) or any(v not in known for v in value):
            raise BadValue("That is not one of the options. Please pick from those shown.")
        return [option for option in known if option in value]

    def part(self, question: Question, ref: Ref, text: str) -> Part:
        return Choices(ref, question.id, text, drawn(question), many=True)

    def worst(self, question: Question) -> int:
        return len(json.dumps(ids(question)))

    def categories(self, question: Question) -> tuple[str, ...]:
        return ids(question)

    def counted(self, answer: Answer) -> tuple[str, ...]:
        return tuple(answer) if isinstance(answer, list) else ()

    def band(self, answer: Answer) -> Band:
        return "middle"

    def deny(self, question: Question, hist: Mapping[str, int], n: int) -> dict[str, int]:
        return all_but_one(hist, n)

    def mark(self, hist: Mapping[str, int], n: int) -> Mark:
        off = tuple(option for option, count in hist.items() if count == n - 1)
        return Mark("≈" if off else "exact", off)

    def change(self, before: Counted, after: Counted, seen: Within = UNSEEN) -> Change | None:
        return None

    def headline(
        self, hist: Mapping[str, int], n: int, invited: int, seen: Within = UNSEEN
    ) -> Figure | None:
        return None


KIND = Several()
