"""Why a comment was judged as it was, and what a lead has made of that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column(
        "release_text", sa.Column("because", sa.JSON, nullable=False, server_default="[]")
    )
    op.create_table(
        "correction",
        sa.Column("text_id", TEXT, nullable=False),
        sa.Column("sentiment", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["release_text.id"],
            name="fk_correction_text_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("text_id", name="pk_correction"),
        sqlite_with_rowid=False,
    )
