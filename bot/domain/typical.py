"""Which of many comments to quote: the one that says best what the others say too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from bot.domain.release import ReleasedText

#: Words shorter than this join others and say nothing.
TELLING: Final = 4
#: Characters that are read at a glance on a phone; longer ones are quoted only if nothing else is.
AT_A_GLANCE: Final = 280
#: Words a short comment is reckoned to have at least, so that one of two words is not the winner.
FULL: Final = 8
#: A theme says more about what a comment is about than any one of its words.
WEIGHT_OF_A_THEME: Final = 3

_WORDS = re.compile(r"\w+")


def typical(texts: Sequence[ReleasedText], sentiment: str) -> ReleasedText | None:
    """The most typical comment of a sentiment, the same whatever order they come in; None where
    there is none."""
    among = [text for text in texts if text.sentiment == sentiment]
    said = {text.id: _said(text) for text in among}
    shared: Counter[str] = Counter(word for words in said.values() for word in words)

    def fits(text: ReleasedText) -> tuple[bool, float, str]:
        words = said[text.id]
        # What nobody else says is not typical, however often it would add up.
        common = sum((shared[word] - 1) * weight for word, weight in words.items())
        return len(text.body) <= AT_A_GLANCE, common / max(FULL, len(words)), text.id

    return max(among, key=fits, default=None)


def _said(text: ReleasedText) -> dict[str, int]:
    words = {word for word in _WORDS.findall(text.body.lower()) if len(word) >= TELLING}
    return dict.fromkeys(words, 1) | {f"#{theme}": WEIGHT_OF_A_THEME for theme in text.themes}
