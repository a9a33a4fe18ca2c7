"""Lost working time, told in buckets: the histogram's values are their mid-points in minutes."""

from __future__ import annotations

from bot.domain.insight.interval import Interval
from bot.domain.insight.level import Level, mean_level
from bot.domain.insight.shares import wilson
from bot.domain.insight.tally import Histogram, Scale, answers, answers_where, on_scale

#: The mid-points of "0" and of "over 4 h", in minutes.
MINUTES: Scale = (0, 300)

AN_HOUR = 60

#: Below this many answers one person's lost afternoon would be the mean.
ENOUGH_FOR_MINUTES = 12

#: The variance within units in squared minutes, until twelve months have shown the real one.
STARTING_MINUTES_VARIANCE = 3000.0


def lost_over_an_hour(hist: Histogram, population: int | None = None) -> Interval:
    """The share of people who lost more than an hour, by `wilson`: the headline.

    Raises ValueError for no answers and for mid-points outside 0 to 300 minutes.
    """
    over = answers_where(on_scale(hist, MINUTES), lambda minutes: minutes > AN_HOUR)
    return wilson(over, answers(hist), population)


def lost_mean(
    hist: Histogram,
    population: int | None = None,
    pooled: float = STARTING_MINUTES_VARIANCE,
) -> Level | None:
    """The mean of the mid-points in minutes by `mean_level`, None below 12 answers; say "about".

    `pooled` is a variance in squared minutes.
    """
    if answers(hist) < ENOUGH_FOR_MINUTES:
        return None
    return mean_level(hist, population, pooled, MINUTES)
