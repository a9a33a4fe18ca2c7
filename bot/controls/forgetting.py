"""“Forget me”: a wish sealed in a ballot, and what is done about it.

Whoever holds two copies of the database sees who is gone from the later one. Were their ballot
written at that moment, or were it told apart from others that were pressed that day, it would be
known to be theirs. So the wish is an ordinary press on one ballot; it is found where all ballots
are opened anyway, and whoever wished is removed when all have been written anew.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable
from datetime import datetime

from bot import compose_feedback as compose
from bot.cards import Reply
from bot.domain.ballot import Box, Keys
from bot.domain.people import Person
from bot.domain.rounds import Round
from bot.errors import NotInvited, NotOpen
from bot.events import Pressed, Submitted
from bot.ports import AuditLine, KeyRing, Transaction
from bot.turn import Sheet, Shelf, Turn

#: Name in the ring of the key under which e-mails are remembered that must not come back.
KEYS = "forgotten"


def forget(turn: Turn, _event: Pressed | Submitted) -> Reply:
    """Where they have no ballot there is nothing to be tied to, and they are removed at once."""
    sheet = _sheet(turn)
    if sheet is None:
        remove(turn.tx, turn.ring, [turn.person], turn.at)
        return Reply(redraw=compose.forgotten())
    turn.seal(sheet, sheet.ballot.left())
    return Reply(redraw=compose.forgetting())


def _sheet(turn: Turn) -> Sheet | None:
    """The ballot among whose presses one more is noticed least: the newest round's, and the box's
    only where there is no other. A round whose keys are damaged comes last, and fails."""
    rounds = sorted(turn.tx.rounds.in_state("open"), key=_noticed)
    for round in sorted(rounds, key=lambda round: readable(turn.ring, round.id) is None):
        try:
            return turn.take(round)
        except (NotInvited, NotOpen):
            continue
    return None


def _noticed(round: Round) -> tuple[bool, float]:
    return round.plan.box, -round.opens_at.timestamp()


def leaving(tx: Transaction, ring: KeyRing, shelf: Shelf, people: Collection[int]) -> set[int]:
    """Who of these has asked to be forgotten and still is here."""
    found: set[int] = set()
    for id in tx.rounds.ids("open", "closing"):
        if keys := readable(ring, id):
            box = Box(id, keys, shelf.round(tx, id).plan.size)
            whose = {box.tag(person): person for person in people}
            ballots = tx.ballots.peek_many(id, list(whose)).items()
            found |= {whose[tag] for tag, body in ballots if box.says_leaving(tag, body)}
    return found


def readable(ring: KeyRing, round: str) -> Keys | None:
    """One round whose keys are damaged keeps nobody from the others."""
    try:
        return ring.get(round)
    except Exception:
        return None


def remove(tx: Transaction, ring: KeyRing, people: Iterable[Person], now: datetime) -> None:
    """By a transaction that writes no ballot."""
    for person in people:
        if tx.people.by_id(person.id):
            tx.people.forget(forgotten_mark(ring, person.email))
            tx.people.remove(person.id)
            # What stays says that somebody went, not who.
            said = "somebody was forgotten at their own wish"
            tx.audit.add(AuditLine(now, "ITPulse", said))


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
