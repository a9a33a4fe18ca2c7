"""The comments that say most of what the others say as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt

from bot.voice.english.features import stem
from bot.voice.english.tokens import tokens
from bot.voice.language import small_words

#: Two quotes that are more alike than this would say the same thing twice.
ALIKE = 0.6
#: Quotes shorter or longer than this, in characters, are taken only where there are no others.
SHORT, LONG = 20, 280

Vector = Mapping[str, float]


def typical(texts: Sequence[str], most: int) -> tuple[str, ...]:
    """At most so many, the most typical first. Order and repetition of the texts do not matter."""
    distinct = sorted(set(texts))
    vectors = _vectors(distinct)
    middle = Counter[str]()
    for vector in vectors:
        middle.update(vector)
    near = [_dot(vector, middle) for vector in vectors]
    order = sorted(range(len(distinct)), key=lambda at: (not _fits(distinct[at]), -near[at], at))
    chosen: list[int] = []
    for at in order:
        if len(chosen) < most and all(_dot(vectors[at], vectors[c]) < ALIKE for c in chosen):
            chosen.append(at)
    return tuple(distinct[at] for at in chosen)


def _fits(text: str) -> bool:
    return SHORT <= len(text) <= LONG


def _vectors(texts: Sequence[str]) -> list[Vector]:
    """Stems by how rare they are, each text of length 1; a stem of one text alone says nothing
    about the others."""
    held = [Counter(_stems(text)) for text in texts]
    spread = Counter(name for counts in held for name in counts)
    return [_unit({n: log(1 + len(texts) / spread[n]) for n in counts}) for counts in held]


def _stems(text: str) -> list[str]:
    return [stem(w) for w in tokens(text) if w[0].isalpha() and w not in small_words()]


def _unit(vector: Vector) -> Vector:
    length = sqrt(sum(value * value for value in vector.values())) or 1.0
    return {name: value / length for name, value in vector.items()}


def _dot(one: Vector, other: Mapping[str, float]) -> float:
    return sum(value * other.get(name, 0.0) for name, value in one.items())
