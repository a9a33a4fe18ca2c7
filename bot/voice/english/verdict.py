"""What the rules alone make of a reading."""

from __future__ import annotations

from bot.voice.english.reading import Hit, Reading

#: A text's last word counts more than what led there.
LAST = 1.25

#: How far from zero a side is taken.
NEGATIVE, POSITIVE = -0.3, 0.35


def weight(reading: Reading) -> float:
    """The sum of all pulls, the last sentence's a little more; about -4 to 4."""
    if not reading.hits:
        return 0.0
    last = reading.hits[-1].sentence
    return sum([hit.pull * LAST if hit.sentence == last else hit.pull for hit in reading.hits])


def side(total: float) -> str:
    if total <= NEGATIVE:
        return "negative"
    return "positive" if total >= POSITIVE else "neutral"


def squashed(total: float) -> float:
    return total / (1.0 + abs(total))


def pulling(reading: Reading, side: str) -> list[Hit]:
    """The hits that pulled to a side; for neutral, all that pulled."""
    sign = {"negative": -1.0, "positive": 1.0}.get(side, 0.0)
    return [hit for hit in reading.hits if hit.pull * sign > 0.05 or (not sign and hit.pull)]
