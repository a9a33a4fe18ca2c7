"""`python -m benchmarks.voice.train_subjects`: learns anew what words say about themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

import bot.voice
from benchmarks.voice.regression import Counted, fit, names_in
from benchmarks.voice.sets import Row, corpus
from bot.voice.subjects import FILE, NAMED_WEIGHS, Weights, counted
from bot.voice.themes import shipped

FIRMNESS: Final = 2.0
#: Texts that must hold a name before it is learned.
LEAST: Final = 2
#: In hundredths; smaller weights are left out.
SMALLEST: Final = 5
#: Added to every theme's bias: a theme is rather named than missed.
LEANING: Final = 0.8

Learned = dict[str, dict[str, float]]


def learned(rows: Sequence[Row]) -> Learned:
    """For each name, what it says for each theme."""
    texts = [_counted(row.text) for row in rows]
    names = sorted(names_in(texts, LEAST))
    found: Learned = {}
    for theme in shipped().themes:
        for name, weight in _of_theme(theme, texts, rows, names).items():
            found.setdefault(name, {})[theme] = weight
    return found


def _of_theme(
    theme: str, texts: Sequence[Counted], rows: Sequence[Row], names: Sequence[str]
) -> Mapping[str, float]:
    about = np.array([theme in row.themes for row in rows], dtype=float)
    named = np.array([f"named {theme}" in text for text in texts], dtype=float)
    found = fit(
        texts,
        np.stack([1 - about, about], axis=1),
        np.ones(len(rows)),
        names,
        FIRMNESS,
        np.stack([0 * named, NAMED_WEIGHS * (named - 0.5)], axis=1),
        biased=False,
    )
    weights = {name: float(yes - no) for name, (no, yes) in zip(names, found.weights, strict=True)}
    weights["bias"] += LEANING - NAMED_WEIGHS / 2
    return weights


def _counted(text: str) -> Counted:
    return counted(text, shipped().named(text))


def written(weights: Learned, sources: Mapping[str, int]) -> str:
    told = ", ".join(f"{name} ({count})" for name, count in sources.items())
    lines = ["# Learned by benchmarks/voice/train_subjects.py. No chance is in it: no seed."]
    lines.append(f"# From: {told}. Firmness {FIRMNESS}; least {LEAST}; leaning {LEANING}.")
    for name, themes in sorted(weights.items()):
        said = [f"{theme}={round(100 * w)}" for theme, w in themes.items() if _counts(w)]
        if said:
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
