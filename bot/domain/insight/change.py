"""From one round to the next: up, down, no change, or can't tell yet.

An arrow is an event people act on, so it needs an interval that leaves 0 out; "no change" is a
finding too and needs one that lies within a margin (Schuirmann, 1987). No list is corrected for:
a change speaks of how people feel, not of who happened to be on the list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import inf, sqrt
from typing import Literal

from bot.domain.insight.interval import CONFIDENCE, Interval, Range, bounds
from bot.domain.insight.level import STARTING_VARIANCE, Level, mean_level
from bot.domain.insight.nps import Votes, nps
from bot.domain.insight.quantiles import normal_ppf, t_cdf, t_ppf
from bot.domain.insight.shares import wilson
from bot.domain.insight.tally import SATISFACTION, Histogram, Scale

Verdict = Literal["up", "down", "no change", "can't tell yet"]

#: Smaller moves than this are no change: 0.3 on a scale of 1 to 5, and the same 7.5 % of the
#: range for shares and for the Net Promoter Score.
MARGIN = 0.3
SHARE_MARGIN = 0.075
NPS_MARGIN = 15.0

#: "No change" asks for two one-sided tests at 5 %, which is a 90 % interval inside the margin.
EQUIVALENCE = 0.90
POWER = 0.80


@dataclass(frozen=True, slots=True)
class Change(Interval):
    """After less before with its 95 % interval, in the figure's own unit; up is a larger number."""

    verdict: Verdict
    #: The smallest true change that would have been seen in four of five rounds (MDC80):
    #: (t.975 + t.80) se (Bloom, 1995). More than the scale is wide means that none would have.
    detectable: float
    #: The standard error; for shares the one their interval amounts to.
    se: float
    #: Welch's degrees of freedom, infinite where the interval is a normal one.
    df: float = inf
    #: Two-sided, for means alone.
    p: float | None = None


def mean_change(
    before: Histogram,
    after: Histogram,
    pooled: float | None = STARTING_VARIANCE,
    scale: Scale = SATISFACTION,
    margin: float = MARGIN,
) -> Change:
    """The difference of two means by Welch (1947) on the variances of `mean_level`.

    d +- t(.975, df) sqrt(se1^2 + se2^2), df = (se1^2 + se2^2)^2 / (se1^4/df1 + se2^4/df2) with
    df = n+3 (n-1 without `pooled`), cut to what the scale allows; units of the scale. `margin`
    is the move that counts as none. Raises ValueError as `mean_level` does.
    """
    first, second = (mean_level(hist, None, pooled, scale) for hist in (before, after))
    value, width = second.value - first.value, scale[1] - scale[0]
    se, df = _welch(first, second)

    def at(confidence: float) -> Interval:
        half = t_ppf((1 + confidence) / 2, df) * se
        return Interval(value, *bounds(value, half, (-width, width)))

    return _change(at, se, margin, df, 2 * t_cdf(-abs(value) / se, df) if se else float(not value))


def share_change(
    before: tuple[int, int], after: tuple[int, int], margin: float = SHARE_MARGIN
) -> Change:
    """The difference of two shares x/n, each given as (x, n), by Newcombe (1998, method 10).

    d - sqrt((p2-l2)^2 + (u1-p1)^2) to d + sqrt((u2-p2)^2 + (p1-l1)^2) over the Wilson intervals
    (l, u) of both; shares of 1. Raises ValueError as `wilson` does.
    """
    at = partial(_newcombe, before, after)
    full = at(CONFIDENCE)
    return _change(at, (full.high - full.low) / (2 * _z(CONFIDENCE)), margin)


def nps_change(before: Votes, after: Votes, margin: float = NPS_MARGIN) -> Change:
    """The difference of two Net Promoter Scores, in points from -200 to 200.

    The value is the plain difference, the interval that of the adjusted scores (Rocks, 2016),
    d +- z sqrt(se1^2 + se2^2). Show it where `nps_shown` holds for both. Raises ValueError as
    `nps` does.
    """
    first, second = nps(before), nps(after)
    value, centre = second.value - first.value, second.centre - first.centre
    se = sqrt(first.se**2 + second.se**2)

    def at(confidence: float) -> Interval:
        return Interval(value, *bounds(value, _z(confidence) * se, (-200, 200), centre))

    return _change(at, se, margin)


def verdict(sure: Range, likely: Range, margin: float) -> Verdict:
    """What may be said, from the 95 % interval `sure`, the 90 % one `likely`, and the margin.

    `sure` above 0 is up, below 0 down; else `likely` inside +-margin is no change; else it cannot
    be told yet.
    """
    if sure[0] > 0:
        return "up"
    if sure[1] < 0:
        return "down"
    return "no change" if -margin < likely[0] and likely[1] < margin else "can't tell yet"


def _change(
    at: Callable[[float], Interval],
    se: float,
    margin: float,
    df: float = inf,
    p: float | None = None,
) -> Change:
    """Judge a difference by its intervals, `at(confidence)`."""
    sure, likely = at(CONFIDENCE), at(EQUIVALENCE)
    said = verdict((sure.low, sure.high), (likely.low, likely.high), margin)
    seen = (t_ppf((1 + CONFIDENCE) / 2, df) + t_ppf(POWER, df)) * se
    return Change(sure.value, sure.low, sure.high, said, seen, se, df, p)


def _welch(first: Level, second: Level) -> tuple[float, float]:
    """The standard error of a difference and its degrees of freedom."""
    one, two = first.se**2, second.se**2
    if not one + two:
        return 0.0, first.df + second.df
    return sqrt(one + two), (one + two) ** 2 / (one**2 / first.df + two**2 / second.df)


def _newcombe(before: tuple[int, int], after: tuple[int, int], confidence: float) -> Interval:
    first, second = (wilson(x, n, confidence=confidence) for x, n in (before, after))
    value = second.value - first.value
    down = sqrt((second.value - second.low) ** 2 + (first.high - first.value) ** 2)
    up = sqrt((second.high - second.value) ** 2 + (first.value - first.low) ** 2)
    return Interval(value, max(-1.0, value - down), min(1.0, value + up))


def _z(confidence: float) -> float:
    return normal_ppf((1 + confidence) / 2)
