"""Ballots of a round sealed again under fresh nonces, chunk by chunk in tag order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.domain.ballot import Ballot, Box
from bot.ports import Transaction

#: Ballots a transaction.
CHUNK: Final = 200

Change = Callable[[bytes, Ballot], Ballot]


def as_it_is(_tag: bytes, ballot: Ballot) -> Ballot:
    return ballot


def seal_chunk(
    tx: Transaction, box: Box, after: bytes, change: Change = as_it_is
) -> tuple[list[Ballot], bytes]:
    """Ballots as they are now, and the last tag; no tag when there are no more."""
    tags = [tag for tag, _ in tx.ballots.after(box.round, after, CHUNK)]
    if not tags:
        return [], b""
    taken = tx.ballots.take_many(box.round, tags).items()
    ballots = [(tag, change(tag, box.open(tag, body))) for tag, body in taken]
    tx.ballots.put_many(box.round, [(tag, box.seal(tag, ballot)) for tag, ballot in ballots])
    return [ballot for _, ballot in ballots], tags[-1]
