"""Praise that is meant otherwise: "Great, another outage", "love how it logs me out"."""

from __future__ import annotations

from bot.voice.english.reading import Hit, Reading

#: What becomes of praise that is not meant.
MEANT = -0.6

_FAULTS = frozenset(
    {"broken", "slow", "waiting", "refused", "burden", "costly", "lacking", "unable"}
)
_OPENERS = frozenset({"praise", "thanks", "good"})
_REMEDIES = frozenset({"fixed", "quick", "carefree", "easy", "better", "kind"})


def turn(reading: Reading) -> None:
    if _FAULTS.isdisjoint(reading.families):
        return
    for sentence in range(len(reading.questions)):
        hits = [hit for hit in reading.hits if hit.sentence == sentence]
        if _is_meant_otherwise(reading, hits):
            for hit in hits:
                if hit.pull > 0 and hit.family != "smile":
                    hit.pull *= MEANT


def _is_meant_otherwise(reading: Reading, hits: list[Hit]) -> bool:
    blame = [hit for hit in hits if hit.family in _FAULTS and not hit.turned and hit.pull < -0.4]
    if not blame:
        return False
    if any(hit.family == "sarcasm" for hit in hits):
        return True
    return _opens_with_praise(reading, hits, blame) and not any(
        hit.family in _REMEDIES and hit.pull > 0 for hit in hits
    )


def _opens_with_praise(reading: Reading, hits: list[Hit], blame: list[Hit]) -> bool:
    """ "Great, the scanner is dead": praise and a comma, then the fault."""
    first = next((hit for hit in hits if hit.pull), None)
    if first is None or first.family not in _OPENERS or first.turned or first.start > 2:
        return False
    after = reading.tokens[first.end : first.end + 1]
    return after in ([","], ["…"]) and blame[0].start - first.end <= 6
