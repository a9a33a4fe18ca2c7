"""Anonymous conversations about released comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.domain.rights import Side, Thread, ThreadMessage
from storage.tables import thread, thread_message

_said = thread_message.c
_BY_TOKEN = select(thread).where(thread.c.token == bindparam("its_token"))
_BY_TEXT = select(thread).where(thread.c.text_id == bindparam("text"))
_LAST = select(func.coalesce(func.max(_said.nth), 0)).where(_said.text_id == bindparam("text"))
_MESSAGES = select(thread_message).where(_said.text_id == bindparam("text")).order_by(_said.nth)
_waiting = (_said.side == bindparam("of"), _said.batch_on > bindparam("today"))
_WAITING = select(func.count()).select_from(thread_message).where(*_waiting)
_RELEASE = update(thread_message).where(*_waiting).values(batch_on=bindparam("today"))
_RELEASED_ON = (
    select(func.count())
    .select_from(thread_message)
    .where(_said.side == bindparam("of"), _said.batch_on == bindparam("today"))
)
_REMOVE_MESSAGES = delete(thread_message).where(_said.text_id == bindparam("text"))
_REMOVE = delete(thread).where(thread.c.text_id == bindparam("text"))
_EXPIRED = select(thread).where(thread.c.expires_on < bindparam("today"))
_ANSWERED = (
    select(thread.c.round)
    .distinct()
    .join(thread_message, _said.text_id == thread.c.text_id)
    .where(_said.side == "it", _said.batch_on <= bindparam("today"))
    .order_by(thread.c.round)
)


class SqlThreads:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, threads: Sequence[Thread]) -> None:
        if threads:
            # By token, so that their order says nothing about the comments'.
            rows = [asdict(t) for t in sorted(threads, key=lambda t: t.token)]
            self._connection.execute(insert(thread), rows)

    def by_token(self, token: bytes) -> Thread | None:
        return self._one(_BY_TOKEN, {"its_token": token})

    def by_text(self, text_id: str) -> Thread | None:
        return self._one(_BY_TEXT, {"text": text_id})

    def write(self, message: ThreadMessage) -> None:
        last = self._connection.execute(_LAST, {"text": message.text_id}).scalar_one()
        self._connection.execute(insert(thread_message), asdict(replace(message, nth=last + 1)))

    def messages(self, text_id: str) -> list[ThreadMessage]:
        rows = self._connection.execute(_MESSAGES, {"text": text_id})
        return [ThreadMessage(**row._mapping) for row in rows]

    def waiting(self, side: Side, today: date) -> int:
        return self._connection.execute(_WAITING, {"of": side, "today": today}).scalar_one()

    def release(self, side: Side, today: date) -> None:
        self._connection.execute(_RELEASE, {"of": side, "today": today})

    def released_on(self, side: Side, day: date) -> int:
        return self._connection.execute(_RELEASED_ON, {"of": side, "today": day}).scalar_one()

    def remove(self, text_id: str) -> None:
        self._connection.execute(_REMOVE_MESSAGES, {"text": text_id})
        self._connection.execute(_REMOVE, {"text": text_id})

    def rounds(self) -> list[str]:
        return sorted(set(self._connection.execute(select(thread.c.round)).scalars()))

    def answered(self, today: date) -> list[str]:
        return list(self._connection.execute(_ANSWERED, {"today": today}).scalars())

    def drop_expired(self, today: date) -> list[str]:
        expired = [
            Thread(**r._mapping) for r in self._connection.execute(_EXPIRED, {"today": today})
        ]
        for one in expired:
            self.remove(one.text_id)
        return sorted({one.round for one in expired} - set(self.rounds()))

    def _one(self, statement: Any, values: dict[str, Any]) -> Thread | None:
        row = self._connection.execute(statement, values).first()
        return Thread(**row._mapping) if row else None
