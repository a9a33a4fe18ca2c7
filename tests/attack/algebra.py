"""Exact recovery: which sets of answers are a difference of released figures, and what they say."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.attack.evidence import Evidence

CLOSE = 1e-6


def recovered(found: Evidence) -> set[int]:
    """Answers that adding and subtracting exact figures gives away, each with its category."""
    exact = [number for number, row in enumerate(found.rows) if row.exact]
    told: set[int] = set()
    if not exact or not found.sets:
        return told
    figures = found.by_set[exact].astype(float)
    totals = np.array([np.sum([p.truths[0] for p in found.rows[i].parts], axis=0) for i in exact])
    for number, weights in _differences(figures).items():
        counts = weights @ totals
        category = int(np.argmax(counts))
        members = found.sets[number]
        alike = abs(counts[category] - len(members)) < CLOSE
        if alike and (found.truth[members] == category).all():
            told.update(int(member) for member in members)
    return told


def _differences(figures: NDArray[np.float64]) -> dict[int, NDArray[np.float64]]:
    """Set -> weights under which the figures add up to that set alone, where there are such."""
    sets = np.eye(figures.shape[1])
    weights = np.linalg.lstsq(figures.T, sets, rcond=None)[0]
    missed = np.abs(figures.T @ weights - sets).max(axis=0)
    return {int(n): np.asarray(weights[:, n]) for n in np.flatnonzero(missed < CLOSE)}
