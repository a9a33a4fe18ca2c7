"""What is not there: "no laptop yet", "without wifi since Monday"."""

from __future__ import annotations

from bot.voice.english.reading import Hit, Reading

MISSED = -0.6

_ABSENT = frozenset({"no", "without", "zero"})

#: "No password needed" is no loss.
_WELCOME = frozenset({"needed", "required", "necessary", "involved", "more", "for", "other"})


def feel(reading: Reading) -> None:
    for hit in reading.of("thing"):
        if _is_missed(reading, hit):
            hit.pull = MISSED
            hit.turned_by = hit.start - 1


def _is_missed(reading: Reading, hit: Hit) -> bool:
    """The word for absence stands right before the thing, or before one word that describes it."""
    before = reading.tokens[max(0, hit.start - 2) : hit.start]
    after = reading.tokens[hit.end : hit.end + 2]
    near = before[-1:] if before[-1:] != ["a"] else before[-2:-1]
    return bool(near) and near[0] in _ABSENT and not _WELCOME.intersection(after)
