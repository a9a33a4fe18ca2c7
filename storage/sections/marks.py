"""Platform events already seen."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import event_mark

_of_yesterday = select(event_mark.c.mark).where(event_mark.c.mark == bindparam("yesterday"))
_ADD = (
    insert(event_mark)
    .from_select(
        ["mark", "day"],
        select(
            bindparam("new", type_=event_mark.c.mark.type),
            bindparam("today", type_=event_mark.c.day.type),
        ).where(~_of_yesterday.exists()),
    )
    .on_conflict_do_nothing()
    # Otherwise lost with PostgreSQL's cursor, which is closed at once.
    .execution_options(preserve_rowcount=True)
)
_DROP = delete(event_mark).where(event_mark.c.day < bindparam("before"))


class SqlMarks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, mark: bytes, day: date, yesterday: bytes) -> bool:
        values = {"new": mark, "today": day, "yesterday": yesterday}
        return self._connection.execute(_ADD, values).rowcount == 1

    def drop_before(self, day: date) -> None:
        self._connection.execute(_DROP, {"before": day})
