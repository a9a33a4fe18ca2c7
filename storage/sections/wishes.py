"""Who does not want to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from bot.domain.fatigue import Wish
from storage.tables import wish

_insert = insert(wish)
_PUT = _insert.on_conflict_do_update(
    index_elements=list(wish.primary_key.columns), set_={"until": _insert.excluded.until}
)
_ALL = select(wish).order_by(wish.c.person, wish.c.pulse)
_OF_PERSON = _ALL.where(wish.c.person == bindparam("whose"))
_DROP_ALL = delete(wish).where(wish.c.person == bindparam("whose"))
_DROP = _DROP_ALL.where(wish.c.pulse == bindparam("about"))
_DROP_BEFORE = delete(wish).where(wish.c.until < bindparam("day"))


class SqlWishes:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, wish: Wish) -> None:
        row = {"person": wish.person, "pulse": wish.pulse, "until": wish.until}
        self._connection.execute(_PUT, row)

    def drop(self, person: int, pulse: str) -> bool:
        values = {"whose": person, "about": pulse} if pulse else {"whose": person}
        return self._connection.execute(_DROP if pulse else _DROP_ALL, values).rowcount > 0

    def of_person(self, person: int) -> list[Wish]:
        return _read(self._connection.execute(_OF_PERSON, {"whose": person}))

    def all(self) -> list[Wish]:
        return _read(self._connection.execute(_ALL))

    def drop_before(self, day: date) -> int:
        return self._connection.execute(_DROP_BEFORE, {"day": day}).rowcount


def _read(rows: Iterable[Row[Any]]) -> list[Wish]:
    return [Wish(row.person, row.pulse, row.until) for row in rows]
