"""A small learned model: weights of findings and phrases, added up, and no library at run time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from math import exp

from bot.voice.english.features import (
    SCALES,
    kinds,
    leaning,
    marks,
    nearness,
    places,
    share,
    stem,
    trust,
    words,
)
from bot.voice.english.reading import Reading

#: Lines of the file are a name and its two weights in hundredths, for negative and for positive,
#: each against neutral; a phrase's name begins with "p ". Lines with # say where it comes from.
FILE = "weights.tsv"

_HUNDREDTH = 0.01

#: From this weight on a word is named among those that decided.
TELLING = 0.1


Pair = tuple[float, float]

_NOTHING: Pair = (0.0, 0.0)


@dataclass(slots=True)
class Weights:
    """Of findings by name, of phrases by their words, so that no name has to be put together."""

    bias: Pair = (0.0, 0.0)
    findings: dict[str, Pair] = field(default_factory=dict)
    #: Of each scale of `features.SCALES`, by how many of its steps are passed.
    scales: list[list[Pair]] = field(default_factory=list)
    #: By stem; every stem that our own comments were trained with, also one that weighs nothing.
    words: dict[str, Pair] = field(default_factory=dict)
    #: Of stems beside each other.
    pairs: dict[tuple[str, str], Pair] = field(default_factory=dict)
    #: Of kinds of words beside each other.
    kinds: dict[tuple[str, str], Pair] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely each side is; the three add up to 1."""

    negative: float
    neutral: float
    positive: float


@cache
def weights() -> Weights:
    return learned(files(__package__).joinpath(FILE).read_text("utf-8"))


def learned(text: str) -> Weights:
    """What a file of weights says."""
    known = Weights()
    named = dict(lines(text))
    known.scales = [_added_up(named.pop(name, _NOTHING) for name in scale) for scale in SCALES]
    for name, pair in named.items():
        if name == "bias":
            known.bias = pair
        elif name.startswith("p "):
            _learn(known, name[2:], pair)
        else:
            known.findings[name] = pair
    return known


def _added_up(steps: Iterable[Pair]) -> list[Pair]:
    """What each number of passed steps weighs."""
    ill, well = zip(_NOTHING, *steps, strict=True)
    return list(zip(accumulate(ill), accumulate(well), strict=True))


def _learn(known: Weights, name: str, pair: Pair) -> None:
    one, *rest = name.split(" ")
    if not rest:
        known.words[one] = pair
    elif not one.startswith("<") or one == "<3":
        known.pairs[one, rest[0]] = pair
    else:
        known.kinds[one[1:], rest[0]] = pair


def lines(text: str) -> Iterator[tuple[str, tuple[float, float]]]:
    for line in text.splitlines():
        if not line.startswith("# "):
            name, negative, positive = line.rsplit("\t", 2)
            yield name, (int(negative) * _HUNDREDTH, int(positive) * _HUNDREDTH)


def odds(reading: Reading, known: Weights) -> Odds:
    stems, told = words(reading), kinds(reading)
    own = list(map(known.words.get, stems[1:-1]))
    near = nearness(own.count(None))
    ill, well = leaning(reading)
    negative, positive = (known.bias[0] + ill, known.bias[1] + well)
    pairs = map(known.pairs.get, pairwise(stems))
    ill, well = _summed([*own, *pairs, *map(known.kinds.get, pairwise(told))])
    each = near * share(reading)
    negative, positive = negative + each * ill, positive + each * well
    steps = map(list.__getitem__, known.scales, places(reading))
    ill, well = _summed([*steps, *map(known.findings.get, marks(reading))])
    each = near * trust(reading)
    return soft(negative + each * ill, positive + each * well)


def _summed(pairs: Iterable[Pair | None]) -> Pair:
    ill = well = 0.0
    for negative, positive in filter(None, pairs):
        ill += negative
        well += positive
    return ill, well


def soft(negative: float, positive: float) -> Odds:
    most = max(negative, positive, 0.0)
    ill, well, plain = exp(negative - most), exp(positive - most), exp(-most)
    total = ill + well + plain
    return Odds(ill / total, plain / total, well / total)


def telling(reading: Reading, side: str, known: Weights, most: int = 2) -> list[str]:
    """The single words that the model took most for a side, in the text's order."""
    at = 0 if side == "negative" else 1
    pulls = {
        place: pair[at]
        for place, word in enumerate(reading.tokens)
        if word[0].isalpha() and (pair := known.words.get(stem(word))) and pair[at] > TELLING
    }
    best = sorted(pulls, key=lambda place: -pulls[place])[:most]
    return [reading.tokens[place] for place in sorted(best)]
