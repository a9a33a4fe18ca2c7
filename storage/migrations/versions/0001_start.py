"""The tables of the first release."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Written out rather than imported: a migration stays as it was when it was released.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def _has(name: str, kind: Any = TEXT, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable)


def _texts(names: str) -> list[sa.Column[Any]]:
    return [_has(name) for name in names.split()]


def _table(name: str, *columns: Any, key: str, **options: Any) -> None:
    names = key.split()
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*names, name=f"pk_{name}"), **options)


def _refers(table: str, column: str, to: str, **options: Any) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}", **options)


def upgrade() -> None:
    _people()
    _asking()
    _answers()
    _release()
    _release_of_words()
    _installation()


def _people() -> None:
    _table(
        "person",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        *_texts("email name unit division role site zone country language leader_email"),
        sa.UniqueConstraint("email", name="uq_person_email"),
        key="id",
        sqlite_autoincrement=True,
    )
    _table(
        "person_grant",
        _has("person", sa.Integer),
        _has("grant"),
        _refers("person_grant", "person", "person.id", ondelete="CASCADE"),
        key="person grant",
        sqlite_with_rowid=False,
    )
    _table(
        "address",
        *_texts("platform space user"),
        _has("person", sa.Integer),
        _has("nth", sa.Integer),
        _refers("address", "person", "person.id", ondelete="CASCADE"),
        key="platform space user",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_address_person", "address", ["person"])


def _asking() -> None:
    _table(
        "pulse", _has("id"), _has("version", sa.Integer), _has("body", sa.JSON), key="id version"
    )
    _table(
        "round",
        *_texts("id pulse"),
        _has("version", sa.Integer),
        _has("day", sa.Date),
        _has("opens_at", INSTANT),
        _has("closes_at", INSTANT),
        _has("state"),
        _has("reminded_through", INSTANT, nullable=True),
        _has("cleared", sa.Boolean),
        _has("early_at", INSTANT, nullable=True),
        _has("sealed_on", sa.Date, nullable=True),
        _has("seal"),
        _has("plan", sa.JSON),
        sa.UniqueConstraint("pulse", "day", name="uq_round_pulse_day"),
        key="id",
    )
    op.create_index("ix_round_state", "round", ["state"])
    _table(
        "delivery",
        _has("round"),
        _has("person", sa.Integer),
        _has("send_at", INSTANT),
        *_texts("state receipt why"),
        _has("claimed_by", nullable=True),
        _has("claimed_at", INSTANT, nullable=True),
        _refers("delivery", "round", "round.id"),
        key="round person",
        sqlite_with_rowid=False,
    )
    _index_of_state("waiting", "send_at")
    _index_of_state("claimed", "claimed_at")


def _index_of_state(state: str, column: str) -> None:
    where = sa.text(f"state = '{state}'")
    name = f"ix_delivery_{state}"
    op.create_index(name, "delivery", [column], sqlite_where=where, postgresql_where=where)


def _answers() -> None:
    _table(
        "ballot",
        _has("round"),
        _has("tag", sa.LargeBinary),
        _has("body", sa.LargeBinary),
        key="round tag",
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        # Sealed bodies are random bytes; trying to compress them only costs time.
        op.execute("ALTER TABLE ballot ALTER COLUMN body SET STORAGE EXTERNAL")


def _release() -> None:
    _table(
        "release_round",
        *_texts("round pulse"),
        _has("opens_on", sa.Date),
        _has("closes_on", sa.Date),
        _has("invited", sa.Integer),
        _has("answered", sa.Integer),
        key="round",
    )
    op.create_index("ix_release_round_pulse_opens_on", "release_round", ["pulse", "opens_on"])
    _table(
        "release_block",
        *_texts("round question"),
        _has("block", sa.Integer),
        _has("asked", sa.Integer),
        *_texts("kind formula label"),
        _has("n", sa.Integer),
        _has("invited", sa.Integer),
        _has("hist", sa.JSON),
        _has("of", sa.JSON),
        _refers("release_block", "round", "release_round.round"),
        key="round question block",
        sqlite_with_rowid=False,
    )
    _table(
        "release_group",
        *_texts("round question"),
        _has("nth", sa.Integer),
        *_texts("division unit role site"),
        _has("invited", sa.Integer),
        _has("blocks", sa.JSON),
        _refers("release_group", "round", "release_round.round"),
        key="round question nth",
        sqlite_with_rowid=False,
    )


def _release_of_words() -> None:
    _table(
        "release_text",
        *_texts("id round question block body"),
        _has("themes", sa.JSON),
        _has("sentiment"),
        _refers("release_text", "round", "release_round.round"),
        key="id",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_release_text_round", "release_text", ["round"])
    _table(
        "release_theme",
        *_texts("round question theme"),
        _has("mentions", sa.Integer),
        _has("negative", sa.Integer),
        _refers("release_theme", "round", "release_round.round"),
        key="round question theme",
        sqlite_with_rowid=False,
    )


def _installation() -> None:
    _table(
        "event_mark",
        _has("mark", sa.LargeBinary),
        _has("day", sa.Date),
        key="mark",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_mark_day", "event_mark", ["day"])
    _table(
        "audit",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        _has("at", INSTANT),
        *_texts("who what"),
        key="id",
        sqlite_autoincrement=True,
    )
    _table("note", *_texts("name text"), key="name", sqlite_with_rowid=False)
