"""Who wants to hear nothing for a while."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import pause

_insert = insert(pause)
_PUT = _insert.on_conflict_do_update(
    index_elements=[pause.c.person], set_={"until": _insert.excluded.until}
)
_DROP = delete(pause).where(pause.c.person == bindparam("who"))
_DROP_OVER = delete(pause).where(pause.c.until <= bindparam("now"))
_RUNNING = select(pause.c.person).where(pause.c.until > bindparam("now"))
_UNTIL = select(pause.c.until).where(pause.c.person == bindparam("who"))


class SqlPauses:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, person: int, until: datetime) -> None:
        self._connection.execute(_PUT, {"person": person, "until": until})

    def drop(self, person: int) -> None:
        self._connection.execute(_DROP, {"who": person})

    def until(self, person: int) -> datetime | None:
        return self._connection.execute(_UNTIL, {"who": person}).scalar()

    def running(self, now: datetime) -> set[int]:
        return set(self._connection.execute(_RUNNING, {"now": now}).scalars())

    def drop_over(self, now: datetime) -> None:
        self._connection.execute(_DROP_OVER, {"now": now})
