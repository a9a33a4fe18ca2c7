"""What Meridian asks its people, and on which days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from adapters.simulator.company.staff import SITES
from bot.domain.cadence import local_instant
from bot.domain.pulse import Audience, Cadence, Choice, Pulse, Question

PULSE: Final = "it-fortnightly"
OPENS: Final = time(10)
FORTNIGHT: Final = timedelta(days=14)
TUESDAY: Final = 1

REASONS: Final = (
    Choice("speed", "Speed"),
    Choice("reliability", "Reliability"),
    Choice("help", "Help when I need it"),
    Choice("knowing", "Knowing what is going on"),
    Choice("other", "Something else"),
)

QUESTIONS: Final = (
    Question(
        "overall",
        "satisfaction",
        "How satisfied were you with IT these two weeks?",
        follow_up=Question(
            "why",
            "several",
            "",
            options=REASONS,
            wordings={
                "low": "What got in the way?",
                "middle": "What would have made it better?",
                "high": "What went well?",
            },
        ),
    ),
    Question("recommend", "recommend", "How likely are you to recommend our IT to a colleague?"),
    Question("comment", "comment", "Anything IT should know?"),
)


def pulses(start: date) -> list[Pulse]:
    """What is asked from the first Tuesday on or after `start`."""
    cadence = Cadence(
        rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        starts=_tuesday(start),
        at=OPENS,
        open_working_days=3,
        reminders=1,
    )
    title = "How is IT doing for you?"
    return [Pulse(PULSE, title, QUESTIONS, Audience(everyone=True), cadence)]


def days(start: date, rounds: int = 13) -> list[date]:
    """The local date of each round."""
    return [_tuesday(start) + FORTNIGHT * number for number in range(rounds)]


def middle(start: date, rounds: int = 13) -> datetime:
    """An instant well inside the last round, before its reminder: a good place to step in."""
    return datetime.combine(days(start, rounds)[-1] + timedelta(days=1), time(15), UTC)


def latest_start(now: datetime, rounds: int = 13) -> date:
    """The start whose last round is on the newest Tuesday that has struck 10:00 somewhere."""
    last = _tuesday(now.date() - timedelta(days=6))
    if min(local_instant(last, OPENS, site.zone) for site in SITES.values()) > now:
        last -= timedelta(days=7)
    return last - FORTNIGHT * (rounds - 1)


def _tuesday(start: date) -> date:
    return start + timedelta(days=(TUESDAY - start.weekday()) % 7)
