"""How far the answers of one block lie apart: what the mean of a few answers borrows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.domain.insight import Within, within
from bot.domain.release import ReleasedBlock

#: Rounds that opened so long before another one's are looked at for it.
LOOK_BACK: Final = timedelta(days=365)

#: (question, kind) -> over all blocks: asked in another way, it is another question.
Apart = Mapping[tuple[str, str], Within]


@dataclass(frozen=True, slots=True)
class ReleasedWithin:
    """Of one question in one round, from what was published of it alone."""

    round: str
    question: str
    kind: str
    squares: float
    freedom: int


def withins(blocks: Iterable[ReleasedBlock]) -> list[ReleasedWithin]:
    """For every question whose answers are numbers."""
    hists: dict[tuple[str, str, str], list[dict[int, int]]] = {}
    for block in blocks:
        if block.hist and all(step.isdecimal() for step in block.hist):
            counts = {int(c): n for c, n in block.hist.items() if isinstance(n, int)}
            hists.setdefault((block.round, block.question, block.kind), []).append(counts)
    return [ReleasedWithin(*of, *within(told)) for of, told in hists.items()]
