"""Words of one's own. Taken only in a card's own field, never from a typed message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.cards import FreeText, Part
from bot.domain.ballot import Answer
from bot.domain.insight import Change, Within
from bot.domain.pulse import Band, Question
from bot.errors import BadValue, TooLong
from bot.questions.kind import UNSEEN, Counted, Figure, Mark, no_options
from bot.refs import Ref

#: Words are shown only where so many answered anything in the round.
RESPONDENTS: Final = 10

#: Characters, and bytes of UTF-8.
LONGEST: Final = 1_000
LARGEST: Final = 2_000

#: JSON doubles a quote, a backslash or a line break, all of one byte. With x of them and the rest
#: of four bytes each, x + 4 (1000 - x) = 2000 gives the worst: 667 doubled.
WORST: Final = LARGEST + 667 + 2


class Comment:
    id = "comment"
    #: Counts of comments by what they feel like, never by person.
    formula = "sentiment-counts"
    help = "A few words are enough. What you write may identify you."
    telling = None
    #: Words have rules of their own (bot/domain/counting.py).
    is_scale = False
    smallest_block = RESPONDENTS

    def check(self, question: Question) -> list[str]:
        return no_options(question)

    def read(self, question: Question, value: object) -> Answer:
        return self.read_text(value) or None

    def read_text(self, value: object) -> str:
        """The words meant, cleaned; raises BadValue or TooLong."""
        if not isinstance(value, str):
            raise BadValue("Please write your answer as text.")
        text = clean(value)
        if len(text) > LONGEST:
            raise TooLong(f"That is {len(text):,} characters; {LONGEST:,} fit. Please shorten it.")
        if len(text.encode()) > LARGEST:
            raise TooLong(
                f"That is {len(text.encode()):,} bytes, because some characters take several; "
                f"{LARGEST:,} fit. Please shorten it."
            )
        return text

    def part(self, question: Question, ref: Ref, text: str) -> Part:
        return FreeText(ref, question.id, text, LONGEST)

    def worst(self, question: Question) -> int:
        return WORST

    def categories(self, question: Question) -> tuple[str, ...]:
        return ()

    def counted(self, answer: Answer) -> tuple[str, ...]:
        return ()

    def band(self, answer: Answer) -> Band:
        return "middle"

    def deny(self, question: Question, hist: Mapping[str, int], n: int) -> dict[str, int]:
        return dict(hist)

    def mark(self, hist: Mapping[str, int], n: int) -> Mark:
        return Mark()

    def change(self, before: Counted, after: Counted, seen: Within = UNSEEN) -> Change | None:
        return None

    def headline(
        self, hist: Mapping[str, int], n: int, invited: int, seen: Within = UNSEEN
    ) -> Figure | None:
        return None


def clean(text: str) -> str:
    """Without control characters (but line breaks) and halves of characters, and trimmed."""
    text = text.replace("\r\n", "\n").replace("\t", " ")
    kept = "".join(c for c in text if c == "\n" or (c >= " " and c != "\x7f"))
    return kept.encode("utf-8", "ignore").decode().strip()


KIND = Comment()
