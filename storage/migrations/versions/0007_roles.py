"""Leads of some units, and people who have left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("gone_on", sa.Date))
    op.add_column("person_grant", sa.Column("units", sa.JSON))
