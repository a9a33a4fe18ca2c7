"""Shares of people: who answered, who is satisfied, how many said so."""

from __future__ import annotations

from math import sqrt

from bot.domain.insight.interval import CONFIDENCE, Interval, bounds, left_out
from bot.domain.insight.quantiles import normal_ppf
from bot.domain.insight.tally import (
    SATISFACTION,
    Histogram,
    Scale,
    answers,
    answers_where,
    on_scale,
)

#: What we ask about those who stayed silent: would they have moved a score by this much?
WORTH_NOTICING = 0.3


def response_rate(answered: int, invited: int) -> float:
    """n/N, exact, as a share of 1. Raises ValueError where nobody was invited or more answered."""
    if not (0 <= answered <= invited and invited):
        raise ValueError(f"{answered} answers of {invited} invited give no response rate")
    return answered / invited


def tipping(rate: float, move: float = WORTH_NOTICING) -> float | None:
    """How far the silent ones would have to differ to move the score by `move`: move/(1 - rate).

    In the score's own unit; None where everybody answered, for then nobody can move it
    (Cochran, 1977: the bias is (1 - rate) times the difference). `rate` is a share of 1.
    """
    if not 0 <= rate <= 1:
        raise ValueError(f"a response rate lies between 0 and 1, and {rate!r} does not")
    return None if rate == 1 else move / (1 - rate)


def wilson(
    x: int, n: int, population: int | None = None, confidence: float = CONFIDENCE
) -> Interval:
    """The share x/n and its interval (Wilson, 1927), as shares of 1.

    (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n). With a `population` N, n becomes
    n(N-1)/(N-n), so an answer from everybody leaves no width (pass what `finite_population` says).
    Raises ValueError where nobody answered or the counts do not fit each other.
    """
    if not (0 <= x <= n and n):
        raise ValueError(f"{x} of {n} is not a share")
    p = x / n
    if not left_out(n, population):
        return Interval(p, p, p)
    size = n if population is None else n * (population - 1) / (population - n)
    z = normal_ppf((1 + confidence) / 2)
    shrink = 1 + z * z / size
    middle = (p + z * z / (2 * size)) / shrink
    half = z * sqrt(p * (1 - p) / size + (z / (2 * size)) ** 2) / shrink
    return Interval(p, *bounds(p, half, (0, 1), middle))


def top_two(
    hist: Histogram, population: int | None = None, scale: Scale = SATISFACTION
) -> Interval:
    """Top-2-box: the share that chose one of the two highest values, by `wilson`."""
    top = answers_where(on_scale(hist, scale), lambda value: value >= scale[1] - 1)
    return wilson(top, answers(hist), population)
