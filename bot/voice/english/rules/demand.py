"""Demands: "Fix the wifi" says that it is broken."""

from __future__ import annotations

from bot.voice.english.reading import Hit, Reading
from bot.voice.english.tokens import ends_a_sentence

DEMANDED = -0.8

_BARE = frozenset({"fix", "repair", "replace", "solve", "resolve", "sort", "improve", "restore"})
_BEFORE = frozenset({"please", "just", "pls", "finally", "to", "and", "must", "should"})


def hear(reading: Reading) -> None:
    for hit in reading.hits:
        if reading.tokens[hit.start] in _BARE and hit.pull > 0 and _is_demanded(reading, hit):
            hit.pull = DEMANDED


def _is_demanded(reading: Reading, hit: Hit) -> bool:
    """A bare verb at the beginning of a sentence, or after "please", "must" and the like."""
    if not hit.start:
        return True
    before = reading.tokens[hit.start - 1]
    return before in _BEFORE or ends_a_sentence(before)
