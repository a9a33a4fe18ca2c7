"""Which answers go together, for the whole company: what may be published of it (rule 8).

Weights and draws are computed from the correlations as they are told, so they tell nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from bot.domain.grain import Spread, finest, reach, spread, told
from bot.domain.insight.weights import relative_weights, times_first
from bot.domain.moments import Moments, on_scales
from bot.domain.release import ReleasedBlock
from bot.domain.rounds import Plan

#: Complete ballots: every question on a scale was answered.
FEWEST_COMPLETE: Final = 50
DRAWS: Final = 200
SEED: Final = 2_000


@dataclass(frozen=True, slots=True)
class ReleasedConnections:
    """Company-wide, of one round. Nothing here knows of a unit."""

    round: str
    #: The question the others are weighed for.
    main: str
    #: Complete ballots.
    n: int
    #: Correlations are multiples of so many hundredths.
    grain: int
    #: Question -> other question -> correlation in hundredths; the largest may stand for more.
    matrix: Mapping[str, Mapping[str, int]]
    #: Question -> percent of what all explain of the main one: relative weights.
    weights: Mapping[str, int]
    #: Question -> percent of bootstrap draws in which it weighs most.
    first: Mapping[str, int]


def connections(
    plan: Plan, moments: Moments, blocks: Sequence[ReleasedBlock]
) -> ReleasedConnections | None:
    """None where too few gave all answers, or their answers differ too little."""
    scales = on_scales(plan.questions)
    if len(scales) < 2 or moments.n < max(FEWEST_COMPLETE, plan.smallest_group):
        return None
    spreads = {q.id: spread(moments.steps[q.id], blocks, q.id) for q in scales}
    grains = {q: finest(moments.n, found.variance) for q, found in spreads.items()}
    main = next((q.id for q in scales if q.kind == "satisfaction"), scales[0].id)
    order = [main, *(q for q, grain in grains.items() if grain and q != main)]
    if not grains[main] or len(order) < 2:
        return None
    grain = max(grains[q] for q in order)
    return _weighed(order, moments.n, grain, _matrix(order, grain, moments, spreads), blocks)


def _matrix(
    order: Sequence[str], grain: int, moments: Moments, found: Mapping[str, Spread]
) -> dict[str, dict[str, int]]:
    matrix = {question: {question: 100} for question in order}
    for one, other in combinations(order, 2):
        low, high = (reach(found[one], found[other], up) for up in (False, True))
        value = told(moments.correlation(one, other), grain, low, high)
        matrix[one][other] = matrix[other][one] = value
    return matrix


def _weighed(
    order: Sequence[str],
    n: int,
    grain: int,
    matrix: dict[str, dict[str, int]],
    blocks: Sequence[ReleasedBlock],
) -> ReleasedConnections:
    main, *others = order
    values = [[matrix[one][other] / 100 for other in order] for one in order]
    weights = relative_weights(values)
    first = times_first(values, n, grain / 200, DRAWS, SEED)
    return ReleasedConnections(
        round=blocks[0].round,
        main=main,
        n=n,
        grain=grain,
        matrix={one: {other: matrix[one][other] for other in order} for one in order},
        weights={q: round(100 * w) for q, w in zip(others, weights, strict=True)},
        first={q: 100 * times // DRAWS for q, times in zip(others, first, strict=True)},
    )
