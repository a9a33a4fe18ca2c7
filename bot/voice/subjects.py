"""What a small learned model makes of a text's words, keywords and hints."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import sqrt

from bot.voice.english.features import stem
from bot.voice.english.tokens import tokens
from bot.voice.keywords import pattern, spaced

#: A line is a name, a tab and what it says for themes in hundredths: "cost=120 delivery=-30".
#: The name "bias" says how common each is, and "named network" and "hint network" what a
#: keyword and a hint of the theme are worth.
FILE = "subjects.tsv"

HINTS = "hints.toml"

WORDS_WEIGH = 3.0

#: What a keyword says for its theme before anything is learned.
NAMED_WEIGHS = 3.0

#: A theme that lies further behind the first one is not named: the text is clearly about another.
BEHIND = 4.0

Weights = Mapping[str, tuple[tuple[str, float], ...]]


def meant(text: str, named: Collection[str], weights: Weights | None = None) -> set[str]:
    """Ids of the themes that a text is about; `named` are those whose keywords it holds."""
    weights = shipped() if weights is None else weights
    sums = defaultdict(float, dict.fromkeys(named, NAMED_WEIGHS))
    for name, value in counted(text, named).items():
        for theme, weight in weights.get(name, ()):
            sums[theme] += weight * value
    least = max(0.0, max(sums.values(), default=0.0) - BEHIND)
    return {theme for theme, weight in sums.items() if weight > least}


def counted(text: str, named: Collection[str]) -> dict[str, float]:
    """What the model counts: themes of keywords and of hints, and words and pairs of words by
    their stems."""
    words = [stem(word) for word in tokens(text) if any(map(str.isalnum, word))]
    each = WORDS_WEIGH / sqrt(max(len(words), 4))
    found = dict.fromkeys(words, each)
    found |= dict.fromkeys((f"{one} {two}" for one, two in pairwise(words)), each)
    found |= dict.fromkeys((f"named {theme}" for theme in named), 1.0)
    found |= dict.fromkeys(_hinted(text), 1.0)
    return {**found, f"named {min(len(named), 4)}": 1.0, "bias": 1.0}


def _hinted(text: str) -> Iterator[str]:
    words = spaced(text)
    for theme, hints in _hints().items():
        different = len(set(hints.findall(words)))
        if different:
            yield f"hint {theme}"
        if different > 1:
            yield f"hints {theme}"


@cache
def _hints() -> Mapping[str, re.Pattern[str]]:
    tables = tomllib.loads(files(__package__).joinpath(HINTS).read_text("utf-8"))
    return {theme: pattern(" ".join(said.split()).split(", ")) for theme, said in tables.items()}


@cache
def shipped() -> Weights:
    text = files(__package__).joinpath(FILE).read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines() if "\t" in line)
    return {name: tuple(map(_weight, said.split())) for name, said in lines}


def _weight(said: str) -> tuple[str, float]:
    theme, hundredths = said.split("=")
    return theme, int(hundredths) / 100
