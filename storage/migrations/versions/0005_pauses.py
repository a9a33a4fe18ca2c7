"""Pauses: until when somebody hears nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pause",
        sa.Column("person", sa.Integer, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["person.id"], name="fk_pause_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person", name="pk_pause"),
        sqlite_with_rowid=False,
    )
