"""What is not asked for now, and who does not want to be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "pulse_state",
        sa.Column("pulse", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("pulse", name="pk_pulse_state"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "wish",
        sa.Column("person", sa.Integer, nullable=False),
        sa.Column("pulse", TEXT, nullable=False),
        sa.Column("until", sa.Date),
        sa.ForeignKeyConstraint(
            ["person"], ["person.id"], name="fk_wish_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person", "pulse", name="pk_wish"),
        sqlite_with_rowid=False,
    )
