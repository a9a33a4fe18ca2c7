"""The mean of a question on a scale, honest at eight answers: how satisfied are they?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from bot.domain.insight.interval import CONFIDENCE, Interval, bounds, left_out
from bot.domain.insight.quantiles import t_ppf
from bot.domain.insight.tally import (
    SATISFACTION,
    Histogram,
    Scale,
    answers,
    average,
    on_scale,
    squares,
)

#: The variance within units on a scale of 1 to 5, until twelve months have shown the real one.
STARTING_VARIANCE = 1.1

#: It counts as this many answers, so that a first round of one mind is not believed at once.
STARTING_WEIGHT = 50

#: The pooled variance counts as much as this many answers.
BORROWED = 4


class Within(NamedTuple):
    """How far answers lie from the mean of their unit: the sum of (n-1)s^2 over units and rounds,
    in squared units of the scale, and the sum of n-1."""

    squares: float = 0.0
    freedom: int = 0


@dataclass(frozen=True, slots=True)
class Level(Interval):
    """A mean with its 95 % interval, in units of the scale."""

    #: The standard error of the mean.
    se: float
    #: The degrees of freedom of its t interval.
    df: float
    #: The number of answers.
    n: int


def mean_level(
    hist: Histogram,
    population: int | None = None,
    pooled: float | None = STARTING_VARIANCE,
    scale: Scale = SATISFACTION,
) -> Level:
    """The mean x and x +- t(.975, n+3) sqrt(s*^2/n (1 - n/N)), cut to the scale.

    s*^2 = max(s^2, (4 pooled + (n-1)s^2)/(n+3)): a few answers that happen to agree borrow the
    variance of the company (a scaled inverse chi-square prior worth 4 answers; Gelman et al.,
    2013), and no variance is ever made smaller by it. `pooled` is in squared units of the scale;
    None takes s^2 and n-1 as they are (Student, 1908). N is `population`, or none (pass what
    `finite_population` says). Raises ValueError for values off the scale, for no answers, and
    for a single one without `pooled`.
    """
    mean, n = average(on_scale(hist, scale)), answers(hist)
    variance, df = _variance(hist, pooled)
    se = sqrt(variance / n * left_out(n, population))
    low, high = bounds(mean, t_ppf((1 + CONFIDENCE) / 2, df) * se, scale)
    return Level(mean, low, high, se, df, n)


def within(hists: Iterable[Histogram]) -> Within:
    """Added up over histograms, one for each unit and round."""
    told = [hist for hist in hists if answers(hist) > 1]
    return Within(sum(map(squares, told)), sum(answers(hist) - 1 for hist in told))


def pooled_variance(seen: Within, start: float = STARTING_VARIANCE) -> float:
    """The variance within units (the pooled one of Snedecor and Cochran, 1989) of the last twelve
    months, in squared units of the scale; `start` counts as 50 answers more."""
    weight = STARTING_WEIGHT + seen.freedom
    return (STARTING_WEIGHT * start + seen.squares) / weight


def _variance(hist: Histogram, pooled: float | None) -> tuple[float, int]:
    """The variance that is used and its degrees of freedom."""
    own, around = answers(hist) - 1, squares(hist)
    if pooled is not None:
        smoothed = (BORROWED * pooled + around) / (BORROWED + own)
        return max(around / own if own else 0.0, smoothed), BORROWED + own
    if own < 1:
        raise ValueError("one answer has no variance of its own")
    return around / own, own
