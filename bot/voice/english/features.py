"""What the model counts in a reading: what the rules found, and words beside each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import sqrt

from bot.voice.english.reading import Hit, Reading
from bot.voice.english.verdict import weight

#: How the pulls of a text, and of its last sentence, are put into steps.
_STEPS = (-2.0, -1.2, -0.7, -0.35, -0.1, 0.1, 0.35, 0.7, 1.2, 2.0)
_LENGTHS = (3, 6, 10, 16, 25, 40)

_ENDINGS = ("ingly", "edly", "ing", "ies", "ied", "ed", "ly", "es", "s")

#: A text's words weigh together about as much as its findings, however many they are.
WORDS_WEIGH = 3.0

#: Tokens of a text that is long enough to be learned from in full.
SHORT = 12

#: Of the sum of all pulls.
RULES_WEIGH = 3.25

#: A sum this near to zero says neutral.
DOUBT = 0.32


def leaning(reading: Reading) -> tuple[float, float]:
    """What the rules alone say for negative and for positive; the model learns what they miss."""
    total = weight(reading)
    return RULES_WEIGH * (max(0.0, -total) - DOUBT), RULES_WEIGH * (max(0.0, total) - DOUBT)


def findings(reading: Reading) -> list[str]:
    """What the rules found, as names that stand for themselves."""
    last = len(reading.questions) - 1
    while last > 0 and not any(hit.sentence == last for hit in reading.hits):
        last -= 1
    found = ["always", *_steps(reading, last), *_shape(reading)]
    for hit in reading.hits:
        name = _name(hit)
        found.append(f"has {name}")
        if hit.sentence == last:
            found.append(f"last {name}")
        if reading.questions[hit.sentence]:
            found.append(f"asked {name}")
    found += (
        f"then {_name(one)} {_name(other)}"
        for one, other in pairwise(reading.hits)
        if one.sentence == other.sentence
    )
    return list(dict.fromkeys(found))


def words(reading: Reading) -> list[str]:
    """The stems of all words, between the signs of beginning and end."""
    return [BEGIN, *map(stem, reading.tokens), END]


def kinds(reading: Reading) -> list[str]:
    """What each word is: its family, or itself if it is a small word, or any other word."""
    found = [
        tag or (word if word in _PLAIN else OTHER)
        for tag, word in zip(reading.tags, reading.tokens, strict=True)
    ]
    return [BEGIN, *found, END]


def phrases(reading: Reading) -> Iterator[str]:
    """Names of words, of pairs of words, and of pairs and threes of kinds, one for each time.

    The model adds up the same without spelling the names; a test holds the two together.
    """
    spelt, told = words(reading), kinds(reading)
    yield from spelt[1:-1]
    yield from (f"{one} {other}" for one, other in pairwise(spelt))
    yield from (f"<{one} {other}" for one, other in pairwise(told))
    yield from (f"<{a} {b} {c}" for a, b, c in zip(told, told[1:], told[2:], strict=False))


def trust(reading: Reading) -> float:
    """How far the model may go beyond the rules: in a short text what the rules found decides."""
    return min(1.0, len(reading.tokens) / SHORT)


def share(reading: Reading) -> float:
    """What each of a text's phrases weighs."""
    return WORDS_WEIGH * trust(reading) / sqrt(max(len(reading.tokens), SHORT))


@lru_cache(8_192)
def stem(word: str) -> str:
    """A word without its endings, the same for its forms; digits are all the same."""
    if word[0].isdigit():
        return "#"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


#: Signs where a text begins and ends, and for a word of no family.
BEGIN, END, OTHER = "^", "$", "*"

_SMALL = """
a an the my our your his her their this that these those i we you he she it they me us them is am
are was were be been have has had do does did and or if so because when while to of in on at for
with from by as into about after before than then there here now just only also too all any some
every each one two # ! ? . , ; : ^ $ what which who why how where
"""
_PLAIN = frozenset(_SMALL.split())


def _name(hit: Hit) -> str:
    return f"not-{hit.family}" if hit.turned else hit.family


def _passed(name: str) -> list[tuple[str, ...]]:
    """Names by how many steps were passed; each step says so, and steps beside each other share
    what they know."""
    names = [f"{name} over {step}" for step in _STEPS]
    return [tuple(names[:count]) for count in range(len(names) + 1)]


_TOTAL, _END, _GOOD, _BAD = map(_passed, ("total", "end", "good", "bad"))


def _steps(reading: Reading, last: int) -> Iterator[str]:
    good = bad = end = 0.0
    for hit in reading.hits:
        if hit.pull > 0:
            good += hit.pull
        else:
            bad += hit.pull
        if hit.sentence == last:
            end += hit.pull
    yield from _TOTAL[bisect_left(_STEPS, good + bad)]
    yield from _END[bisect_left(_STEPS, end)]
    yield from _GOOD[bisect_left(_STEPS, good)]
    yield from _BAD[bisect_left(_STEPS, bad)]


def _shape(reading: Reading) -> Iterator[str]:
    yield from (f"longer than {n}" for n in _LENGTHS if len(reading.tokens) > n)
    if any(reading.questions):
        yield "asks"
    if reading.questions[-2:-1] == [True]:
        yield "ends asking"
    if "!" in reading.text:
        yield "exclaims"
    if not any(hit.pull for hit in reading.hits):
        yield "nothing pulls"
