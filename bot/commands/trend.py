"""How a figure moved over the last rounds."""

from __future__ import annotations

from bot import wording
from bot.cards import Card, Chart, Fineprint, Heading, Part, Prose, Reply, Series
from bot.commands.command import Command
from bot.commands.figures import READINGS, Reading, described, headed, moved, unit_named
from bot.domain.people import Cell
from bot.domain.report import Report, history
from bot.turn import Turn

#: Rounds shown; a phone holds about as many points.
ROUNDS = 12


def run(turn: Turn, rest: str) -> Reply:
    cell = Cell(unit=unit_named(turn, rest))
    rounds = history(turn.tx, None, cell, ROUNDS)
    head = headed(turn, rounds[-1])
    parts: list[Part] = [Heading(head)]
    for question in dict.fromkeys(s.question for found in rounds for s in found.questions):
        parts += _line(question, rounds)
    if len(parts) == 1:
        where = rounds[-1].shown_only_as or "everybody"
        parts.append(Prose(f"{cell.label} is shown only as part of {where}."))
    parts.append(Fineprint("A gap is a round in which this group was too small to be shown."))
    return Reply(say=(Card(head, tuple(parts)),))


def _line(question: str, rounds: list[Report]) -> list[Part]:
    shown = [found.by_question(question) for found in rounds]
    told = [s for s in shown if s and s.figure]
    if not told:
        return []
    last, values = told[-1], [s.figure.value if s and s.figure else None for s in shown]
    reading = READINGS[last.formula]
    days = tuple(wording.short_day(found.newest.opens_on) for found in rounds)
    points = (_point(reading, value) for value in values)
    chart = Chart(
        title=last.text,
        categories=days,
        series=(Series(rounds[-1].cell.label, tuple(values)),),
        low=reading.low,
        high=reading.high,
        text="; ".join(f"{day}: {point}" for day, point in zip(days, points, strict=True)),
    )
    return [chart, Prose(f"{described(last)}\nChange: {moved(last)}")]


def _point(reading: Reading, value: float | None) -> str:
    return "not shown" if value is None else reading.said(value)


COMMAND = Command(
    "trend",
    "how the figures moved over the last rounds (for IT leads)",
    run,
    needs="lead",
    example="Finance",
)
