"""`python -m benchmarks.voice.train [FOLDER]`: learns the weights that ship, anew.

FOLDER holds the public sets (`stackoverflow.tsv`, `uci_reviews.tsv`), which are not kept here.
Without it the weights are learned from our own corpus alone. The same texts give the same weights.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.voice.regression import Counted, Fit, Floats, fit, names_in
from benchmarks.voice.sets import LABELS, Row, corpus, public
from bot.voice import english
from bot.voice.english import features, rules
from bot.voice.english.model import FILE
from bot.voice.english.reading import Reading, read

#: What one text of a public set weighs beside one of ours.
PUBLIC_WEIGHS: Final = 0.08
#: How firmly weights are held near zero.
FIRMNESS: Final = 6.0
#: Added to negative: a grumble is rather heard than missed.
LEANING: Final = 0.15
#: Odds of e to the minus this are none.
NEVER: Final = 30.0
#: Texts of ours that must hold a name before it is learned.
LEAST: Final = 2
#: Weights in hundredths; a name whose weights are all smaller is left out. Single words stay: the
#: model has to know which words are strange to it.
SMALLEST: Final = 3

WEIGHTS: Final = Path(next(iter(english.__path__))) / FILE


@dataclass(frozen=True, slots=True)
class Counts:
    """Texts as the model counts them, and what the rules say of each text and label."""

    texts: list[Counted]
    given: Floats


def counts(rows: Sequence[Row]) -> Counts:
    readings = [_read(row.text) for row in rows]
    given = [(ill, 0.0, well) for ill, well in map(features.leaning, readings)]
    return Counts([_counted(reading) for reading in readings], np.array(given).reshape(-1, 3))


def _read(text: str) -> Reading:
    reading = read(text)
    rules.apply(reading)
    return reading


def _counted(reading: Reading) -> Counted:
    each = features.share(reading)
    spelt = Counter(f"p {name}" for name in features.phrases(reading))
    found = {name: count * each for name, count in spelt.items()}
    return found | dict.fromkeys(features.findings(reading), features.trust(reading))


def learned(ours: Sequence[Row], others: Sequence[Row]) -> Fit:
    mine, theirs = counts(ours), counts(others)
    rows = [*ours, *others]
    found = fit(
        [*mine.texts, *theirs.texts],
        np.array([[row.label == label for label in LABELS] for row in rows], dtype=float),
        np.array([1.0] * len(ours) + [PUBLIC_WEIGHS] * len(others)),
        sorted(names_in(mine.texts, LEAST)),
        FIRMNESS,
        np.concatenate([mine.given, theirs.given]) + _ruled_out(rows),
        biased=False,
    )
    return replace(found, bias=found.bias + np.array([LEANING, 0.0, 0.0]))


def _ruled_out(rows: Sequence[Row]) -> Floats:
    """Neutral, for texts of sets that do not know it."""
    return np.array([(0.0, -NEVER if row.sided else 0.0, 0.0) for row in rows])


def written(fit: Fit, sources: Mapping[str, int]) -> str:
    """The file of weights: each class against neutral, in hundredths."""
    told = ", ".join(f"{name} ({count})" for name, count in sources.items())
    lines = [
        "# Learned by benchmarks/voice/train.py; see docs/voice.md. No chance is in it: no seed.",
        f"# From: {told}.",
        f"# Public texts weigh {PUBLIC_WEIGHS}; firmness {FIRMNESS}; leaning {LEANING};"
        f" least {LEAST}.",
        _line("bias", fit.bias),
    ]
    for name, row in zip(fit.names, fit.weights, strict=True):
        if _is_word(name) or max(map(abs, _hundredths(row))) >= SMALLEST:
            lines.append(_line(name, row))
    return "\n".join(lines) + "\n"


def _is_word(name: str) -> bool:
    return name.startswith("p ") and name.count(" ") == 1


def _line(name: str, row: Floats) -> str:
    return "\t".join([name, *map(str, _hundredths(row))])


def _hundredths(row: Floats) -> tuple[int, int]:
    negative, neutral, positive = row
    return round(100 * (negative - neutral)), round(100 * (positive - neutral))


def main(folder: str | None = None) -> None:
    ours, others = corpus(), public(Path(folder) if folder else None)
    sources = {name: len(rows) for name, rows in {**ours, **others}.items()}
    found = learned(
        [row for rows in ours.values() for row in rows],
        [row for rows in others.values() for row in rows],
    )
    WEIGHTS.write_text(written(found, sources), encoding="utf-8")
    print(f"{WEIGHTS.name}: {len(found.names)} names, {WEIGHTS.stat().st_size / 1000:,.0f} kB")


if __name__ == "__main__":
    main(*sys.argv[1:])
