"""What the newest round says of which answers go together, read from its release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final

from bot.domain.connections import ReleasedConnections
from bot.ports import Transaction

#: A driver is named if it weighs most in at least so many percent of the bootstrap draws.
SURE: Final = 80
#: With fewer to choose from, being the first of them says nothing.
FEWEST_OTHERS: Final = 2
#: Standard errors that a correlation must be away from none.
CLEAR_OF_NONE: Final = 1.96


@dataclass(frozen=True, slots=True)
class Drivers:
    #: Question ids: what is looked at, and what surely goes together with it most, if anything.
    main: str
    top: str | None
    #: Complete ballots of the whole company.
    n: int
    #: Question -> percent of what all explain of the main one.
    weights: Mapping[str, int]


def drivers(tx: Transaction, pulse: str) -> Drivers | None:
    """Of the newest closed round of a pulse; None where nothing of it may be said."""
    newest = tx.releases.rounds(pulse, 1)
    found = tx.releases.connections(newest[0].round) if newest else None
    return Drivers(found.main, _top(found), found.n, found.weights) if found else None


def _top(found: ReleasedConnections) -> str | None:
    question, times = max(found.first.items(), key=lambda item: item[1])
    seen = abs(found.matrix[found.main][question]) / 100 >= CLEAR_OF_NONE / sqrt(found.n)
    return question if times >= SURE and seen and len(found.first) >= FEWEST_OTHERS else None
