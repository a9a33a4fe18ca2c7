"""Leads who are still to be told that a round has been released."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("round", TEXT, nullable=False),
        sa.Column("person", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["person.id"], name="fk_announcement_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round", "person", name="pk_announcement"),
        sqlite_with_rowid=False,
    )
