"""The chats of the played platform: one with the bot for each account."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from adapters.simulator.clock import stamp
from adapters.simulator.file import File, Row
from adapters.simulator.render import Json
from bot.refs import Ref

Author = Literal["bot", "me"]

COLUMNS = "id, user, at, author, body, changed, revision"
NEXT_REVISION = "(SELECT coalesce(max(revision), 0) + 1 FROM message)"


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    user: str
    at: str
    author: Author
    #: `{"summary", "parts"}`, as drawn.
    drawn: Json
    changed: bool
    #: Grows with every message written or drawn anew, over all chats.
    revision: int

    def wire(self) -> Json:
        return {
            "id": self.id,
            "at": self.at,
            "from": self.author,
            **self.drawn,
            "changed": self.changed,
        }


class Chats:
    def __init__(self, file: File) -> None:
        self._file = file

    def add(self, user: str, author: Author, at: datetime, drawn: Json, key: str = "") -> Message:
        return _one(
            self._file.rows(
                "INSERT INTO message (user, at, author, body, key, changed, revision)"
                f" VALUES (?, ?, ?, ?, ?, 0, {NEXT_REVISION}) RETURNING {COLUMNS}",
                *(user, stamp(at), author, json.dumps(drawn), key),
            )
        )

    def redraw(self, id: str, drawn: Json) -> Message | None:
        """The message with another content and its old place; None where there is none."""
        rows = self._file.rows(
            f"UPDATE message SET body = ?, changed = 1, revision = {NEXT_REVISION}"
            f" WHERE id = ? RETURNING {COLUMNS}",
            *(json.dumps(drawn), id),
        )
        return _one(rows) if rows else None

    def of(self, user: str, after: int = 0) -> list[Message]:
        """Oldest first; only those written or drawn anew since a revision."""
        where = "user = ? AND revision > ? ORDER BY id"
        return [_message(row) for row in self._where(where, user, after)]

    def by_key(self, user: str, key: str) -> Message | None:
        """The first message that was sent under this key."""
        found = self._where("user = ? AND key = ? AND key <> '' ORDER BY id LIMIT 1", user, key)
        return _one(found) if found else None

    def holding(self, user: str, ref: Ref, message: str = "") -> Message | None:
        """Where a control stands: on the message named, else on the newest that shows its round."""
        where = "user = ? AND author = 'bot' ORDER BY id = ? DESC, id DESC"
        found = map(_message, self._where(where, user, message))
        return next((m for m in found if m.id == message or _holds(m.drawn, ref)), None)

    def spoken_in(self) -> set[str]:
        """Whose chats somebody has written or pressed something in."""
        found = self._file.rows("SELECT DISTINCT user FROM message WHERE author = 'me' OR changed")
        return {str(user) for (user,) in found}

    def revision(self) -> int:
        return int(self._file.rows("SELECT coalesce(max(revision), 0) FROM message")[0][0])

    def _where(self, where: str, *values: object) -> list[Row]:
        return self._file.rows(f"SELECT {COLUMNS} FROM message WHERE {where}", *values)


def _one(rows: list[Row]) -> Message:
    return _message(rows[0])


def _message(row: Row) -> Message:
    id, user, at, author, body, changed, revision = row
    return Message(str(id), user, at, author, json.loads(body), bool(changed), revision)


def _holds(drawn: Json, ref: Ref) -> bool:
    return any(wire == ref.wire() or _same_round(wire, ref) for wire in _refs(drawn))


def _same_round(wire: str, ref: Ref) -> bool:
    return ref.round != "" and Ref.read(wire).round == ref.round


def _refs(drawn: Json) -> Iterator[str]:
    for part in drawn["parts"]:
        controls = (part, *part.get("buttons", ()))
        yield from (control["ref"] for control in controls if "ref" in control)
