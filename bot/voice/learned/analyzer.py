"""The analyzer of a learned language, as TextBlob knows analyzers."""

from __future__ import annotations

from textblob.base import CONTINUOUS, BaseSentimentAnalyzer

from bot.voice.english.analyzer import Judgement
from bot.voice.english.model import Odds
from bot.voice.learned import model
from bot.voice.learned.features import read


class LearnedAnalyzer(BaseSentimentAnalyzer):  # type: ignore[misc] # textblob has no types
    """Judges comments about IT in one language; any text, and nothing is remembered."""

    kind = CONTINUOUS
    RETURN_TYPE = Judgement

    def __init__(self, name: str, weights: model.Weights | None = None) -> None:
        """`name` is that of the language's files; with the weights that ship, or others."""
        super().__init__()
        self._name = name
        self._weights = weights

    def train(self) -> None:
        """Reads word lists and weights; TextBlob's word for getting ready."""
        self._tongue, shipped = model.shipped(self._name)
        self._weights = self._weights or shipped
        super().train()

    def analyze(self, text: str) -> Judgement:
        super().analyze(text)
        assert self._weights is not None  # read by `train`, which TextBlob calls first
        reading = read(text, self._tongue)
        odds = model.odds(reading, self._weights)
        label = _label(odds)
        because = () if label == "neutral" else model.telling(reading, label, self._weights)
        if label != "neutral" and not because:
            # Nobody could see why, so no side is taken.
            return Judgement(0.0, "neutral", ())
        return Judgement(odds.positive - odds.negative, label, because)


def _label(odds: Odds) -> str:
    if odds.negative >= max(odds.neutral, odds.positive):
        return "negative"
    return "positive" if odds.positive > odds.neutral else "neutral"
