"""A round: one asking of a pulse, frozen before the first card goes out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal, NamedTuple, get_args

from bot.domain.people import Person, Place
from bot.domain.pulse import Manner, Question, question_read, question_wire

#: preparing: ballots are being written · open · closing: being counted · released ·
#: discarded: nothing may be published · lost: its keys are gone.
State = Literal["preparing", "open", "closing", "released", "discarded", "lost"]
STATES = frozenset(get_args(State))
ENDED: frozenset[State] = frozenset({"released", "discarded", "lost"})

#: waiting: for its local hour · claimed: being sent · sent · perhaps: it may have arrived ·
#: unreachable · recalled: taken back before it was sent.
DeliveryState = Literal["waiting", "claimed", "sent", "perhaps", "unreachable", "recalled"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is frozen: wording, rules, and how many of each place are invited."""

    title: str
    manner: Manner
    smallest_group: int
    questions: tuple[Question, ...]
    #: Bytes of every ballot before sealing.
    size: int
    #: Place -> people invited there; silent places too.
    places: Mapping[Place, int]
    #: The local hour of cards and reminders, and the local dates of the latter (by country, as its
    #: people work) and of the end.
    at: time
    reminder_days: Mapping[str, tuple[date, ...]]
    last_day: date
    #: Fingerprint of who is invited and where each stands; tells whether a half-prepared round
    #: may be gone on with.
    roll: str
    #: Who may read named answers, by e-mail; nobody in a confidential round.
    viewers: tuple[str, ...] = ()
    #: Grumbles: no card goes out, and it closes when enough have written.
    box: bool = False
    #: A sentence on the first card about the rounds before; empty where there is nothing to say.
    notice: str = ""
    #: More questions than a person is asked a week; nothing else is asked for four weeks.
    above_cap: bool = False
    #: What the last published round said, for the card of thanks; empty where there is none.
    came_of: str = ""
    #: Ids of the pulse's bank of questions, of which a few are asked.
    bank: tuple[str, ...] = ()
    #: Whoever asked for later is asked again on these local dates (by country, as its people work)
    #: at these local hours; never where there are none.
    again_days: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    again_at: tuple[time, ...] = ()

    @property
    def invited(self) -> int:
        return sum(self.places.values())

    def wire(self) -> dict[str, Any]:
        """JSON, read back by `Plan.read`."""
        return {
            "title": self.title,
            "manner": self.manner,
            "smallest_group": self.smallest_group,
            "questions": [question_wire(q) for q in self.questions],
            "size": self.size,
            "places": [[*place, count] for place, count in sorted(self.places.items())],
            "at": self.at.isoformat(),
            "reminder_days": _wire_of_days(self.reminder_days),
            "last_day": self.last_day.isoformat(),
            "roll": self.roll,
            "viewers": list(self.viewers),
            "box": self.box,
            "notice": self.notice,
            "above_cap": self.above_cap,
            "came_of": self.came_of,
            "bank": list(self.bank),
            "again_days": _wire_of_days(self.again_days),
            "again_at": [at.isoformat() for at in self.again_at],
        }

    def reminded_on(self, country: str) -> tuple[date, ...]:
        """The local dates of reminders; a country nobody had at the opening is the company's."""
        return self.reminder_days.get(country, self.reminder_days.get("", ()))

    def again_on(self, country: str) -> tuple[date, ...]:
        """The local dates on which somebody may be asked again."""
        return self.again_days.get(country, self.again_days.get("", ()))

    @classmethod
    def read(cls, wire: Mapping[str, Any]) -> Plan:
        return cls(
            title=wire["title"],
            manner=wire["manner"],
            smallest_group=wire["smallest_group"],
            questions=tuple(question_read(q) for q in wire["questions"]),
            size=wire["size"],
            places={Place(*row[:4]): row[4] for row in wire["places"]},
            at=time.fromisoformat(wire["at"]),
            reminder_days=_days_by_country(wire["reminder_days"]),
            last_day=date.fromisoformat(wire["last_day"]),
            roll=wire["roll"],
            viewers=tuple(wire["viewers"]),
            box=wire["box"],
            notice=wire["notice"],
            above_cap=wire.get("above_cap", False),
            # Rounds opened by an earlier version have none.
            came_of=wire.get("came_of", ""),
            bank=tuple(wire.get("bank", ())),
            again_days=_days_by_country(wire.get("again_days", {})),
            again_at=tuple(map(time.fromisoformat, wire.get("again_at", ()))),
        )


def _wire_of_days(of: Mapping[str, tuple[date, ...]]) -> dict[str, list[str]]:
    return {country: [day.isoformat() for day in days] for country, days in sorted(of.items())}


def _days_by_country(wire: Mapping[str, list[str]] | list[str]) -> dict[str, tuple[date, ...]]:
    # Rounds opened by an earlier version have one list for everybody.
    of = {"": wire} if isinstance(wire, list) else wire
    return {country: tuple(map(date.fromisoformat, days)) for country, days in of.items()}


class Held(NamedTuple):
    """A round there has been, as far as turns go."""

    day: date
    #: Not where it could ask too few.
    opened: bool = True


@dataclass(frozen=True, slots=True)
class Round:
    """`id` is `pulse@local date`, so one date can hold only one round of a pulse."""

    id: str
    pulse: str
    #: Version of the pulse whose wording was frozen.
    version: int
    day: date
    opens_at: datetime
    closes_at: datetime
    state: State
    plan: Plan
    #: Reminders due up to this instant have been seen to; None before the first.
    reminded_through: datetime | None = None
    #: Its keys are destroyed and its ballots gone.
    cleared: bool = False
    #: When an admin asked to close it before its time.
    early_at: datetime | None = None
    #: The last day its ballots were sealed again, and a digest of them all after that.
    sealed_on: date | None = None
    seal: str = ""
    #: Whoever wished to be asked again up to this instant has been; None before the first time.
    again_through: datetime | None = None


def round_id(pulse: str, day: date) -> str:
    return f"{pulse}@{day.isoformat()}"


def delivery_key(round_id: str, person: int) -> str:
    """What a platform keeps beside the message, to find it again; says nothing by itself."""
    return hashlib.sha256(f"{round_id}|{person}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Who was asked and reached with the first card. Never whether they answered."""

    round: str
    person: int
    #: The person's own local hour, in UTC.
    send_at: datetime
    state: DeliveryState = "waiting"
    #: The platform's word for where the message is; empty before it was sent.
    receipt: str = ""
    #: Why someone cannot be reached, for an admin.
    why: str = ""


def roll_of(people: Iterable[Person]) -> str:
    rows = sorted(f"{p.id}|{'|'.join(p.place)}" for p in people)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
