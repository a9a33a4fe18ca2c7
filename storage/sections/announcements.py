"""Who is still to be told that a round has been released."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.domain.announcement import Announcement
from storage.tables import announcement

_ADD = insert(announcement)
_DUE = (
    select(announcement)
    .where(announcement.c.at <= bindparam("now"))
    .order_by(announcement.c.at, announcement.c.round, announcement.c.person)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_DROP = delete(announcement).where(
    announcement.c.round == bindparam("of"), announcement.c.person == bindparam("to")
)
_NEXT = select(announcement.c.at).order_by(announcement.c.at).limit(1)


class SqlAnnouncements:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, announcements: Sequence[Announcement]) -> None:
        if announcements:
            rows = [{"round": a.round, "person": a.person, "at": a.at} for a in announcements]
            self._connection.execute(_ADD, rows)

    def take(self, now: datetime) -> Announcement | None:
        row = self._connection.execute(_DUE, {"now": now}).one_or_none()
        if row is None:
            return None
        self._connection.execute(_DROP, {"of": row.round, "to": row.person})
        return Announcement(row.round, row.person, row.at)

    def next_at(self) -> datetime | None:
        return self._connection.execute(_NEXT).scalar()
