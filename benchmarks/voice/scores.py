"""How good answers are: F1 by class, and over sets of themes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.voice.sets import LABELS


@dataclass(frozen=True, slots=True)
class Score:
    macro_f1: float
    negative_recall: float
    accuracy: float


def score(gold: Sequence[str], told: Sequence[str], scores: Sequence[float]) -> Score:
    """Where a set knows no neutral, a neutral answer takes the side of its score."""
    classes = [label for label in LABELS if label in gold]
    if "neutral" not in classes:
        told = [_side(label, value) for label, value in zip(told, scores, strict=True)]
    pairs = list(zip(gold, told, strict=True))
    bad = [answer for truth, answer in pairs if truth == "negative"]
    return Score(
        sum(f1(pairs, label) for label in classes) / max(1, len(classes)),
        bad.count("negative") / max(1, len(bad)),
        sum(truth == answer for truth, answer in pairs) / max(1, len(pairs)),
    )


def _side(label: str, value: float) -> str:
    if label != "neutral":
        return label
    return "positive" if value >= 0 else "negative"


def f1(pairs: Iterable[tuple[str, str]], label: str) -> float:
    pairs = list(pairs)
    hits = sum(truth == answer == label for truth, answer in pairs)
    counted = sum((truth == label) + (answer == label) for truth, answer in pairs)
    return 2 * hits / counted if counted else 0.0


def micro_f1(pairs: Iterable[tuple[Iterable[str], Iterable[str]]]) -> float:
    both = either = 0
    for truth, answer in pairs:
        both += len(set(truth) & set(answer))
        either += len(set(truth)) + len(set(answer))
    return 2 * both / either if either else 0.0
