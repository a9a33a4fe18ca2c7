"""Comparison over time: "than before" takes the side of what stands before it."""

from __future__ import annotations

from bot.voice.english.reading import Reading

#: Tokens between the comparing word and "than".
NEAR = 4


def side(reading: Reading) -> None:
    """ "Slower than before" is blame, "easier than the old one" is praise."""
    for hit in reading.of("better"):
        if reading.tokens[hit.start] in {"than", "compared"}:
            earlier = reading.hits[: reading.hits.index(hit)]
            before = [h for h in earlier if h.pull and hit.start - h.end <= NEAR]
            if before and before[-1].sentence == hit.sentence and before[-1].pull < 0:
                hit.pull = -abs(hit.pull)
