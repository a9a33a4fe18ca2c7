"""How much working time was lost, in buckets: nobody counts minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.cards import Option, Part, Scale
from bot.domain.ballot import Answer
from bot.domain.deniability import OnScale, bound
from bot.domain.insight import Change, Within, finite_population, share_change, wilson
from bot.domain.pulse import Band, K, Question
from bot.errors import BadValue
from bot.questions.kind import UNSEEN, Counted, Figure, Mark, Telling, no_options
from bot.refs import Ref

#: Bucket -> words, and its mid-point in minutes.
BUCKETS: Final[Mapping[str, tuple[str, int]]] = {
    "0": ("None", 0),
    "1-15": ("Up to 15 minutes", 8),
    "16-30": ("16 to 30 minutes", 23),
    "31-60": ("31 to 60 minutes", 45),
    "61-120": ("1 to 2 hours", 90),
    "121-240": ("2 to 4 hours", 180),
    "240+": ("Over 4 hours", 300),
}
MOVE: Final = OnScale(tuple(BUCKETS), frozenset({"61-120", "121-240", "240+"}), "31-60", down=True)
AN_HOUR: Final = 60
WORTH: Final = {bucket: float(minutes) for bucket, (_, minutes) in BUCKETS.items()}


class LostTime:
    id = "lost_time"
    #: The share of those who answered that lost more than an hour.
    formula = "share-over-an-hour"
    is_scale = True
    help = "A rough guess is enough."
    telling = Telling(
        frozenset({"61-120", "121-240", "240+"}),
        "lost more than an hour",
        "lost more than an hour",
        good=False,
    )
    smallest_block = K

    def check(self, question: Question) -> list[str]:
        return no_options(question)

    def read(self, question: Question, value: object) -> Answer:
        if not isinstance(value, str) or value not in BUCKETS:
            raise BadValue("Please pick one of the spans of time shown.")
        return value

    def part(self, question: Question, ref: Ref, text: str) -> Part:
        options = tuple(Option(bucket, words) for bucket, (words, _) in BUCKETS.items())
        return Scale(ref, question.id, text, options)

    def worst(self, question: Question) -> int:
        return max(len(bucket) for bucket in BUCKETS) + 2

    def categories(self, question: Question) -> tuple[str, ...]:
        return tuple(BUCKETS)

    def counted(self, answer: Answer) -> tuple[str, ...]:
        return (str(answer),)

    def band(self, answer: Answer) -> Band:
        minutes = WORTH.get(str(answer), 0.0)
        if minutes > AN_HOUR:
            return "low"
        return "middle" if minutes > 15 else "high"

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
    """Those who lost more than an hour, of all who answered."""
    return sum(count for bucket, count in hist.items() if WORTH[bucket] > AN_HOUR), n


KIND = LostTime()
