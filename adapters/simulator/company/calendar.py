"""What Meridian asks its people, and on which days."""

from __future__ import annotations

from dataclasses import replace
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


#: Asked of those at a desk, between two of the others: nobody is asked twice in a week.
HELP: Final = "getting-help"
EIGHT_WEEKS: Final = 4 * FORTNIGHT
AT_A_DESK: Final = (
    *("Sales", "Customer Care", "Marketing", "Procurement"),
    *("Finance", "Human Resources", "Legal"),
)
FIRST_TURNED_TO: Final = (
    Choice("desk", "The service desk"),
    Choice("colleague", "A colleague"),
    Choice("page", "The help pages"),
    Choice("nobody", "Nobody, I gave up"),
    Choice("other", "Somebody else"),
)
HELP_QUESTIONS: Final = (
    Question("effort", "effort", "The last time you needed help from IT: how much effort was it?"),
    Question("where", "choice", "Where did you turn first?", options=FIRST_TURNED_TO),
    Question("solved", "yes_no", "Was it solved?"),
    Question("lost", "lost_time", "How much working time did you lose over it?"),
    Question("known", "agree", "I know whom to ask when something does not work."),
)


def pulses(start: date) -> list[Pulse]:
    """What is asked from the first Tuesday on or after `start`; the fortnightly one first."""
    cadence = Cadence(
        rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        starts=_tuesday(start),
        at=OPENS,
        open_working_days=3,
        reminders=1,
    )
    seldom = replace(
        cadence, rule="FREQ=WEEKLY;INTERVAL=8;BYDAY=TU", starts=_tuesday(start) + FORTNIGHT / 2
    )
    desks = Audience(units=AT_A_DESK)
    return [
        Pulse(PULSE, "How is IT doing for you?", QUESTIONS, Audience(everyone=True), cadence),
        Pulse(HELP, "Getting help from IT", HELP_QUESTIONS, desks, seldom),
    ]


def days(start: date, rounds: int = 13) -> list[date]:
    """The local date of each round."""
    return [_tuesday(start) + FORTNIGHT * number for number in range(rounds)]


def help_days(start: date, rounds: int = 13) -> list[date]:
    """Those of the pulse about getting help, before the last of the fortnightly rounds."""
    last = days(start, rounds)[-1]
    first = _tuesday(start) + FORTNIGHT / 2
    return [first + EIGHT_WEEKS * number for number in range((last - first) // EIGHT_WEEKS + 1)]


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
