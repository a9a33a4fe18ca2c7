"""Yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.cards import Choices, Option, Part
from bot.domain.ballot import Answer
from bot.domain.deniability import OnScale, bound
from bot.domain.insight import Change, Within, finite_population, share_change, wilson
from bot.domain.pulse import Band, Question
from bot.errors import BadValue
from bot.questions.kind import UNSEEN, Counted, Figure, Mark, Telling, no_options
from bot.refs import Ref

#: A step up from “no” is “yes”; neither of the two is worse than the other by itself.
MOVE: Final = OnScale(("no", "yes"), frozenset(), "yes")
WORTH: Final = {"no": 0.0, "yes": 1.0}


class YesNo:
    id = "yes_no"
    #: The share of those who answered that said yes.
    formula = "share-of-yes"
    help = ""
    telling = Telling(frozenset({"yes"}), "say yes", "says yes")
    #: With two answers only, a group of five says too much about each.
    is_scale = False
    smallest_block = 10

    def check(self, question: Question) -> list[str]:
        return no_options(question)

    def read(self, question: Question, value: object) -> Answer:
        if not isinstance(value, bool):
            raise BadValue("Please answer yes or no.")
        return value

    def part(self, question: Question, ref: Ref, text: str) -> Part:
        return Choices(ref, question.id, text, (Option(True, "Yes"), Option(False, "No")))

    def worst(self, question: Question) -> int:
        return len("false")

    def categories(self, question: Question) -> tuple[str, ...]:
        return ("no", "yes")

    def counted(self, answer: Answer) -> tuple[str, ...]:
        return ("yes" if answer else "no",)

    def band(self, answer: Answer) -> Band:
        return "high" if answer else "low"

    def deny(self, question: Question, hist: Mapping[str, int], n: int) -> dict[str, int]:
        return MOVE(hist)

    def mark(self, hist: Mapping[str, int], n: int) -> Mark:
        return Mark(bound(hist, MOVE, WORTH))

    def change(self, before: Counted, after: Counted, seen: Within = UNSEEN) -> Change | None:
        return share_change(_counted(*before), _counted(*after))

    def headline(
        self, hist: Mapping[str, int], n: int, invited: int, seen: Within = UNSEEN
    ) -> Figure | None:
        if not n:
            return None
        share = wilson(*_counted(hist, n), finite_population(n, invited))
        return Figure(share.value, share.low, share.high)


def _counted(hist: Mapping[str, int], n: int) -> tuple[int, int]:
    return hist["yes"], n


KIND = YesNo()
