"""What a published histogram can have been before it was published.

The attacker knows the program: whatever it would have published just so may be the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final

from bot.domain.deniability import Certainty
from bot.domain.pulse import Question
from bot.domain.release import ShownCount, shown_counts
from bot.questions import KINDS
from tests.attack.evidence import Counts

#: A block's true histogram -> the one shown, and the mark beside it.
Publishing = Callable[[Counts], tuple[Counts, Certainty]]

SCORES: Final = ("1", "2", "3", "4", "5")
#: Positions of the unhappy ones.
UNHAPPY: Final = (0, 1)
SATISFACTION: Final = KINDS["satisfaction"]
OVERALL: Final = Question("overall", "satisfaction", "")


def counts_of(hist: Mapping[str, ShownCount]) -> Counts:
    return tuple(int(hist[score]) for score in SCORES)


def hist_of(counts: Counts) -> dict[str, int]:
    return dict(zip(SCORES, counts, strict=True))


def mark_of(shown: Counts) -> Certainty:
    """The mark that stands beside a stored histogram, from itself alone."""
    return SATISFACTION.mark(hist_of(shown), sum(shown)).shown


@cache
def publishes(truth: Counts) -> tuple[Counts, Certainty]:
    """What the product makes of a block's scores."""
    stored = counts_of(SATISFACTION.deny(OVERALL, hist_of(truth), sum(truth)))
    return stored, mark_of(stored)


def score_truths(
    shown: Counts, mark: Certainty, publishing: Publishing = publishes
) -> tuple[Counts, ...]:
    return tuple(truth for truth in _near(shown) if publishing(truth) == (shown, mark))


def reason_truths(shown: ShownCount, n: int) -> tuple[Counts, ...]:
    """(chosen, not chosen) of one option of a follow-up, of `n` who were asked."""
    return tuple((x, n - x) for x in range(n + 1) if shown_counts({"it": x}, n)["it"] == shown)


def _near(shown: Counts) -> Iterator[Counts]:
    """At most one answer is ever moved."""
    yield shown
    for source in range(len(shown)):
        for target in range(len(shown)):
            if source != target and shown[target]:
                truth = list(shown)
                truth[target] -= 1
                truth[source] += 1
                yield tuple(truth)
