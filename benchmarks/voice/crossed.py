"""How good the model is on whom it has never read: trained anew without each writer or set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.voice import train, train_subjects
from benchmarks.voice.scores import Score, micro_f1, score
from benchmarks.voice.sets import Row
from bot.voice.english import model
from bot.voice.english.analyzer import ItAnalyzer
from bot.voice.language import ENGLISH
from bot.voice.sentiment import judged
from bot.voice.subjects import meant
from bot.voice.themes import shipped

Sets = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of a set's texts."""

    labels: Sequence[str]
    scores: list[float]

    def score(self, rows: Sequence[Row]) -> Score:
        return score([row.label for row in rows], self.labels, self.scores)


def crossed(ours: Sets, others: Sets) -> dict[str, Told]:
    """Every set, of ours or public, judged by a model that was trained without it."""
    return {
        name: _told(_without(name, ours), _without(name, others), rows)
        for name, rows in {**ours, **others}.items()
    }


def crossed_themes(ours: Sets) -> dict[str, float]:
    """Micro-F1 of themes for every writer, trained without them."""
    found = {}
    for name, rows in ours.items():
        weights = train_subjects.packed(train_subjects.learned(_without(name, ours)))
        pairs = [(row.themes, meant(row.text, shipped().named(row.text), weights)) for row in rows]
        found[name] = micro_f1(pairs)
    return found


def _without(name: str, sets: Sets) -> list[Row]:
    return [row for other, rows in sets.items() if other != name for row in rows]


def _told(ours: Sequence[Row], others: Sequence[Row], rows: Sequence[Row]) -> Told:
    """By all that a comment goes through in the product: what nobody could explain is neutral."""
    weights = model.learned(train.written(train.learned(ours, others), {}))
    english = ItAnalyzer(weights).analyze
    found = [judged(row.text, lambda code: english if code == ENGLISH else None) for row in rows]
    return Told([each.sentiment for each in found], [each.score for each in found])
