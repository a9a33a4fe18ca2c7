"""What one person sends in, and when in a round they do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from typing import Final, NamedTuple

from adapters.simulator.company.calendar import PULSE
from adapters.simulator.company.staff import Colleague
from bot.domain.ballot import Answer
from bot.domain.cadence import PLAIN, local_instant


@dataclass(frozen=True, slots=True)
class Line:
    """What one person sent in for one round."""

    #: UTC.
    at: datetime
    email: str
    #: Question id -> value; None for a question skipped, nothing for one never reached.
    answers: dict[str, Answer]
    pulse: str = PULSE


class Slot(NamedTuple):
    """Part of the working hours in a round's window."""

    share: float
    #: Working days after the round's date.
    day: int
    #: Local hours.
    starts: float
    ends: float


#: Six in ten answer within a day of being asked at 10:00; the reminder wakes up some on Thursday.
SLOTS: Final = (
    Slot(0.50, 0, 10.1, 18),
    Slot(0.10, 1, 8, 9.9),
    Slot(0.12, 1, 10.1, 18),
    Slot(0.05, 2, 8, 10),
    Slot(0.17, 2, 10.1, 18),
    Slot(0.06, 3, 8, 9.9),
)


def moment(draw: Random, colleague: Colleague, day: date) -> datetime:
    """Within the window, the person's own working hours, and early rather than late."""
    slot = draw.choices(SLOTS, [slot.share for slot in SLOTS])[0]
    hour = slot.starts + (slot.ends - slot.starts) * draw.random() ** 1.5
    seconds = int(hour * 3600)
    at = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    return local_instant(PLAIN.after(day, slot.day), at, colleague.person.zone)
