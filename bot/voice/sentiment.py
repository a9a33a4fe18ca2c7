"""What a text feels like, by TextBlob's lexicon and two thresholds."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.voice.junk import is_junk

Sentiment = Literal["negative", "neutral", "positive", "unknown", "junk"]

#: Polarity outside this band takes a side. Lexicon scores pile up at exactly zero (no word known),
#: so the band is narrow: a wider one loses complaints, which score close to it.
_NEUTRAL = (-0.01, 0.02)

#: TextBlob splits "isn't" into pieces that it no longer reads as a negation.
_CONTRACTED_NOT = re.compile(r"n['’]t\b")

#: The last letter of Latin Extended-B. Those of Vietnamese lie in Latin Extended Additional.
_LATIN_ENDS = "\u024f"
_LATIN_ADDITIONAL = ("\u1e00", "\u1eff")


@dataclass(frozen=True, slots=True)
class Finding:
    """One text's judgement; unknown and junk texts score 0 and give no reason."""

    sentiment: Sentiment
    #: From -1 (negative) to 1 (positive).
    score: float
    #: The words that decided, in the text's order; "not good" and "very slow" are one each.
    because: tuple[str, ...] = ()


def judge(text: str) -> Finding:
    """Judges any text; empty text is junk."""
    if is_junk(text):
        return Finding("junk", 0.0)
    if _is_foreign(text):
        return Finding("unknown", 0.0)
    return _weigh(text)


def _weigh(text: str) -> Finding:
    # Reading the lexicon takes a third of a second and 50 MiB: not before somebody's text needs it.
    from textblob.en import sentiment

    score = sentiment(_CONTRACTED_NOT.sub(" not", text))
    polarity = max(-1.0, min(1.0, score[0]))
    side = _side(polarity)
    return Finding(side, polarity, _because(score.assessments, side))


def _side(polarity: float) -> Sentiment:
    low, high = _NEUTRAL
    if polarity < low:
        return "negative"
    return "positive" if polarity > high else "neutral"


def _because(
    assessments: list[tuple[list[str], float, float, str | None]], side: Sentiment
) -> tuple[str, ...]:
    """The words that pulled to the side taken; where neither side won, all that pulled at all."""
    pull = {"negative": -1.0, "positive": 1.0}.get(side, 0.0)
    return tuple(
        " ".join(words)
        for words, polarity, *_ in assessments
        if polarity * pull > 0 or (not pull and polarity)
    )


def _is_foreign(text: str) -> bool:
    """Whether most letters are of a script that English is not written in."""
    if text.isascii():
        return False
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(map(_is_latin, letters)) < len(letters)


def _is_latin(letter: str) -> bool:
    low, high = _LATIN_ADDITIONAL
    return letter <= _LATIN_ENDS or low <= letter <= high
