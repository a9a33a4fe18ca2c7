"""Of two sides of a "but" the second one counts more; of an "although" the other one."""

from __future__ import annotations

from bot.voice.english.reading import Hit, Reading
from bot.voice.english.tokens import ends_a_sentence, pauses

BEFORE, AFTER, GRANTED = 0.55, 1.3, 0.5

#: Words of a clause that no comma ends: "despite the nice interface it keeps losing...".
SHORT = 4


def shift(reading: Reading) -> None:
    for but in reading.of("but"):
        _shift_at(reading, but)
    for although in reading.of("although"):
        end = _end(reading, although)
        for hit in reading.hits:
            if although.end <= hit.start < end:
                hit.pull *= GRANTED


def _shift_at(reading: Reading, but: Hit) -> None:
    """A sentence that begins with "but" stands against the one before."""
    opens = but.start == 0 or ends_a_sentence(reading.tokens[but.start - 1])
    against = but.sentence - 1 if opens else but.sentence
    for hit in reading.hits:
        if hit.sentence == against and hit.start < but.start:
            hit.pull *= BEFORE
        elif hit.sentence == but.sentence and hit.start >= but.end:
            hit.pull *= AFTER


def _end(reading: Reading, although: Hit) -> int:
    """The comma that ends the clause; without one it is taken for short."""
    for at in range(although.end, len(reading.tokens)):
        if pauses(reading.tokens[at]) or ends_a_sentence(reading.tokens[at]):
            return at
    return although.end + SHORT
