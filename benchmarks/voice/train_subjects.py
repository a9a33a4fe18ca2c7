"""`python -m benchmarks.voice.train_subjects`: learns anew what words say about themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

import bot.voice
from benchmarks.voice.regression import Counted, Floats, fit_apart, freedom, names_in
from benchmarks.voice.sets import Row, corpus
from bot.voice.subjects import FILE, NAMED_WEIGHS, Weights, counted
from bot.voice.themes import shipped

FIRMNESS: Final = 2.0
#: Texts that must hold a name before it is learned.
LEAST: Final = 2
#: In hundredths; smaller weights are left out.
SMALLEST: Final = 8
#: Added to every theme's bias: a theme is rather named than missed.
LEANING: Final = 1.0
#: How freely names weigh that are no words.
FREE: Final = 1.5

NO_WORDS: Final = ("bias", "named ", "hint ", "hints ")

Learned = dict[str, dict[str, float]]


def learned(rows: Sequence[Row]) -> Learned:
    """For each name, what it says for each theme; what says next to nothing is left out."""
    texts, themes = [_counted(row.text) for row in rows], list(shipped().themes)
    names = sorted(names_in(texts, LEAST))
    about = np.array([[theme in row.themes for theme in themes] for row in rows], dtype=float)
    named = np.array([[f"named {t}" in text for t in themes] for text in texts], dtype=float)
    given = NAMED_WEIGHS * (named - 0.5)
    found = fit_apart(texts, about, names, FIRMNESS, given, _freedom(texts, about, names))
    found[names.index("bias")] += LEANING - NAMED_WEIGHS / 2
    every = {
        name: dict(zip(themes, map(float, said), strict=True))
        for name, said in zip(names, found, strict=True)
    }
    return {
        name: {theme: weight for theme, weight in said.items() if _counts(weight)}
        for name, said in every.items()
        if any(map(_counts, said.values()))
    }


def _freedom(texts: Sequence[Counted], about: Floats, names: Sequence[str]) -> Floats:
    free = freedom(texts, about, names)
    free[[place for place, name in enumerate(names) if name.startswith(NO_WORDS)]] = FREE
    return free


def _counted(text: str) -> Counted:
    return counted(text, shipped().named(text))


def written(weights: Learned, sources: Mapping[str, int]) -> str:
    told = ", ".join(f"{name} ({count})" for name, count in sources.items())
    lines = ["# Learned by benchmarks/voice/train_subjects.py. No chance is in it: no seed."]
    lines.append(f"# From: {told}. Firmness {FIRMNESS}; least {LEAST}; leaning {LEANING}.")
    for name, themes in sorted(weights.items()):
        said = [f"{theme}={round(100 * weight)}" for theme, weight in themes.items()]
        lines.append(f"{name}\t{' '.join(said)}")
    return "\n".join(lines) + "\n"


def packed(weights: Learned) -> Weights:
    """As `bot.voice.subjects` reads them from the file."""
    return {name: tuple(themes.items()) for name, themes in weights.items()}


def _counts(weight: float) -> bool:
    return abs(100 * weight) >= SMALLEST


def main() -> None:
    ours = corpus()
    weights = learned([row for rows in ours.values() for row in rows])
    path = Path(next(iter(bot.voice.__path__))) / FILE
    path.write_text(written(weights, {n: len(r) for n, r in ours.items()}), encoding="utf-8")
    print(f"{path.name}: {len(weights)} names, {path.stat().st_size / 1000:,.0f} kB")


if __name__ == "__main__":
    main()
