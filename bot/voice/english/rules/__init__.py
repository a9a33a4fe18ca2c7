"""Rules that change how words pull, one family a file, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable

from bot.voice.english.reading import Reading
from bot.voice.english.rules import (
    absence,
    comparison,
    contrast,
    demand,
    duration,
    emphasis,
    irony,
    negation,
    question,
    remedy,
    repetition,
)

#: Each changes the pulls of a reading's hits.
RULES: tuple[Callable[[Reading], None], ...] = (
    duration.measure,
    emphasis.amplify,
    demand.hear,
    negation.turn,
    absence.feel,
    comparison.side,
    repetition.weigh,
    remedy.forgive,
    irony.turn,
    question.soften,
    contrast.shift,
)


def apply(reading: Reading) -> None:
    for rule in RULES:
        rule(reading)
