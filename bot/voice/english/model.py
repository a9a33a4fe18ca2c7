"""A small learned model: weights of findings and phrases, added up, and no library at run time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import exp

from bot.voice.english.features import END, findings, kinds, leaning, share, stem, trust, words
from bot.voice.english.reading import Reading

#: Lines of the file are a name and its two weights in hundredths, for negative and for positive,
#: each against neutral; a phrase's name begins with "p ". Lines with # say where it comes from.
FILE = "weights.tsv"

_HUNDREDTH = 0.01

#: From this weight on a word is named among those that decided.
TELLING = 0.1


Pair = tuple[float, float]


@dataclass(slots=True)
class Weights:
    """Of findings by name, and of phrases word by word, so that no name has to be put together."""

    bias: Pair = (0.0, 0.0)
    findings: dict[str, Pair] = field(default_factory=dict)
    words: dict[str, Pair] = field(default_factory=dict)
    pairs: dict[str, dict[str, Pair]] = field(default_factory=dict)
    kinds: dict[str, dict[str, Pair]] = field(default_factory=dict)
    threes: dict[str, dict[str, dict[str, Pair]]] = field(default_factory=dict)


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
    for name, pair in lines(text):
        if name == "bias":
            known.bias = pair
        elif name.startswith("p "):
            _learn(known, name[2:], pair)
        else:
            known.findings[name] = pair
    return known


def _learn(known: Weights, name: str, pair: Pair) -> None:
    parts = name.split(" ")
    if len(parts) == 1:
        known.words[name] = pair
    elif not name.startswith("<") or parts[0] == "<3":
        known.pairs.setdefault(parts[0], {})[parts[1]] = pair
    elif len(parts) == 2:
        known.kinds.setdefault(parts[0][1:], {})[parts[1]] = pair
    else:
        known.threes.setdefault(parts[0][1:], {}).setdefault(parts[1], {})[parts[2]] = pair


def lines(text: str) -> Iterator[tuple[str, tuple[float, float]]]:
    for line in text.splitlines():
        if not line.startswith("# "):
            name, negative, positive = line.rsplit("\t", 2)
            yield name, (int(negative) * _HUNDREDTH, int(positive) * _HUNDREDTH)


def odds(reading: Reading, known: Weights) -> Odds:
    ill, well = _phrases(known, words(reading), kinds(reading))
    each, full = share(reading), trust(reading)
    negative, positive = leaning(reading)
    negative += known.bias[0] + each * ill
    positive += known.bias[1] + each * well
    for name in findings(reading):
        if pair := known.findings.get(name):
            negative += full * pair[0]
            positive += full * pair[1]
    return soft(negative, positive)


def _phrases(known: Weights, spelt: list[str], told: list[str]) -> Pair:
    """Written out as one loop: most of a text's time is spent here."""
    found = list(map(known.words.get, spelt[1:-1]))
    pairs, kinds, threes = known.pairs, known.kinds, known.threes
    add = found.append
    for at in range(len(spelt) - 1):
        if table := pairs.get(spelt[at]):
            add(table.get(spelt[at + 1]))
        one, two = told[at], told[at + 1]
        if table := kinds.get(one):
            add(table.get(two))
        if (tables := threes.get(one)) and (table := tables.get(two)) and two != END:
            add(table.get(told[at + 2]))
    ill = well = 0.0
    for pair in found:
        if pair is not None:
            ill += pair[0]
            well += pair[1]
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
