"""The Net Promoter Score: promoters (9-10) less detractors (0-6), from -100 to 100."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from bot.domain.insight.interval import CONFIDENCE, Interval, bounds, left_out
from bot.domain.insight.quantiles import normal_ppf
from bot.domain.insight.tally import Histogram, answers, answers_where, on_scale

#: Below this many answers the interval spans most of the scale, so no score is shown.
ENOUGH_FOR_NPS = 10


class Votes(NamedTuple):
    """How many recommend, how many do not mind, how many advise against."""

    promoters: int
    passives: int
    detractors: int

    @classmethod
    def of(cls, hist: Histogram) -> Votes:
        """From answers of 0 to 10. Raises ValueError for any other value."""
        promoters = answers_where(on_scale(hist, (0, 10)), lambda value: value >= 9)
        detractors = answers_where(hist, lambda value: value <= 6)
        return cls(promoters, answers(hist) - promoters - detractors, detractors)


@dataclass(frozen=True, slots=True)
class Score(Interval):
    """A Net Promoter Score with its 95 % interval, in points from -100 to 100."""

    #: The adjusted score in the middle of the interval before it is cut.
    centre: float
    #: The standard error of the adjusted score.
    se: float
    #: The number of answers.
    n: int


def nps_shown(n: int) -> bool:
    """Whether so many answers give a score that may be shown."""
    return n >= ENOUGH_FOR_NPS


def nps(votes: Votes, population: int | None = None) -> Score:
    """100 (promoters - detractors)/n with an adjusted Wald interval (Rocks, 2016), in points.

    3/4 promoter, 1 1/2 passives and 3/4 detractor are added; of these m = n + 3 answers
    d +- z sqrt((p+ + p- - d^2)/m (1 - n/N)), cut to -100..100. From everybody on a list of N
    (`population`) it is the score itself without width. Raises ValueError for no answers.
    """
    n = sum(votes)
    if n < 1 or min(votes) < 0:
        raise ValueError("there is no score of no answers")
    value, left = 100 * (votes.promoters - votes.detractors) / n, left_out(n, population)
    centre, variance = _adjusted(votes)
    se = sqrt(variance * left)
    half = normal_ppf((1 + CONFIDENCE) / 2) * se
    low, high = bounds(value, half, (-100, 100), centre) if left else (value, value)
    return Score(value, low, high, centre, se, n)


def _adjusted(votes: Votes) -> tuple[float, float]:
    """The adjusted score and its variance before any correction for a small list."""
    m = sum(votes) + 3
    up, down = (votes.promoters + 0.75) / m, (votes.detractors + 0.75) / m
    return 100 * (up - down), 100**2 * (up + down - (up - down) ** 2) / m
