"""What is kept beside the releases: named answers, grumbles with a name, anonymous threads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from bot.domain.ballot import Answer

Side = Literal["author", "it"]

#: How long each is kept (docs/privacy.md says so to everybody).
TEXTS_KEPT: Final = timedelta(days=180)
DELIVERIES_KEPT: Final = timedelta(days=30)
THREADS_KEPT: Final = timedelta(days=30)
AUDIT_KEPT: Final = timedelta(days=730)
MARKS_KEPT: Final = timedelta(days=2)
#: After somebody has left; until then they can be taken back.
LEAVERS_KEPT: Final = timedelta(days=30)
#: A day more than a wish holds: its day ends later elsewhere.
WISHES_KEPT: Final = timedelta(days=1)

#: Messages of a thread go over in batches of at least so many, or after so long.
BATCH: Final = 3
LONGEST_WAIT: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NamedAnswer:
    """An answer of a round that was declared named before its first question."""

    round: str
    person: int
    question: str
    value: Answer


@dataclass(frozen=True, slots=True)
class NamedGrumble:
    """Feedback somebody chose to send with their name. `id` is 0 until stored."""

    person: int
    at: datetime
    body: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment whose author IT may answer without learning who it is."""

    #: HMAC of the token in the author's button; the token itself is stored nowhere here.
    token: bytes
    text_id: str
    round: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    text_id: str
    #: Counts from 1 within its thread.
    nth: int
    side: Side
    body: str
    #: The day from which the other side may read it.
    batch_on: date
