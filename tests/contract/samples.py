"""What the store's tests keep: one of each, with the awkward letters in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.connections import ReleasedConnections
from bot.domain.people import Cell, Person, Place
from bot.domain.pulse import Audience, Cadence, Choice, Pulse, Question
from bot.domain.release import (
    ReleasedBlock,
    ReleasedGroup,
    ReleasedRound,
    ReleasedText,
    ReleasedTheme,
    ShownCount,
)
from bot.domain.rounds import Plan, Round, State, round_id
from bot.events import Address
from bot.ports import Transaction

NOW = datetime(2026, 11, 24, 9, 30, 15, 250_000, UTC)
TODAY = NOW.date()
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
#: Emoji of several code points, right-to-left letters, half-width and combining ones.
AWKWARD = "Zoë 👩🏽‍💻 שלום العربية ｱ é \u202e'\"%s :x {} \\"

WHY = Question(
    "why",
    "several",
    "What got in the way?",
    (Choice("speed", "Speed"), Choice("other", AWKWARD)),
    wordings={"low": "What got in the way?", "high": "What went well?"},
)
OVERALL = Question("overall", "satisfaction", "How was IT?", follow_up=WHY)

WEEKLY = Pulse(
    id="it-weekly",
    title=AWKWARD,
    questions=(OVERALL, Question("more", "comment", "Anything else?")),
    audience=Audience(units=("Legal",), excluded=Audience(emails=("boss@example.org",))),
    cadence=Cadence("FREQ=WEEKLY;BYDAY=TU", date(2026, 11, 24), time(10), 4, 2),
    rotation="slices",
)
LEGAL = Place("Staff", "Legal", "Counsel", "Zürich")

PLAN = Plan(
    title=AWKWARD,
    manner="confidential",
    smallest_group=5,
    questions=WEEKLY.questions,
    size=4096,
    places={LEGAL: 12, Place("Staff", "שלום", "", ""): 9},
    at=time(10, 30),
    reminder_days={"": (date(2026, 11, 25),)},
    last_day=date(2026, 11, 26),
    roll="f00d",
)


def a_round(pulse: str = "it-weekly", day: date = TODAY, state: State = "open") -> Round:
    return Round(
        round_id(pulse, day), pulse, 1, day, NOW, NOW + 3 * DAY, state, replace(PLAN, title=pulse)
    )


def people(number: int) -> list[Person]:
    return [Person(f"p{i:05}@example.org", f"Person {i}", unit="Legal") for i in range(number)]


def slack(user: str) -> Address:
    return Address("slack", "T1", user)


def tag(number: int) -> bytes:
    return number.to_bytes(16, "big")


def ballots(number: int) -> list[tuple[bytes, bytes]]:
    return [(tag(i), b"\0sealed %d" % i) for i in range(number)]


def with_ballots(tx: Transaction, number: int, state: State = "open") -> str:
    """A round with its ballots; its id."""
    round = a_round(state=state)
    tx.rounds.add(round)
    tx.ballots.add(round.id, ballots(number))
    return round.id


RELEASED = ReleasedRound("it-weekly@2026-11-24", "it-weekly", TODAY, TODAY + 3 * DAY, 21, 14)
ASKED: list[tuple[str, str, Mapping[str, ShownCount]]] = [
    # The order asked is not that of the alphabet, and neither is that of the categories.
    ("overall", "satisfaction", {"1": 0, "2": 3, "3": 4}),
    ("more", "several", {"zeal": 4, "apathy": "some"}),
]
BLOCKS = [
    ReleasedBlock(
        round=RELEASED.round,
        question=question,
        kind=kind,
        formula=f"{kind}/1",
        block=block,
        label=f"Legal + {AWKWARD}",
        n=7,
        invited=10,
        hist=hist,
        of={LEGAL: 8, Place("Staff", "Finance", "", ""): 2},
    )
    for question, kind, hist in ASKED
    for block in (0, 1)
]
GROUPS = [
    ReleasedGroup(RELEASED.round, "overall", Cell(), 21, (0, 1)),
    ReleasedGroup(RELEASED.round, "overall", Cell(unit="Legal"), 12, (0,)),
    ReleasedGroup(RELEASED.round, "more", Cell(division="Staff", role="Counsel"), 12, (1,)),
]
TEXTS = [
    ReleasedText(
        id="f" * 32,
        round=RELEASED.round,
        question="more",
        block="Legal",
        body=AWKWARD,
        themes=("vpn", "email"),
        sentiment="negative",
        because=(AWKWARD, "not good"),
    ),
    ReleasedText("0" * 32, RELEASED.round, "more", "Legal", "Fine.", (), "positive"),
]
CONNECTIONS = ReleasedConnections(
    round=RELEASED.round,
    main="overall",
    n=50,
    grain=10,
    # The order is that in which they are weighed.
    matrix={"overall": {"overall": 100, "zest": -30}, "zest": {"overall": -30, "zest": 100}},
    weights={"zest": 60, "ardour": 40},
    first={"zest": 81, "ardour": 19},
)
THEMES = [
    ReleasedTheme(RELEASED.round, "more", "vpn", 5, 4),
    ReleasedTheme(RELEASED.round, "more", "email", 3, 0),
]
