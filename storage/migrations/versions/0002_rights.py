"""Rotation, named answers, threads, and what a person has a right to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def _has(name: str, kind: Any = TEXT) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _table(name: str, *columns: Any, key: str, **options: Any) -> None:
    names = key.split()
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*names, name=f"pk_{name}"), **options)


def _of_a_person(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_person"
    return sa.ForeignKeyConstraint(["person"], ["person.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    _asking()
    _named()
    _threads()


def _asking() -> None:
    _table(
        "release_share",
        _has("round"),
        _has("day", sa.Date),
        _has("tenths", sa.Integer),
        key="round day",
        sqlite_with_rowid=False,
    )
    _table(
        "slice",
        _has("pulse"),
        _has("person", sa.Integer),
        _has("slot", sa.Integer),
        _of_a_person("slice"),
        key="pulse person",
        sqlite_with_rowid=False,
    )
    _table("forgotten", _has("mark", sa.LargeBinary), key="mark", sqlite_with_rowid=False)


def _named() -> None:
    _table(
        "named_answer",
        _has("round"),
        _has("person", sa.Integer),
        _has("question"),
        _has("nth", sa.Integer),
        _has("value", sa.JSON),
        _of_a_person("named_answer"),
        key="round person question",
        sqlite_with_rowid=False,
    )
    _table(
        "named_grumble",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        _has("person", sa.Integer),
        _has("at", INSTANT),
        _has("body"),
        _of_a_person("named_grumble"),
        key="id",
        sqlite_autoincrement=True,
    )


def _threads() -> None:
    _table(
        "thread",
        _has("token", sa.LargeBinary),
        _has("text_id"),
        _has("round"),
        _has("expires_on", sa.Date),
        sa.UniqueConstraint("text_id", name="uq_thread_text_id"),
        key="token",
        sqlite_with_rowid=False,
    )
    _table(
        "thread_message",
        _has("text_id"),
        _has("nth", sa.Integer),
        _has("side"),
        _has("body"),
        _has("batch_on", sa.Date),
        key="text_id nth",
        sqlite_with_rowid=False,
    )
