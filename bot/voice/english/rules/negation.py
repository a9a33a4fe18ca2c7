"""Negation and how far it reaches: "not good", "never had a problem", "won't open"."""

from __future__ import annotations

from bot.voice.english.reading import Hit, Reading
from bot.voice.english.tokens import ends_a_sentence, pauses

#: Tokens after a negation in which it can find something to turn.
REACH = 5

#: What is left of a word's pull, turned round. "No crash" is less praise than "crash" is blame.
OF_PRAISE, OF_BLAME = -0.9, -0.5

#: What does not happen ("won't charge") is a fault, though the word alone says nothing.
UNDONE = -0.6

_STOPS = frozenset({"but", "although", "though", "because", "so", "and", "until", "unless", "if"})

#: Words of these families keep what they say under a negation.
_FIRM = frozenset({"carefree", "smile", "frown", "thanks", "unable"})


def turn(reading: Reading) -> None:
    for negation in reading.of("not"):
        if not _is_idle(reading, negation):
            _turn_from(reading, negation)


def _is_idle(reading: Reading, negation: Hit) -> bool:
    """Whether "not" belongs to a phrase that has a say of its own ("not only")."""
    return reading.tags[negation.start] != "not" and reading.tags[negation.start] != "unable"


def _turn_from(reading: Reading, negation: Hit) -> None:
    end = _end(reading, negation)
    turned = -1
    for hit in reading.hits:
        if hit.start < negation.end or not _can_turn(hit):
            continue
        if hit.start >= end or (turned >= 0 and not _goes_on(reading, turned, hit)):
            return
        if not hit.turned:
            hit.pull = _turned(hit)
            hit.turned_by = negation.start
        turned = hit.end


def _can_turn(hit: Hit) -> bool:
    return hit.family == "does" or (bool(hit.pull) and hit.family not in _FIRM)


def _turned(hit: Hit) -> float:
    if hit.family == "does":
        return UNDONE
    return hit.pull * (OF_PRAISE if hit.pull > 0 else OF_BLAME)


def _end(reading: Reading, negation: Hit) -> int:
    words = reading.tokens
    last = min(len(words), negation.end + REACH)
    for at in range(negation.end, last):
        if words[at] in _STOPS or pauses(words[at]) or ends_a_sentence(words[at]):
            return at
    return last


def _goes_on(reading: Reading, turned: int, hit: Hit) -> bool:
    """ "Not fast or reliable": after one turned word only "or" leads to another."""
    return reading.tokens[turned : hit.start] in ([], ["or"], ["nor"])
