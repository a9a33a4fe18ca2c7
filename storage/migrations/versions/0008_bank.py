"""What everybody was sent of a pulse's bank of questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "seen",
        sa.Column("pulse", TEXT, nullable=False),
        sa.Column("person", sa.Integer, nullable=False),
        sa.Column("questions", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["person.id"], name="fk_seen_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pulse", "person", name="pk_seen"),
        sqlite_with_rowid=False,
    )
