"""The box for feedback nobody asked for: it is opened when enough people have written."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.domain.freeze import plan_of
from bot.domain.people import Person
from bot.domain.pulse import Audience, Cadence, Pulse, Question
from bot.domain.rounds import Round, round_id

PULSE: Final = "grumbles"
#: So many comments fit into one person's ballot.
SLOTS: Final = ("first", "second", "third")
#: People who must have written before a box is opened.
FEWEST_WRITERS: Final = 5
WEEK: Final = timedelta(days=7)
#: After this only themes come out, and a new box is put up.
LONGEST_OPEN: Final = timedelta(days=28)

GRUMBLES: Final = Pulse(
    id=PULSE,
    title="What is on your mind about IT?",
    questions=tuple(Question(slot, "comment", "What should IT know?") for slot in SLOTS),
    audience=Audience(everyone=True),
    cadence=Cadence("FREQ=WEEKLY", date(2000, 1, 3), time(0, 0), reminders=0),
)


def box(people: Collection[Person], now: datetime) -> Round:
    """A box for everybody known now; newcomers wait for the next. `people` may not be empty."""
    day = now.astimezone(UTC).date()
    return Round(
        id=round_id(PULSE, day),
        pulse=PULSE,
        version=0,
        day=day,
        opens_at=now,
        closes_at=now + WEEK,
        state="preparing",
        plan=plan_of(GRUMBLES, people, day, box=True),
    )


def next_look(round: Round) -> datetime | None:
    """When a box with too few in it is looked into again; None when its time is over."""
    later = round.closes_at + WEEK
    return later if later - round.opens_at <= LONGEST_OPEN else None
