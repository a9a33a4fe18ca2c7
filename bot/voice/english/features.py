"""What the model counts in a reading: what the rules found, and words beside each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from math import sqrt

from bot.voice.english.reading import Reading
from bot.voice.english.verdict import weight

#: How the pulls of a text, and of its last sentence, are put into steps.
_STEPS = (-2.0, -1.2, -0.7, -0.35, -0.1, 0.1, 0.35, 0.7, 1.2, 2.0)
_LENGTHS = (3, 6, 10, 16, 25, 40)

_ENDINGS = ("ingly", "edly", "ing", "ies", "ied", "ed", "ly", "es", "s")

#: A text's words weigh together about as much as its findings, however many they are.
WORDS_WEIGH = 3.0

#: Tokens of a text that is long enough to be learned from in full.
SHORT = 12

#: Strange words that make no text strange, and those that make it wholly so.
FEW, MANY = 1, 4

#: Of the sum of all pulls.
RULES_WEIGH = 3.25

#: A sum this near to zero says neutral.
DOUBT = 0.32


def leaning(reading: Reading) -> tuple[float, float]:
    """What the rules alone say for negative and for positive; the model learns what they miss."""
    total = weight(reading)
    return RULES_WEIGH * (max(0.0, -total) - DOUBT), RULES_WEIGH * (max(0.0, total) - DOUBT)


def findings(reading: Reading) -> list[str]:
    """What the rules found, as names that stand for themselves.

    The model adds up the same without the steps' names; a test holds the two together.
    """
    steps = zip(SCALES, places(reading), strict=True)
    return [*marks(reading), *(name for names, place in steps for name in names[:place])]


def marks(reading: Reading) -> list[str]:
    """All findings but those that are steps of a scale."""
    last, before = _last(reading), None
    asks = any(reading.questions)
    found = ["always", *_shape(reading)]
    for hit in reading.hits:
        has, ends, asked = _names(hit.family, hit.turned_by >= 0)
        found.append(has)
        if hit.sentence == last:
            found.append(ends)
        if asks and reading.questions[hit.sentence]:
            found.append(asked)
        if before is not None and before.sentence == hit.sentence:
            found.append(
                _then(before.family, before.turned_by >= 0, hit.family, hit.turned_by >= 0)
            )
        before = hit
    return list(dict.fromkeys(found))


def places(reading: Reading) -> tuple[int, ...]:
    """How many steps of each scale a text passes."""
    good = bad = end = 0.0
    last = _last(reading)
    for hit in reading.hits:
        if hit.pull > 0:
            good += hit.pull
        else:
            bad += hit.pull
        if hit.sentence == last:
            end += hit.pull
    sums = (good + bad, end, good, bad)
    return *(bisect_left(_STEPS, each) for each in sums), bisect_left(_LENGTHS, len(reading.tokens))


def _last(reading: Reading) -> int:
    """The last sentence in which anything was found."""
    return reading.hits[-1].sentence if reading.hits else 0


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
    """Names of words, of pairs of words and of pairs of kinds, one for each time.

    The model adds up the same without spelling the names; a test holds the two together.
    """
    spelt, told = words(reading), kinds(reading)
    yield from spelt[1:-1]
    yield from (f"{one} {other}" for one, other in pairwise(spelt))
    yield from (f"<{one} {other}" for one, other in pairwise(told))


def trust(reading: Reading) -> float:
    """How far the model may go beyond the rules: in a short text what the rules found decides."""
    return min(1.0, len(reading.tokens) / SHORT)


def nearness(strange: int) -> float:
    """How far the model may go where it meets words that it has not learned: from a text that is
    full of them, of another trade than IT's customers', only the rules draw conclusions."""
    return max(0.0, min(1.0, 1 - (strange - FEW) / (MANY - FEW)))


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


@cache
def _names(family: str, turned: bool) -> tuple[str, str, str]:
    """Of a finding anywhere, in the last sentence and in a question."""
    name = _name(family, turned)
    return f"has {name}", f"last {name}", f"asked {name}"


@cache
def _then(one: str, turned: bool, other: str, other_turned: bool) -> str:
    return f"then {_name(one, turned)} {_name(other, other_turned)}"


def _name(family: str, turned: bool) -> str:
    return f"not-{family}" if turned else family


#: Scales of steps. Each step that is passed says so, and steps beside each other share what they
#: know: the pulls of a text, of its last sentence, of praise and of blame, and its length.
SCALES = (
    *([f"{name} over {step}" for step in _STEPS] for name in ("total", "end", "good", "bad")),
    [f"longer than {count}" for count in _LENGTHS],
)


def _shape(reading: Reading) -> Iterator[str]:
    if any(reading.questions):
        yield "asks"
    if reading.questions[-2:-1] == [True]:
        yield "ends asking"
    if "!" in reading.text:
        yield "exclaims"
    if not any(hit.pull for hit in reading.hits):
        yield "nothing pulls"
