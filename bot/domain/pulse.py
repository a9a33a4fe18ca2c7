"""What is asked, of whom, and how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any, Final, Literal

from bot.domain.people import Person

Manner = Literal["confidential", "named"]
#: draft: never launched yet · paused: no round opens until it is resumed · archived: the same, and
#: lists leave it out.
PulseState = Literal["live", "draft", "paused", "archived"]
#: Which wording a follow-up takes after an answer.
Band = Literal["low", "middle", "high"]

#: Nobody may set a smaller group than this.
K: Final = 5
#: A confidential round is addressed to at least this many.
FEWEST_INVITED: Final = 20
MOST_QUESTIONS: Final = 10
MOST_COMMENTS: Final = 3
#: Questions in a bank.
MOST_IN_BANK: Final = 50
MOST_REMINDERS: Final = 2
#: The question whether answering is any use; it costs nobody any of their questions.
BELIEF: Final = "belief"


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    kind: str
    #: The wording; a follow-up instead has one by Band in `wordings`.
    text: str
    options: tuple[Choice, ...] = ()
    follow_up: Question | None = None
    wordings: Mapping[str, str] | None = None

    def wording(self, band: Band | None = None) -> str:
        return (self.wordings or {}).get(band or "middle", self.text)


@dataclass(frozen=True, slots=True)
class Cadence:
    """When rounds open: an RRULE of dates, at a local time of day, for N working days."""

    rule: str
    starts: date
    at: time
    open_working_days: int = 3
    reminders: int = 1


@dataclass(frozen=True, slots=True)
class Audience:
    """Everyone, or whoever any list names; `excluded` takes away again."""

    everyone: bool = False
    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    excluded: Audience | None = None

    def invites(self, person: Person) -> bool:
        if person.gone_on or (self.excluded and self.excluded.invites(person)):
            return False
        return (
            self.everyone
            or person.unit in self.units
            or person.role in self.roles
            or person.site in self.sites
            or person.email in self.emails
        )

    @property
    def names_people(self) -> bool:
        """Whether it takes an e-mail to tell who is meant."""
        return bool(self.emails) or (self.excluded is not None and self.excluded.names_people)


@dataclass(frozen=True, slots=True)
class Pulse:
    id: str
    title: str
    questions: tuple[Question, ...]
    audience: Audience
    cadence: Cadence
    manner: Manner = "confidential"
    smallest_group: int = K
    rotation: Literal["none", "slices"] = "none"
    #: An admin's yes to more questions than a person is asked a week.
    above_cap: bool = False
    #: Questions that take turns, and how many of them a round asks beside its own.
    bank: tuple[Question, ...] = ()
    rotate: int = 0
    #: Counts up with each change; 0 until stored.
    version: int = 0

    @property
    def asked(self) -> int:
        """Questions of one round, without follow-ups."""
        return len(self.questions) + self.rotate

    @property
    def load(self) -> int:
        """Questions of one round, as the caps count."""
        return load_of(self.questions) + self.rotate

    @property
    def fewest(self) -> int:
        """People a round takes."""
        return FEWEST_INVITED if self.manner == "confidential" else 1


def every_step(questions: tuple[Question, ...]) -> Iterator[tuple[Question, Question | None]]:
    """Each question with its parent (None for a question of its own), in the order asked."""
    for question in questions:
        yield question, None
        if question.follow_up:
            yield question.follow_up, question


def load_of(questions: tuple[Question, ...]) -> int:
    """How many questions a person is asked, as the caps count: follow-ups and the belief item
    are left out.
    """
    return sum(not (q.id == BELIEF and q.kind == "agree") for q in questions)


def question_wire(question: Question) -> dict[str, Any]:
    """JSON of a question, read back by `question_read`."""
    return asdict(question)


def question_read(wire: Mapping[str, Any]) -> Question:
    follow_up = wire["follow_up"]
    return Question(
        id=wire["id"],
        kind=wire["kind"],
        text=wire["text"],
        options=tuple(Choice(**o) for o in wire["options"]),
        follow_up=question_read(follow_up) if follow_up else None,
        wordings=wire["wordings"],
    )
