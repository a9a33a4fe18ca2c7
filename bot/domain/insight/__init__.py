"""The statistics: from released histograms to figures that say how sure they are.

Pure functions over the standard library. What they promise and why stands in docs/privacy.md;
every formula is checked against published examples or other programs in the tests.
"""

from __future__ import annotations

from bot.domain.insight.change import (
    Change,
    Verdict,
    mean_change,
    nps_change,
    share_change,
    verdict,
)
from bot.domain.insight.interval import Interval, finite_population
from bot.domain.insight.level import Level, Within, mean_level, pooled_variance, within
from bot.domain.insight.lost import lost_mean, lost_over_an_hour
from bot.domain.insight.nps import Score, Votes, nps, nps_shown
from bot.domain.insight.quantiles import normal_ppf, t_cdf, t_ppf
from bot.domain.insight.shares import response_rate, tipping, top_two, wilson

__all__ = [
    "Change",
    "Interval",
    "Level",
    "Score",
    "Verdict",
    "Votes",
    "Within",
    "finite_population",
    "lost_mean",
    "lost_over_an_hour",
    "mean_change",
    "mean_level",
    "normal_ppf",
    "nps",
    "nps_change",
    "nps_shown",
    "pooled_variance",
    "response_rate",
    "share_change",
    "t_cdf",
    "t_ppf",
    "tipping",
    "top_two",
    "verdict",
    "wilson",
    "within",
]
