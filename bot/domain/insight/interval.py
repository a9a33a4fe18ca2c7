"""What every figure is: a value and the interval it may lie in; and when a list is small."""

from __future__ import annotations

from dataclasses import dataclass

#: The ends of a closed range: of a scale, of a share, of a score.
Range = tuple[float, float]

#: All intervals are for 95 % unless a name says otherwise.
CONFIDENCE = 0.95

#: The two rules under which a list counts as small enough to correct for it.
SMALL_LIST = 60
SMALL_LIST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the 95 % interval around it, in the figure's own unit."""

    value: float
    low: float
    high: float


def finite_population(answered: int, invited: int) -> int | None:
    """The N to correct a *level* for, or None where the correction does not apply.

    It applies where at least half of the people on a list of at most 60 answered (Cochran, 1977,
    with limits of our own), and never to a change: next week's people are not this list.
    Raises ValueError where more answered than were invited.
    """
    _fits(answered, invited)
    small = invited <= SMALL_LIST and answered >= SMALL_LIST_SHARE * invited
    return invited if small and answered else None


def left_out(answered: int, population: int | None) -> float:
    """1 - n/N, the share of the list that did not answer; 1 where there is no list to correct for.

    A variance times this is the variance of a mean drawn without replacement (Cochran, 1977).
    """
    if population is None:
        return 1.0
    _fits(answered, population)
    return 1 - answered / population


def bounds(value: float, half: float, within: Range, centre: float | None = None) -> Range:
    """centre +- half, cut to the range `within`, and wide enough to hold the value itself.

    An interval whose centre is drawn towards the middle (NPS) could else lose the very value it
    is printed beside when few answered or nearly all did.
    """
    middle = value if centre is None else centre
    lowest, highest = within
    return min(value, max(lowest, middle - half)), max(value, min(highest, middle + half))


def _fits(answered: int, invited: int) -> None:
    if not 0 <= answered <= invited:
        raise ValueError(f"{answered} answers do not fit a list of {invited}")
