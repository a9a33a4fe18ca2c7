"""A fault that was put right: "the printer broke and was replaced the same day"."""

from __future__ import annotations

from bot.voice.english.reading import Hit, Reading

#: What is left of a fault that was fixed afterwards.
FORGIVEN = 0.35

_REMEDIES = frozenset({"fixed", "quick", "kind", "thanks", "carefree"})


def forgive(reading: Reading) -> None:
    if _REMEDIES.isdisjoint(reading.families):
        return
    for remedy in reading.hits:
        if remedy.family in _REMEDIES and not remedy.turned and remedy.pull > 0:
            for fault in reading.hits:
                if _mends(remedy, fault):
                    fault.pull *= FORGIVEN


def _mends(remedy: Hit, fault: Hit) -> bool:
    """The remedy comes after the fault, at most a sentence later; or is "fixed" before it."""
    apart = remedy.sentence - fault.sentence
    if fault.pull >= 0 or fault.turned or fault.family in {"anger", "repeat"}:
        return False
    if remedy.family == "fixed" and 0 < fault.start - remedy.end <= 3:
        return True
    return fault.start < remedy.start and apart <= 1
