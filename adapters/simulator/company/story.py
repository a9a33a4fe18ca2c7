"""What happens in half a year, as it shows in people's satisfaction. Rounds count from 1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from adapters.simulator.company.staff import UNITS, Colleague

ON_THE_ROAD: Final = frozenset({"Sales", "Field Engineering"})
#: The unit that IT forgot.
FORGOTTEN: Final = "Warehouse"
#: The division that gets new laptops.
EQUIPPED: Final = "Administration"

OUTAGE: Final = range(4, 6)
ROLL_OUT: Final = 7
#: The story is told by then; nothing moves after it.
LAST: Final = 13


def mood(colleague: Colleague, number: int) -> float:
    """How satisfied people like this one are in a round, from 1 to 5 and beyond."""
    at = min(number, LAST)
    return UNITS[colleague.person.unit].mood + sum(part(colleague, at) for part in PARTS)


def _outage(colleague: Colleague, number: int) -> float:
    if number == OUTAGE.stop:
        return -0.1 if _is_hit(colleague) else 0.0
    if number not in OUTAGE:
        return 0.0
    if colleague.person.unit in ON_THE_ROAD:
        return -1.4
    return -0.9 if colleague.at_home else -0.05


def _is_hit(colleague: Colleague) -> bool:
    return colleague.person.unit in ON_THE_ROAD or colleague.at_home


def _laptops(colleague: Colleague, number: int) -> float:
    """They come in three waves."""
    waves = max(0, min(3, number - ROLL_OUT + 1))
    return 0.25 * waves if colleague.person.division == EQUIPPED else 0.0


def _neglect(colleague: Colleague, number: int) -> float:
    return -0.12 * (number - 1) if colleague.person.unit == FORGOTTEN else 0.0


def _desk(colleague: Colleague, number: int) -> float:
    """The service desk is felt by everybody whom it reaches."""
    return 0.0 if colleague.person.unit == FORGOTTEN else -0.15 + 0.04 * (number - 1)


PARTS: Final[tuple[Callable[[Colleague, int], float], ...]] = (_outage, _laptops, _neglect, _desk)
