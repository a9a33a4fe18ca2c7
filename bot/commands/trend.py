"""How a figure moved over the last rounds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot import wording
from bot.cards import Card, Fineprint, Heading, Part, Prose, Reply
from bot.commands.charts import line
from bot.commands.command import Command
from bot.commands.figures import READINGS, also_asked, described, headed, meant, moved, since
from bot.domain.answer import Shown
from bot.domain.people import Cell
from bot.domain.report import Report, between, history
from bot.plain import sentence, than_before
from bot.turn import Turn

#: Rounds shown; a phone holds about as many points.
ROUNDS = 12
GAP = "A gap is a round in which this group was too small to be shown."


def run(turn: Turn, rest: str) -> Reply:
    pulse, unit = meant(turn, rest)
    rounds = history(turn.tx, pulse, Cell(unit=unit), ROUNDS, turn.person.sees_only)
    head = headed(turn, rounds[-1])
    parts: list[Part] = []
    for question in dict.fromkeys(s.question for found in rounds for s in found.questions):
        parts += _question(question, rounds)
    if not parts:
        where = rounds[-1].shown_only_as or "everybody"
        parts.append(Prose(f"{rounds[-1].cell.label} is shown only as part of {where}."))
    elif any(found.shown_only_as for found in rounds):
        parts.append(Fineprint(GAP))
    parts += [] if rest else also_asked(turn, rounds[-1], COMMAND.word)
    first = parts[0].text if isinstance(parts[0], Prose) else ""
    return Reply(say=(Card(f"{head}. {first}", (Heading(head), *parts)),))


def _question(question: str, rounds: list[Report]) -> list[Part]:
    """The main thing first, then the picture, then how sure it is."""
    pairs = [(found, found.by_question(question)) for found in rounds]
    shown = [(found, s) for found, s in pairs if s and s.figure]
    if not shown:
        return []
    found, last = shown[-1]
    return [
        Prose(_overall(shown)),
        line(last, found.cell.label, [(report.newest, s) for report, s in pairs]),
        Prose(f"{described(last)}\n{moved(last, since(found))}"),
        *_ends(shown),
        *_reworded(question, rounds),
    ]


def _reworded(question: str, rounds: list[Report]) -> list[Part]:
    """A figure that moved may only have been asked in other words."""
    pairs = [(found, s.text) for found in rounds if (s := found.by_question(question))]
    days = [
        wording.day_of_month(now.newest.opens_on)
        for (_, before), (now, text) in pairwise(pairs)
        if text != before
    ]
    return [Fineprint(f"The wording changed on {', '.join(days)}.")] if days else []


def _overall(shown: list[tuple[Report, Shown]]) -> str:
    """The newest round against the oldest shown, by the same test as between any two."""
    (oldest, first), (_, last) = shown[0], shown[-1]
    said = sentence(last) or last.text
    if first is last:
        return f"{said}. One round so far."
    over = replace(last, change=between(first, last))
    return f"{said}{than_before(over, oldest.newest.opens_on)}."


def _ends(shown: list[tuple[Report, Shown]]) -> list[Part]:
    """The lowest and the highest round."""
    values = [(s.figure.value, found) for found, s in shown if s.figure]
    if len(values) < 3:
        return []
    said = READINGS[shown[-1][1].formula].said
    low, high = min(values, key=lambda v: v[0]), max(values, key=lambda v: v[0])
    told = (
        f"{name}: {said(value)} on {wording.day_of_month(found.newest.opens_on)}"
        for name, (value, found) in (("Lowest", low), ("Highest", high))
    )
    return [Fineprint(". ".join(told) + ".")]


COMMAND = Command(
    "trend",
    "how the figures moved over the last rounds",
    run,
    needs="lead",
    example="Finance",
)
