"""A figure over the rounds, drawn and in words."""

from __future__ import annotations

from collections.abc import Sequence

from bot import wording
from bot.cards import Chart, Series
from bot.commands.figures import READINGS, Reading
from bot.domain.answer import Shown
from bot.domain.report import Report


def told(question: str, rounds: Sequence[Report]) -> list[tuple[Report, Shown]]:
    """The rounds that show a figure of a question, oldest first."""
    pairs = ((found, found.by_question(question)) for found in rounds)
    return [(found, shown) for found, shown in pairs if shown and shown.figure]


def line(question: str, rounds: Sequence[Report]) -> Chart | None:
    """A question's figure in rounds, oldest first; None where no round shows one."""
    shown = [found.by_question(question) for found in rounds]
    last = next((s for s in reversed(shown) if s and s.figure), None)
    if last is None:
        return None
    values = tuple(s.figure.value if s and s.figure else None for s in shown)
    reading = READINGS[last.formula]
    days = tuple(wording.short_day(found.newest.opens_on) for found in rounds)
    points = (_point(reading, value) for value in values)
    return Chart(
        title=last.text,
        categories=days,
        series=(Series(rounds[-1].cell.label, values),),
        low=reading.low,
        high=reading.high,
        text="; ".join(f"{day}: {point}" for day, point in zip(days, points, strict=True)),
    )


def _point(reading: Reading, value: float | None) -> str:
    return "not shown" if value is None else reading.said(value)
