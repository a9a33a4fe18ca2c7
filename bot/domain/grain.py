"""How finely a correlation may be told: from what is published anyway, and from nothing else.

A correlation is a fraction with whole numbers in it. Told too exactly it says which of two
histograms is the true one, and so takes back the answer that deniability has moved. So several
possible ones stand behind each that is told, also at the ends of what is possible at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import gcd, sqrt
from typing import Final, NamedTuple

from bot.domain.release import ReleasedBlock

#: Possible values of a correlation behind each told one, at the least.
FEWEST_BEHIND: Final = 2
#: A correlation is told up to this share of what the published histograms allow at most.
REACH: Final = 0.9
#: A step of a scale counts as used from so many answers on.
IN_USE: Final = 5
#: In hundredths, coarse and fine: what a told correlation may be a multiple of.
GRAINS: Final = (10, 1)


class Spread(NamedTuple):
    """A published histogram of a whole company: shares by step, and the smallest step in use."""

    shares: Mapping[int, float]
    step: int

    @property
    def variance(self) -> float:
        """In squares of the step in use."""
        mean = sum(x * share for x, share in self.shares.items())
        return sum(share * (x - mean) ** 2 for x, share in self.shares.items()) / self.step**2


def spread(steps: Mapping[str, int], blocks: Iterable[ReleasedBlock], question: str) -> Spread:
    counts = dict.fromkeys(steps.values(), 0)
    for block in blocks:
        if block.question == question:
            for category, count in block.hist.items():
                counts[steps[category]] += int(count)
    total = sum(counts.values()) or 1
    used = [step for step, count in counts.items() if count >= IN_USE]
    gaps = [after - before for before, after in pairwise(used)]
    shares = {step: count / total for step, count in counts.items()}
    return Spread(shares, gcd(*gaps) or 1)


def finest(n: int, variance: float) -> int:
    """The finest grain at which enough possible correlations lie behind each; 0 for none.

    Between two answers that vary like this, those lie 1 / (n * variance) apart.
    """
    fine = [grain for grain in GRAINS if n * variance * grain / 100 >= FEWEST_BEHIND]
    return min(fine, default=0)


def reach(one: Spread, other: Spread, up: bool) -> float:
    """The largest correlation (or the smallest) that two histograms allow."""
    lowest = sorted(one.shares.items())
    against = sorted(other.shares.items(), reverse=not up)
    together, i, j = 0.0, 0, 0
    left, right = lowest[0][1], against[0][1]
    while i < len(lowest) and j < len(against):
        part = min(left, right)
        together += part * lowest[i][0] * against[j][0]
        left, right = left - part, right - part
        if left <= right:
            i += 1
            left = lowest[i][1] if i < len(lowest) else 0.0
        else:
            j += 1
            right = against[j][1] if j < len(against) else 0.0
    return (together - _mean(one) * _mean(other)) / (_deviation(one) * _deviation(other))


def _mean(spread: Spread) -> float:
    return sum(x * share for x, share in spread.shares.items())


def _deviation(spread: Spread) -> float:
    return sqrt(spread.variance) * spread.step


def told(value: float, grain: int, low: float, high: float) -> int:
    """In hundredths, and no further out than most of what is possible."""
    most = int(high * REACH * 100 // grain) * grain
    least = -int(-low * REACH * 100 // grain) * grain
    return max(least, min(most, round(100 * value / grain) * grain))
