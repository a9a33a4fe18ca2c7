"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator

#: Byte order on both databases, so that lists come in the same order everywhere.
PLAIN_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


class NaiveInstant(ValueError, DontWrapMixin):
    """An instant was to be stored that does not say its time zone."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class Instant(TypeDecorator[datetime]):
    """An instant in UTC; naive ones are refused, aware ones given back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveInstant
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        instant: datetime = value
        # SQLite keeps no zone: what lies there was written in UTC above.
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """Text. NUL is dropped and half a character replaced: PostgreSQL takes neither."""

    impl = PLAIN_TEXT
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value if value is None else storable(value)


def storable(text: str) -> str:
    """The text as both databases take it."""
    if text.isascii():
        return text.replace("\0", "") if "\0" in text else text
    return text.replace("\0", "").encode("utf-8", "replace").decode()
