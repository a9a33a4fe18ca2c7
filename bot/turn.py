"""One turn of a conversation: who speaks, when, and within which transaction."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.domain.ballot import Ballot, Box
from bot.domain.people import Grant, Person
from bot.domain.rounds import Round
from bot.errors import Leaving, NotAllowed, NotInvited, NotOpen, UnknownControl
from bot.ports import KeyRing, Taken, Transaction

if TYPE_CHECKING:
    from bot.voice import Names

#: Rounds remembered at most.
REMEMBERED: Final = 1_000
#: Seconds; to prepare the names of ten thousand people takes a tenth of one.
NAMES_KEPT: Final = 600.0

FOR_WHOM: Final[Mapping[Grant, str]] = {
    "lead": "That is for IT leads. An admin can give you this role.",
    "editor": "That is for admins and editors. An admin can give you this role.",
    "admin": "That is for admins. An admin can give you this role.",
}
FIRST_ADMIN: Final = (
    "Nobody is an admin here yet. Whoever runs ITPulse can make you the first one, at the "
    "terminal: itpulse roles grant {email} admin"
)


class Shelf:
    """Open rounds at hand: an open one never changes its plan, and its state is read with every
    ballot."""

    def __init__(self) -> None:
        self._rounds: dict[str, Round] = {}
        self._names: Names | None = None
        self._names_until = 0.0

    def round(self, tx: Transaction, round_id: str) -> Round:
        found = self._rounds.get(round_id)
        if found is None:
            found = tx.rounds.get(round_id)
            if found is None:
                raise UnknownControl
            if len(self._rounds) >= REMEMBERED:
                self._rounds.clear()
            if found.state == "open":
                self._rounds[round_id] = found
        return found

    def names(self, tx: Transaction) -> Names:
        """What everybody is called, ten minutes old at most; whoever came since is looked for when
        a comment is published."""
        now = time.monotonic()
        if self._names is None or self._names_until < now:
            from bot.voice import Names

            self._names, self._names_until = Names(tx.people.names()), now + NAMES_KEPT
        return self._names


@dataclass(frozen=True, slots=True)
class Turn:
    tx: Transaction
    ring: KeyRing
    person: Person
    at: datetime
    shelf: Shelf

    def round(self, round_id: str) -> Round:
        """Raises UnknownControl where there never was such a round."""
        return self.shelf.round(self.tx, round_id)

    @property
    def names(self) -> Names:
        return self.shelf.names(self.tx)

    def require(self, grant: Grant) -> None:
        """An admin may do whatever the others may; raises NotAllowed."""
        if self.person.grants & {grant, "admin"}:
            return
        if grant != "lead" and not any("admin" in p.grants for p in self.tx.people.granted()):
            raise NotAllowed(FIRST_ADMIN.format(email=self.person.email))
        raise NotAllowed(FOR_WHOM[grant])

    @property
    def paused_until(self) -> datetime | None:
        """Until when the speaker hears nothing; None where no pause runs."""
        until = self.tx.pauses.until(self.person.id)
        return until if until and until > self.at else None

    def take(self, round: Round) -> Sheet:
        """The speaker's ballot, held until the transaction ends; raises NotOpen,
        NotInvited, or Leaving where it says that they wish to be forgotten."""
        box = self._box(round)
        tag = box.tag(self.person.id)
        return self._sheet(round, box, tag, self.tx.ballots.take(round.id, tag))

    def peek(self, round: Round) -> Sheet:
        """The same only to read."""
        box = self._box(round)
        tag = box.tag(self.person.id)
        return self._sheet(round, box, tag, self.tx.ballots.peek(round.id, tag))

    def seal(self, sheet: Sheet, ballot: Ballot) -> None:
        body = sheet.box.seal(sheet.tag, ballot)
        self.tx.ballots.put(sheet.round.id, sheet.tag, body)

    def _box(self, round: Round) -> Box:
        keys = self.ring.get(round.id)
        if keys is None:
            raise NotOpen
        return Box(round.id, keys, round.plan.size)

    def _sheet(self, round: Round, box: Box, tag: bytes, taken: Taken | None) -> Sheet:
        if taken is None:
            raise NotInvited if self._is_open(round) else NotOpen
        if taken.state != "open":
            raise NotOpen
        ballot = box.open(tag, taken.body)
        if ballot.leaving:
            raise Leaving
        return Sheet(round, box, tag, ballot)

    def _is_open(self, round: Round) -> bool:
        # Ballots go a little after the round has closed, and a missing one must not read as
        # “you were never asked”.
        now = self.tx.rounds.get(round.id)
        return now is not None and now.state == "open"


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open ballot on the table."""

    round: Round
    box: Box
    tag: bytes
    ballot: Ballot
