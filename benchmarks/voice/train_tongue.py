"""`python -m benchmarks.voice.train_tongue german`: learns a language's weights anew.

A language is a folder of `corpus/`, a list of words in `bot/voice/learned/` and what is learned
here from both. The same texts give the same weights.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.voice.regression import Floats, fit, fit_apart, freedom, names_in
from benchmarks.voice.sets import CORPUS, LABELS, Row, corpus
from bot.voice import learned as home
from bot.voice.learned.features import NAMED, PAIRED, Reading, counted, leaning, read
from bot.voice.learned.model import NAMED_WEIGHS, NEGATIVE, POSITIVE
from bot.voice.learned.tongue import Tongue, tongue

#: How firmly weights are held near zero, for sentiment and for themes.
FIRMNESS: Final = 1.0
FIRMNESS_THEMES: Final = 4.0
#: Added to every theme's bias: a theme is rather named than missed.
LEANING: Final = 1.0
#: Texts that must hold a name before it is learned.
LEAST: Final = 2
#: In hundredths; smaller weights are left out.
SMALLEST: Final = 5

#: Writers who are kept from training and from every choice, by language.
HELD_OUT: Final = {"german": "uta", "french": "didier"}

HOME: Final = Path(next(iter(home.__path__)))

Said = dict[str, int]


def writers(language: str) -> dict[str, list[Row]]:
    """Those of a language who may be learned from."""
    found = corpus(CORPUS / language)
    found.pop(HELD_OUT.get(language, ""), None)
    return found


def held_out(language: str) -> list[Row]:
    return corpus(CORPUS / language).get(HELD_OUT.get(language, ""), [])


def learned(rows: Sequence[Row], spoken: Tongue) -> dict[str, Said]:
    """What each name says, in hundredths."""
    readings = [read(row.text, spoken) for row in rows]
    texts = [counted(reading) for reading in readings]
    names = sorted(names_in(texts, LEAST))
    # Themes say nothing about sentiment, and pairs of words next to nothing about themes.
    told = [name for name in names if not name.startswith(f"{NAMED} ")]
    sides = _said(told, _sides(rows, readings, told), (NEGATIVE, POSITIVE))
    alone, themes = [name for name in names if PAIRED not in name], spoken.themes
    about = _said(alone, _themes(rows, readings, alone, themes), themes)
    together = ((name, sides.get(name, {}) | about.get(name, {})) for name in names)
    return {name: said for name, said in together if said}


def _sides(rows: Sequence[Row], readings: Sequence[Reading], names: Sequence[str]) -> Floats:
    """For negative and for positive, against neutral."""
    given = [(ill, 0.0, well) for ill, well in map(leaning, readings)]
    found = fit(
        [counted(reading) for reading in readings],
        np.array([[row.label == label for label in LABELS] for row in rows], dtype=float),
        np.ones(len(rows)),
        names,
        FIRMNESS,
        np.array(given).reshape(-1, 3),
        biased=False,
    ).weights
    return found[:, [0, 2]] - found[:, [1]]


def _themes(
    rows: Sequence[Row],
    readings: Sequence[Reading],
    names: Sequence[str],
    themes: Sequence[str],
) -> Floats:
    texts = [counted(reading) for reading in readings]
    about = np.array([[theme in row.themes for theme in themes] for row in rows], dtype=float)
    named = [[theme in reading.themes for theme in themes] for reading in readings]
    given = NAMED_WEIGHS * (np.array(named, dtype=float) - 0.5)
    free = freedom(texts, about, names)
    found = fit_apart(texts, about, names, FIRMNESS_THEMES, given, free)
    found[names.index("always")] += LEANING - NAMED_WEIGHS / 2
    return found


def _said(names: Sequence[str], weights: Floats, what: Sequence[str]) -> dict[str, Said]:
    return {
        name: {
            each: round(100 * weight)
            for each, weight in zip(what, map(float, row), strict=True)
            if abs(round(100 * weight)) >= SMALLEST
        }
        for name, row in zip(names, weights, strict=True)
    }


def written(weights: Mapping[str, Said], sources: Mapping[str, int]) -> str:
    told = ", ".join(f"{name} ({count})" for name, count in sources.items())
    lines = [
        "# Learned by benchmarks/voice/train_tongue.py; see docs/voice.md."
        " No chance is in it: no seed.",
        f"# From: {told}. Firmness {FIRMNESS}, of themes {FIRMNESS_THEMES};"
        f" leaning of themes {LEANING}; least {LEAST}.",
    ]
    for name, said in sorted(weights.items()):
        lines.append(f"{name}\t{' '.join(f'{what}={weight}' for what, weight in said.items())}")
    return "\n".join(lines) + "\n"


def main(language: str) -> None:
    sets = writers(language)
    weights = learned([row for rows in sets.values() for row in rows], tongue(language))
    path = HOME / f"{language}.tsv"
    path.write_text(written(weights, {n: len(r) for n, r in sets.items()}), encoding="utf-8")
    print(f"{path.name}: {len(weights)} names, {path.stat().st_size / 1000:,.0f} kB")


if __name__ == "__main__":
    main(*sys.argv[1:])
