"""How long something took: "within ten minutes" is praise, "after three weeks" is not."""

from __future__ import annotations

from bot.voice.english.reading import Hit, Reading

QUICK, LONG = 0.8, -0.5

_SHORT = frozenset({"second", "seconds", "minute", "minutes", "hour", "hours"})
_WITHIN = frozenset({"within", "in", "inside", "under", "than"})
_AFTER = frozenset(
    {"after", "for", "took", "takes", "taken", "taking", "another", "waited", "lasted"}
)
_SPELT = """
a an one two three four five six seven eight nine ten fifteen twenty thirty forty half few couple
several
"""
_NUMBERS = frozenset(_SPELT.split())


def measure(reading: Reading) -> None:
    for hit in reading.of("time"):
        start = _number(reading, hit)
        before = reading.tokens[start - 1] if 0 < start < hit.start else ""
        if before in _WITHIN and reading.tokens[hit.start] in _SHORT:
            hit.pull = QUICK
        elif before in _AFTER or reading.tokens[hit.end : hit.end + 1] == ["later"]:
            hit.pull = LONG


def _number(reading: Reading, hit: Hit) -> int:
    """Where the number before a unit of time begins; the unit itself where there is none."""
    at = hit.start
    while at and (reading.tokens[at - 1] in _NUMBERS or reading.tokens[at - 1].isdigit()):
        at -= 1
    return at
