"""The analyzer of English, as TextBlob knows analyzers: `TextBlob(text, analyzer=ItAnalyzer())`."""

from __future__ import annotations

from typing import NamedTuple

from textblob.base import CONTINUOUS, BaseSentimentAnalyzer

from bot.voice.english import lexicon, model, rules
from bot.voice.english.reading import Hit, Reading, read
from bot.voice.english.verdict import pulling


class Judgement(NamedTuple):
    #: From -1 (negative) to 1 (positive).
    polarity: float
    #: "negative", "neutral" or "positive".
    label: str
    #: The words that decided, in the text's order.
    because: tuple[str, ...]


class ItAnalyzer(BaseSentimentAnalyzer):  # type: ignore[misc] # textblob has no types
    """Judges English comments about IT; any text, in microseconds, and nothing is remembered."""

    kind = CONTINUOUS
    RETURN_TYPE = Judgement

    def __init__(self, weights: model.Weights | None = None) -> None:
        """With the weights that ship, or others."""
        super().__init__()
        self._weights = weights

    def train(self) -> None:
        """Reads lexicon and weights, a quarter of a second; TextBlob's word for getting ready."""
        lexicon.lexicon()
        self._weights = self._weights or model.weights()
        super().train()

    def analyze(self, text: str) -> Judgement:
        super().analyze(text)
        reading = read(text)
        rules.apply(reading)
        assert self._weights is not None  # read by `train`, which TextBlob calls first
        odds = model.odds(reading, self._weights)
        score = odds.positive - odds.negative
        label = _label(odds)
        because = _because(reading, label, self._weights)
        if not because:
            # Nobody could see why, so no side is taken.
            label, score = "neutral", 0.0
        return Judgement(score, label, because)


def _label(odds: model.Odds) -> str:
    if odds.negative >= max(odds.neutral, odds.positive):
        return "negative"
    return "positive" if odds.positive > odds.neutral else "neutral"


def _because(reading: Reading, label: str, weights: model.Weights) -> tuple[str, ...]:
    """Words of the lexicon that pulled to the side; where there are none, the model's own."""
    hits = pulling(reading, label)
    if hits:
        return tuple(_said(reading, hit) for hit in _apart(hits))
    if label == "neutral":
        return ()
    return tuple(model.telling(reading, label, weights))


def _apart(hits: list[Hit]) -> list[Hit]:
    """One hit for each place: a word may be of two families."""
    return list({hit.start: hit for hit in hits}.values())


def _said(reading: Reading, hit: Hit) -> str:
    """As written, with what turned it round or made it stronger: "not good", "very slow"."""
    words = reading.tokens[hit.start : hit.end]
    if hit.start and reading.tags[hit.start - 1] == "very":
        words = [reading.tokens[hit.start - 1], *words]
    if hit.turned:
        words = [_plainly(reading.tokens[hit.turned_by]), *words]
    return " ".join(words)


def _plainly(negation: str) -> str:
    return "not" if negation.endswith("n't") else negation
