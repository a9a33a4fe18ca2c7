"""What admins and ITPulse itself did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.ports import AuditLine
from storage.tables import audit

_ADD = insert(audit)
_NEWEST = (
    select(audit.c.at, audit.c.who, audit.c.what)
    .order_by(audit.c.id.desc())
    .limit(bindparam("most"))
)
_DROP = delete(audit).where(audit.c.at < bindparam("before"))


class SqlAudit:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, line: AuditLine) -> None:
        values = {"at": line.at, "who": line.who, "what": line.what}
        self._connection.execute(_ADD, values)

    def newest(self, limit: int) -> list[AuditLine]:
        return [AuditLine(*row) for row in self._connection.execute(_NEWEST, {"most": limit})]

    def drop_before(self, at: datetime) -> int:
        return self._connection.execute(_DROP, {"before": at}).rowcount
