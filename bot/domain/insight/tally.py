"""A histogram on a scale (`{value: count}`), added up exactly in whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

#: A value of the scale -> how many gave it. Values nobody gave may be missing.
Histogram = Mapping[int, int]

#: The lowest and the highest value that can be given.
Scale = tuple[int, int]

SATISFACTION: Scale = (1, 5)


def answers(hist: Histogram) -> int:
    """n, the number of answers."""
    return sum(hist.values())


def answers_where(hist: Histogram, wanted: Callable[[int], bool]) -> int:
    """How many answers have a value that is wanted."""
    return sum(count for value, count in hist.items() if wanted(value))


def average(hist: Histogram) -> float:
    """The mean, in units of the scale. Raises ValueError where nobody answered."""
    if not answers(hist):
        raise ValueError("there is no mean of no answers")
    return sum(value * count for value, count in hist.items()) / answers(hist)


def squares(hist: Histogram) -> float:
    """The sum of squared distances from the mean, (n-1)s^2, in squared units; 0 for no answers."""
    n = answers(hist)
    first = sum(value * count for value, count in hist.items())
    second = sum(value * value * count for value, count in hist.items())
    return (n * second - first * first) / n if n else 0.0


def on_scale(hist: Histogram, scale: Scale) -> Histogram:
    """The histogram itself. Raises ValueError for a value off the scale or a count below 0."""
    low, high = scale
    for value, count in hist.items():
        if not low <= value <= high or count < 0:
            raise ValueError(f"{count} answers of {value} do not fit a scale of {low} to {high}")
    return hist
