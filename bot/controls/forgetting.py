"""“Forget me”: ballots emptied first, then everything that names the person."""

from __future__ import annotations

import hmac
from collections.abc import Collection

from bot import compose_feedback as compose
from bot.cards import Reply
from bot.domain.ballot import Ballot, Keys
from bot.domain.people import Person
from bot.errors import Refusal
from bot.events import Pressed, Submitted
from bot.ports import AuditLine, KeyRing, Transaction
from bot.turn import Turn

#: Name in the ring of the key under which e-mails are remembered that must not come back.
KEYS = "forgotten"


def forget(turn: Turn, _event: Pressed | Submitted) -> Reply:
    """Ballots are written here; the rest by a transaction of its own that writes no ballot."""
    for round in turn.tx.rounds.in_state("open"):
        try:
            sheet = turn.take(round)
        except Refusal:
            continue
        turn.seal(sheet, Ballot(sheet.ballot.place, begun=True))
    person, mark = turn.person, forgotten_mark(turn.ring, turn.person.email)
    # What stays says that somebody went, not who.
    line = AuditLine(turn.at, "ITPulse", "somebody was forgotten at their own wish")
    return Reply(redraw=compose.forgotten(), after=(lambda tx: _remove(tx, person, mark, line),))


def _remove(tx: Transaction, person: Person, mark: bytes, line: AuditLine) -> None:
    if tx.people.by_id(person.id) is None:
        return
    tx.people.forget(mark)
    tx.people.remove(person.id)
    tx.audit.add(line)


def forgotten_mark(ring: KeyRing, email: str) -> bytes:
    keys = ring.get(KEYS) or ring.put(KEYS, Keys.draw())
    return hmac.digest(keys.tag, email.lower().encode(), "sha256")


def without_forgotten(tx: Transaction, ring: KeyRing, people: Collection[Person]) -> list[Person]:
    """Those a directory may bring in."""
    if ring.get(KEYS) is None:
        return list(people)
    marks = {forgotten_mark(ring, person.email): person for person in people}
    gone = tx.people.forgotten(list(marks))
    return [person for mark, person in marks.items() if mark not in gone]
