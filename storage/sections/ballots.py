"""Sealed ballots. Nothing in this file knows a person, a time or an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.ports import Taken
from storage.sections.rows import chunks
from storage.tables import ballot, round_

_here = ballot.c.round == bindparam("here")

_ADD = insert(ballot).on_conflict_do_nothing()
# A chunk as two arrays costs the program a third of a chunk row by row. Numbered, because the
# order on disk must be the one given; %b sends bytes as bytes and not as hex digits.
_ADD_ARRAYS = """
INSERT INTO ballot (round, tag, body)
SELECT %(round)t, tag, body
FROM unnest(%(tags)b::bytea[], %(bodies)b::bytea[]) WITH ORDINALITY AS given (tag, body, nth)
ORDER BY nth
ON CONFLICT DO NOTHING
"""
_PEEK = (
    select(ballot.c.body, round_.c.state)
    .join(round_, round_.c.id == ballot.c.round)
    .where(_here, ballot.c.tag == bindparam("this"))
)
# A press holds its ballot alone and the round together with other presses; a close, which wants
# the round alone, waits for them, and they for it.
_TAKE = _PEEK.with_for_update(of=ballot).suffix_with("FOR SHARE OF round", dialect="postgresql")
_PUT = update(ballot).where(_here, ballot.c.tag == bindparam("this")).values(body=bindparam("new"))
_PEEK_MANY = (
    select(ballot.c.tag, ballot.c.body)
    .where(_here, ballot.c.tag.in_(bindparam("these", expanding=True)))
    .order_by(ballot.c.tag)
)
_TAKE_MANY = _PEEK_MANY.with_for_update()
_AFTER = (
    select(ballot.c.tag, ballot.c.body)
    .where(_here, ballot.c.tag > bindparam("this"))
    .order_by(ballot.c.tag)
    .limit(bindparam("most"))
)
_COUNT = select(func.count()).select_from(ballot).where(_here)
_first = (
    select(ballot.c.tag).where(_here).order_by(ballot.c.tag).limit(bindparam("most")).subquery()
)
_last_of_them = select(_first.c.tag).order_by(_first.c.tag.desc()).limit(1).scalar_subquery()
# Up to a tag and not “these tags”: where PostgreSQL has not yet counted a new round's ballots, it
# would compare each of them with each of the tags, for half a minute.
_REMOVE = delete(ballot).where(_here, ballot.c.tag <= _last_of_them)


class SqlBallots:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, round: str, ballots: Sequence[tuple[bytes, bytes]]) -> None:
        if not ballots:
            return
        if self._connection.dialect.name == "postgresql":
            tags, bodies = zip(*ballots, strict=True)
            values = {"round": round, "tags": list(tags), "bodies": list(bodies)}
            self._connection.exec_driver_sql(_ADD_ARRAYS, values)
        else:
            rows = [{"round": round, "tag": tag, "body": body} for tag, body in ballots]
            self._connection.execute(_ADD, rows)

    def take(self, round: str, tag: bytes) -> Taken | None:
        return self._look(_TAKE, round, tag)

    def peek(self, round: str, tag: bytes) -> Taken | None:
        return self._look(_PEEK, round, tag)

    def put(self, round: str, tag: bytes, body: bytes) -> None:
        """Raises LookupError where there is no such ballot: an answer is never lost silently."""
        values = {"here": round, "this": tag, "new": body}
        _expect(1, self._connection.execute(_PUT, values).rowcount)

    def peek_many(self, round: str, tags: Sequence[bytes]) -> dict[bytes, bytes]:
        return self._many(_PEEK_MANY, round, tags)

    def take_many(self, round: str, tags: Sequence[bytes]) -> dict[bytes, bytes]:
        return self._many(_TAKE_MANY, round, tags)

    def put_many(self, round: str, ballots: Sequence[tuple[bytes, bytes]]) -> None:
        """Raises LookupError where one is not there."""
        if ballots:
            rows = [{"here": round, "this": tag, "new": body} for tag, body in ballots]
            _expect(len(rows), self._connection.execute(_PUT, rows).rowcount)

    def after(self, round: str, tag: bytes, limit: int) -> list[tuple[bytes, bytes]]:
        values = {"here": round, "this": tag, "most": limit}
        return [(tag, body) for tag, body in self._connection.execute(_AFTER, values).all()]

    def count(self, round: str) -> int:
        return self._connection.execute(_COUNT, {"here": round}).scalar_one()

    def remove(self, round: str, limit: int) -> int:
        return self._connection.execute(_REMOVE, {"here": round, "most": limit}).rowcount

    def _many(self, statement: Any, round: str, tags: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for part in chunks(sorted(set(tags))):
            rows = self._connection.execute(statement, {"here": round, "these": part})
            found.update((tag, body) for tag, body in rows.all())
        return found

    def _look(self, statement: Any, round: str, tag: bytes) -> Taken | None:
        row = self._connection.execute(statement, {"here": round, "this": tag}).first()
        return Taken(*row) if row else None


def _expect(ballots: int, written: int) -> None:
    if written != ballots:
        raise LookupError("a ballot that was to be overwritten is not there")
