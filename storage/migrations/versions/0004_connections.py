"""Which answers go together."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _has(name: str, kind: Any = TEXT) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def upgrade() -> None:
    op.create_table(
        "release_connection",
        _has("round"),
        _has("main"),
        _has("n", sa.Integer),
        _has("grain", sa.Integer),
        _has("matrix", sa.JSON),
        _has("weights", sa.JSON),
        _has("first", sa.JSON),
        sa.ForeignKeyConstraint(
            ["round"], ["release_round.round"], name="fk_release_connection_round"
        ),
        sa.PrimaryKeyConstraint("round", name="pk_release_connection"),
        sqlite_with_rowid=False,
    )
