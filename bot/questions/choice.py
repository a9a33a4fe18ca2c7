"""One option from a list. “Other” is always offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.cards import Choices, Part
from bot.domain.ballot import Answer
from bot.domain.deniability import AmongOptions, doubtful
from bot.domain.insight import Change, Within
from bot.domain.pulse import Band, K, Question
from bot.errors import BadValue
from bot.questions.kind import UNSEEN, Counted, Figure, Mark
from bot.questions.options import drawn, enough, ids
from bot.refs import Ref

OTHER: Final = "other"


class Choice:
    id = "choice"
    #: Per option, the share of those who answered the question that chose it.
    formula = "share-of-options"
    is_scale = False
    help = "Pick the one that fits best."
    telling = None
    smallest_block = K

    def check(self, question: Question) -> list[str]:
        missing = OTHER not in ids(question)
        return enough(question) + (
            [f"offer an option with the id “{OTHER}” too, for whoever fits in none"] * missing
        )

    def read(self, question: Question, value: object) -> Answer:
        if not isinstance(value, str) or value not in ids(question):
            raise BadValue("That is not one of the options. Please pick one of those shown.")
        return value

    def part(self, question: Question, ref: Ref, text: str) -> Part:
        return Choices(ref, question.id, text, drawn(question))

    def worst(self, question: Question) -> int:
        return max(len(option) for option in ids(question)) + 2

    def categories(self, question: Question) -> tuple[str, ...]:
        return ids(question)

    def counted(self, answer: Answer) -> tuple[str, ...]:
        return (str(answer),)

    def band(self, answer: Answer) -> Band:
        return "middle"

    def deny(self, question: Question, hist: Mapping[str, int], n: int) -> dict[str, int]:
        return AmongOptions(ids(question), OTHER)(hist)

    def mark(self, hist: Mapping[str, int], n: int) -> Mark:
        off = tuple(doubtful(hist, AmongOptions(tuple(hist), OTHER)))
        return Mark("≈" if off else "exact", off)

    def change(self, before: Counted, after: Counted, seen: Within = UNSEEN) -> Change | None:
        return None

    def headline(
        self, hist: Mapping[str, int], n: int, invited: int, seen: Within = UNSEEN
    ) -> Figure | None:
        return None


KIND = Choice()
