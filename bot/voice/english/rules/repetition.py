"""What comes again and again: "still", "again", "every Monday" make a fault worse."""

from __future__ import annotations

from bot.voice.english.reading import Reading

WORSE = 1.3


def weigh(reading: Reading) -> None:
    """Without a fault in their sentence such words say nothing ("always friendly")."""
    for repeat in reading.of("repeat"):
        faults = [
            hit
            for hit in reading.hits
            if hit.sentence == repeat.sentence and hit.pull < 0 and hit.family != "repeat"
        ]
        if not faults:
            repeat.pull = 0.0
        for fault in faults:
            fault.pull *= WORSE
