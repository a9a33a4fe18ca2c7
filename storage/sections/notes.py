"""Small facts about the installation itself."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import note

_GET = select(note.c.text).where(note.c.name == bindparam("name"))
_insert = insert(note)
_PUT = _insert.on_conflict_do_update(
    index_elements=[note.c.name], set_={"text": _insert.excluded.text}
)


class SqlNotes:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        return self._connection.execute(_GET, {"name": name}).scalar()

    def put(self, name: str, text: str) -> None:
        self._connection.execute(_PUT, {"name": name, "text": text})
