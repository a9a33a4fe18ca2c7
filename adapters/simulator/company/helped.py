"""Answers about getting help, drawn by a seed: a service desk that gets better shows in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Final, NamedTuple

from adapters.simulator.company.calendar import AT_A_DESK, FIRST_TURNED_TO, HELP, help_days
from adapters.simulator.company.lines import Line, moment
from adapters.simulator.company.staff import UNITS, staff
from bot.domain.ballot import Answer
from bot.questions.lost_time import BUCKETS


class Stage(NamedTuple):
    """How the service desk is in one round."""

    #: 1 to 7, in the middle.
    effort: float
    #: Share of requests that are solved.
    solved: float
    #: How likely each way is to be turned to first, and each span of time to be lost.
    turned_to: tuple[int, ...]
    lost: tuple[int, ...]
    #: 1 to 5, in the middle.
    known: float


STAGES: Final = (
    Stage(4.9, 0.58, (34, 32, 12, 16, 6), (8, 12, 16, 20, 22, 14, 8), 2.9),
    Stage(4.5, 0.64, (42, 28, 13, 12, 5), (10, 15, 19, 22, 18, 10, 6), 3.2),
    Stage(3.2, 0.83, (58, 18, 15, 5, 4), (22, 24, 22, 16, 10, 4, 2), 3.9),
)


def help_history(start: date, rounds: int = 13, seed: int = 7) -> Iterator[Line]:
    """Every line in order of time, the same for the same seed."""
    draw = Random(seed)
    for number, day in enumerate(help_days(start, rounds)):
        stage = STAGES[min(number, len(STAGES) - 1)]
        yield from sorted(_round(draw, stage, day), key=lambda line: (line.at, line.email))


def _round(draw: Random, stage: Stage, day: date) -> Iterator[Line]:
    for colleague in staff():
        person = colleague.person
        if person.unit in AT_A_DESK and draw.random() < UNITS[person.unit].response:
            yield Line(moment(draw, colleague, day), person.email, _answers(draw, stage), HELP)


def _answers(draw: Random, stage: Stage) -> dict[str, Answer]:
    ways = [option.id for option in FIRST_TURNED_TO]
    return {
        "effort": _near(draw, stage.effort, 1.4, 7),
        "where": draw.choices(ways, stage.turned_to)[0],
        "solved": draw.random() < stage.solved,
        "lost": draw.choices(list(BUCKETS), stage.lost)[0],
        "known": _near(draw, stage.known, 0.9, 5),
    }


def _near(draw: Random, middle: float, spread: float, highest: int) -> int:
    return max(1, min(highest, round(draw.gauss(middle, spread))))
