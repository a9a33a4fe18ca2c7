"""How likely someone is to recommend IT or a service, from 0 to 10."""

from __future__ import annotations

import re

from bot.domain.insight import Change, Votes, Within, finite_population, nps, nps_change, nps_shown
from bot.questions.kind import Figure, Telling
from bot.questions.scale import Steps

#: “How likely are you to recommend our IT to a colleague?”
WHAT = re.compile(r"\brecommend ([^,?]+?)(?: to [^,?]+)?\?", re.IGNORECASE)


GROUPS = (
    ("Would recommend (9 or 10)", frozenset({"9", "10"})),
    ("In between (7 or 8)", frozenset({"7", "8"})),
    ("Would not (0 to 6)", frozenset(map(str, range(7)))),
)


def _promoters_less_detractors(
    hist: dict[int, int], n: int, invited: int, _seen: Within
) -> Figure | None:
    if not nps_shown(n):
        return None
    score = nps(Votes.of(hist), finite_population(n, invited))
    return Figure(score.value, score.low, score.high)


def _moved(before: dict[int, int], after: dict[int, int], _seen: Within) -> Change | None:
    told = Votes.of(before), Votes.of(after)
    return nps_change(*told) if all(nps_shown(sum(votes)) for votes in told) else None


KIND = Steps(
    id="recommend",
    formula="nps",
    low=0,
    high=10,
    words={0: "0 · not at all likely", 10: "10 · extremely likely"},
    low_to=6,
    middle_to=8,
    sensitive=range(7),
    target=7,
    reckon=_promoters_less_detractors,
    judge=_moved,
    telling=Telling(
        frozenset({"9", "10"}), "would recommend", "would recommend", WHAT, bars=GROUPS
    ),
)
