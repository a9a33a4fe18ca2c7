"""A figure over the rounds, drawn and in words."""

from __future__ import annotations

from collections.abc import Sequence

from bot import wording
from bot.cards import Chart, Series
from bot.commands.figures import READINGS, Reading
from bot.domain.answer import Shown
from bot.domain.release import ReleasedRound


def line(last: Shown, label: str, rounds: Sequence[tuple[ReleasedRound, Shown | None]]) -> Chart:
    """A question's figure in rounds, oldest first; `last` has its wording and formula."""
    values = tuple(
        s.figure.value if s and s.figure and s.kind == last.kind else None for _, s in rounds
    )
    reading = READINGS[last.formula]
    drawn = tuple(None if value is None else reading.drawn(value) for value in values)
    days = tuple(wording.short_day(round.opens_on) for round, _ in rounds)
    points = (_point(reading, value) for value in values)
    return Chart(
        title=f"{last.text}{reading.unit}",
        categories=days,
        series=(Series(label, drawn),),
        low=reading.low,
        high=reading.high,
        text="; ".join(f"{day}: {point}" for day, point in zip(days, points, strict=True)),
    )


def _point(reading: Reading, value: float | None) -> str:
    return "not shown" if value is None else reading.said(value)
