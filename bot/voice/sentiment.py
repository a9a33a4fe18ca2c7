"""What a text feels like: judged by the analyzer of its language, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Literal, cast

from bot.voice.junk import is_junk
from bot.voice.language import ENGLISH, language
from bot.voice.learned import LEARNED

Sentiment = Literal["negative", "neutral", "positive", "unknown", "junk"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One text's judgement; unknown and junk texts score 0 and give no reason."""

    sentiment: Sentiment
    #: From -1 (negative) to 1 (positive).
    score: float
    #: The words that decided, in the text's order; "not good" and "very slow" are one each.
    because: tuple[str, ...] = ()


#: What a text is judged by: something that answers as `english.analyzer` does.
Analyze = Callable[[str], Any]


def judge(text: str) -> Finding:
    """Judges any text; empty text is junk."""
    return judged(text, _analyzer)


def judged(text: str, analyzers: Callable[[str | None], Analyze | None]) -> Finding:
    """`analyzers` gives the analyzer of a language, None where there is none."""
    if is_junk(text):
        return Finding("junk", 0.0)
    analyzer = analyzers(language(text))
    if analyzer is None:
        return Finding("unknown", 0.0)
    said = analyzer(text)
    return Finding(cast(Sentiment, said.label), said.polarity, said.because)


def _english() -> Analyze:
    # Reading TextBlob's lexicon takes a third of a second and 40 MiB: not before a text needs it.
    from bot.voice.english.analyzer import ItAnalyzer

    return ItAnalyzer().analyze


def _learned(name: str) -> Analyze:
    from bot.voice.learned.analyzer import LearnedAnalyzer

    return LearnedAnalyzer(name).analyze


#: What makes the analyzer of a language ready. One that is not named here is never guessed at.
ANALYZERS: Mapping[str, Callable[[], Analyze]] = {
    ENGLISH: _english,
    **{code: partial(_learned, name) for code, name in LEARNED.items()},
}


@cache
def _analyzer(code: str | None) -> Analyze | None:
    ready = ANALYZERS.get(code or "")
    return ready() if ready else None
