"""Up to when a round has asked again whoever asked for later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("again_through", sa.DateTime(timezone=True), nullable=True))
