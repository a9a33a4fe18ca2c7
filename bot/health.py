"""What `itpulse doctor` looks at, and what a finding is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.hold import held_since
from bot.ports import Transaction

Verdict = Literal["ok", "warn", "bad"]
#: Rounds that should be open at an instant and are not there at all, by id.
Due = Callable[[Transaction, datetime], Iterable[str]]

#: What is due for longer than this is not being seen to.
PATIENCE: Final = timedelta(minutes=15)
#: The note that a made-up company lives here.
DEMO_NOTE: Final = "demo"
#: The note by which the database knows its key ring again.
RING_NOTE: Final = "keyring"


@dataclass(frozen=True, slots=True)
class Finding:
    verdict: Verdict
    what: str
    #: What to do about it; empty where all is well.
    todo: str = ""


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    #: The address without its password.
    where: str
    #: Why it cannot be used; empty where it can.
    trouble: str = ""
    schema: Literal["current", "older", "newer", "none"] = "none"
    #: Seconds by which its clock is ahead of this machine's; None where it is the same clock.
    ahead: float | None = None


@dataclass(frozen=True, slots=True)
class RingFacts:
    where: str
    trouble: str = ""
    #: There is nothing yet: it is made by the first start.
    missing: bool = False
    #: Names of the keys in it; None where that is not known.
    names: frozenset[str] | None = None
    #: What it is known by; None where it has no mark yet.
    mark: str | None = None
    #: What a backup of the database's folder or server takes along; empty where it does not.
    backed_up_with: str = ""
    #: Files and folders of it that others on this machine may look into.
    loose: tuple[str, ...] = ()
    server: ServerFacts | None = None


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What a PostgreSQL that keeps keys does with what is written to it."""

    archive_mode: str
    max_wal_senders: int
    #: Standbys and receivers connected now, and slots that keep write-ahead log for them.
    replicas: int
    slots: int
    #: Whether values of statements may come to stand in the server's log.
    logs_values: bool


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """What the tables say is due."""

    now: datetime
    is_demo: bool
    held_since: str | None
    without_keys: tuple[str, ...]
    #: Rounds that should have opened or closed a while ago.
    overdue: tuple[str, ...]
    #: Ended rounds whose keys are still in the ring.
    undestroyed: tuple[str, ...]
    #: Since when the oldest card waits that is due; None where none waits for long.
    waiting_since: datetime | None
    #: Cards that a worker began to send and nobody has looked after since.
    left_claimed: int
    #: The mark of the key ring that belongs to the database; None where it knows none yet.
    ring: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    database: DatabaseFacts
    ring: RingFacts
    #: None where the tables cannot be read.
    work: WorkFacts | None = None


def work_facts(
    tx: Transaction, keys: Collection[str] | None, now: datetime, due: Due = lambda *_: ()
) -> WorkFacts:
    """`keys` are the names in the ring, where they are known."""
    live = tx.rounds.in_state("open", "closing")
    long_ago = now - PATIENCE
    oldest = tx.deliveries.next_due()
    late = [round.id for round in live if round.closes_at < long_ago]
    late += [r.id for r in tx.rounds.in_state("preparing") if r.opens_at < long_ago]
    late += due(tx, long_ago)
    ended = [round.id for round in tx.rounds.uncleared()]
    return WorkFacts(
        now=now,
        is_demo=tx.notes.get(DEMO_NOTE) is not None,
        held_since=held_since(tx),
        without_keys=tuple(r.id for r in live if keys is not None and r.id not in keys),
        overdue=tuple(late),
        undestroyed=tuple(round for round in ended if keys is not None and round in keys),
        waiting_since=oldest if oldest and oldest < long_ago else None,
        left_claimed=len(tx.deliveries.claimed("", long_ago)),
        ring=tx.notes.get(RING_NOTE),
    )
