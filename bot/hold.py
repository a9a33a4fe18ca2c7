"""After a restore nothing happens by itself until somebody has looked and said so.

Not only sending waits: closing a round or sweeping stray keys would destroy keys, and with them
the way back to a better backup.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.ports import AuditLine, Transaction

#: The note that holds everything; its text is when, empty once released.
NOTE: Final = "restored"
#: Whose claims the deliveries become that may have been sent after the backup was made.
WORKER: Final = "before the restore"
#: Deliveries a claim.
CHUNK: Final = 500


def held_since(tx: Transaction) -> str | None:
    """When the database was restored, where nobody has released it yet."""
    return tx.notes.get(NOTE) or None


def hold(tx: Transaction, now: datetime) -> None:
    tx.notes.put(NOTE, now.isoformat())


def release(tx: Transaction, who: str, now: datetime) -> bool:
    """Let everything go on; False where nothing was held.

    What fell due before now may have happened after the backup was made. Cards are looked for on
    the platform before they are sent, as after a crash; reminders are not made up for, nor is it
    that somebody wished to be asked again.
    """
    since = held_since(tx)
    if since is None:
        return False
    while tx.deliveries.claim(now, WORKER, CHUNK):
        pass
    # Leads find what has been released by themselves; told twice they would trust it less.
    while tx.announcements.take(now):
        pass
    for round in tx.rounds.in_state("open"):
        tx.rounds.set_reminded_through(round.id, now)
        tx.rounds.claim_again(round.id, round.again_through, now)
    tx.notes.put(NOTE, "")
    tx.audit.add(AuditLine(now, who, f"released after the restore of {since}"))
    return True
