"""The company that is attacked: fifteen units of 44 to 3 people, and what each of them would say.

The same seed makes the same company. Planted in it are somebody who is the only executive of a
unit, a unit in which everybody is as unhappy as can be, and answers that come too late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal, get_args

import numpy as np

from bot.domain.ballot import Answer
from bot.domain.files.pulse_toml import read_pulse
from bot.domain.people import Person
from bot.domain.pulse import Pulse

Scheme = Literal["census", "slices"]
SCHEMES: Final[tuple[Scheme, ...]] = get_args(Scheme)

SIZES: Final = (44, 36, 30, 26, 22, 20, 16, 14, 12, 10, 8, 7, 6, 4, 3)
DIVISIONS: Final = (0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3)
ROLES: Final = ("Staff", "Expert", "Executive")
SITES: Final = ("Aachen", "Bern", "Cork")
#: Where the lone executive works, and where everybody is unhappy.
LONELY_UNIT: Final = 5
UNHAPPY_UNIT: Final = 10

#: A Monday; rounds open on the Tuesdays and close three days later.
STARTS: Final = datetime.fromisoformat("2026-11-23T08:00:00+00:00")
FIRST: Final = datetime.fromisoformat("2026-11-24T10:00:00+00:00")
ROUNDS: Final = 4
WEEK: Final = timedelta(weeks=1)
OPEN_HOURS: Final = 72
ENDS: Final = FIRST + ROUNDS * WEEK - timedelta(days=1)
ROTATION: Final = {"census": "none", "slices": "slices"}

PULSE: Final = """\
id = "it-weekly"
title = "How is IT doing for you?"
manner = "confidential"
smallest_group = 5
audience = {{ everyone = true }}
cadence = {{ rule = "FREQ=WEEKLY;BYDAY=TU", starts = "2026-11-24", at = "10:00" }}
rotation = "{rotation}"

[[questions]]
id = "overall"
kind = "satisfaction"
text = "How satisfied were you with IT this week?"

[questions.follow_up]
id = "why"
kind = "several"
text = {{ low = "What got in the way?", middle = "What would help?", high = "What went well?" }}
options = [
    {{ id = "speed", label = "Speed" }},
    {{ id = "help", label = "Help I got" }},
    {{ id = "other", label = "Other" }},
]

[[questions]]
id = "quick"
kind = "agree"
text = "My problem was solved quickly."

[[questions]]
id = "effort"
kind = "effort"
text = "How much effort was it?"

[[questions]]
id = "words"
kind = "comment"
text = "Anything IT should know?"
"""
SAYINGS: Final = (
    "The VPN is slow again",
    "Thank you, all good",
    "My laptop takes ages to start",
    "Printing works now",
    "Nobody answers at the help desk",
)


@dataclass(frozen=True, slots=True)
class Submission:
    """What somebody sends for a whole round, asked or not, in time or not."""

    at: datetime
    #: E-mail.
    person: str
    #: From 0.
    round: int
    answers: dict[str, Answer]

    @property
    def late(self) -> bool:
        return self.at >= closes(self.round)


@dataclass(frozen=True, slots=True)
class World:
    seed: int
    scheme: Scheme
    people: tuple[Person, ...]
    #: By instant.
    submissions: tuple[Submission, ...]

    def first(self, rounds: int) -> World:
        """The same company for so many rounds only."""
        return replace(self, submissions=tuple(s for s in self.submissions if s.round < rounds))

    @property
    def rounds(self) -> int:
        """How many it goes on for."""
        return 1 + max(s.round for s in self.submissions)

    @property
    def round_names(self) -> set[str]:
        return set(map(round_name, range(self.rounds)))

    @property
    def pulse_file(self) -> str:
        return PULSE.format(rotation=ROTATION[self.scheme])

    @property
    def pulse(self) -> Pulse:
        return read_pulse(self.pulse_file)


def opens(round: int) -> datetime:
    return FIRST + round * WEEK


def closes(round: int) -> datetime:
    return opens(round) + timedelta(hours=OPEN_HOURS)


def round_name(round: int) -> str:
    return f"it-weekly@{opens(round).date()}"


def make_world(seed: int, scheme: Scheme) -> World:
    chance = np.random.default_rng(seed)
    people = tuple(_people(chance))
    said = sorted(_said(people, chance), key=lambda s: (s.at, s.person))
    beside = np.random.default_rng((seed, 1))
    told = (replace(s, answers=s.answers | _beside(s.answers, beside)) for s in said)
    return World(seed, scheme, people, tuple(told))


def _people(chance: np.random.Generator) -> Iterator[Person]:
    for unit, size in enumerate(SIZES):
        for nth in range(size):
            role = ROLES[chance.choice(3, p=(0.78, 0.18, 0.04))]
            if unit == LONELY_UNIT:
                role = "Executive" if nth == 0 else "Staff"
            yield Person(
                email=f"u{unit:02}-{nth:02}@example.com",
                name=f"Nemo {unit}-{nth}",
                unit=f"Unit {unit:02}",
                division=f"Division {DIVISIONS[unit]}",
                role=role,
                site=SITES[chance.choice(3, p=(0.6, 0.3, 0.1))],
            )


def _said(people: tuple[Person, ...], chance: np.random.Generator) -> Iterator[Submission]:
    of_unit = 3.6 + 0.5 * chance.standard_normal(len(SIZES))
    for person in people:
        unit = int(person.email[1:3])
        alone = unit == LONELY_UNIT and person.role == "Executive"
        unhappy = alone or unit == UNHAPPY_UNIT
        mood = of_unit[unit] + 0.8 * chance.standard_normal()
        for round in range(ROUNDS):
            answers = _answers(mood, unhappy, chance)
            at = _instant(round, alone, chance)
            keen = 1.0 if alone else 0.9 if unhappy else 0.55
            if chance.random() < keen:
                yield Submission(at, person.email, round, answers)


def _answers(mood: float, unhappy: bool, chance: np.random.Generator) -> dict[str, Answer]:
    """A few skip the score, some the reason, and most have no words to add."""
    score = int(np.clip(round(mood + 0.7 * chance.standard_normal()), 1, 5))
    score = 1 if unhappy else score
    reasons = [
        id for id, p in (("speed", 0.5), ("help", 0.3), ("other", 0.1)) if chance.random() < p
    ]
    why: Answer = reasons if chance.random() < 0.85 else None
    words = SAYINGS[chance.integers(len(SAYINGS))] if chance.random() < 0.3 else None
    if words and not unhappy and chance.random() < 0.1:
        return {"overall": None, "words": words}
    return {"overall": score, "why": why, "words": words}


def _beside(answers: dict[str, Answer], chance: np.random.Generator) -> dict[str, Answer]:
    """How quick it was goes with the score, effort less so; a few skip one or both."""
    score = answers["overall"]
    about = score if isinstance(score, int) else 3
    quick = int(np.clip(round(about + 0.8 * chance.standard_normal()), 1, 5))
    effort = int(np.clip(round(6 - 0.5 * about + 1.5 * chance.standard_normal()), 1, 7))
    kept = chance.random(2) < 0.93
    return {"quick": quick if kept[0] else None, "effort": effort if kept[1] else None}


def _instant(round: int, punctual: bool, chance: np.random.Generator) -> datetime:
    """Most answer on the first day; three in a hundred a day or two after the close."""
    hours = min(OPEN_HOURS - 2, 5 * int(chance.exponential(3)))
    if chance.random() < 0.03 and not punctual:
        hours = OPEN_HOURS + 5 * int(chance.integers(1, 10))
    return opens(round) + timedelta(hours=hours)
