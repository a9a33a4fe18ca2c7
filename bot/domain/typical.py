"""Which of many comments to quote: those that say best what the others say too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.domain.release import ReleasedText

#: Comments that are compared while somebody waits. Their ids are random, so the first by id are as
#: good as any.
MOST_READ: Final = 300


def typical(texts: Iterable[ReleasedText], most: int) -> tuple[ReleasedText, ...]:
    """At most so many, the same whatever order they come in, and no two that say the same."""
    # Loaded with the first comment that is quoted.
    from bot.voice import typical as chosen

    among = sorted(texts, key=lambda text: text.id)[:MOST_READ]
    by_words = {text.body: text for text in reversed(among)}
    return tuple(by_words[words] for words in chosen(list(by_words), most))
