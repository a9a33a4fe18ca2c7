"""How far answers lie apart within blocks, of what was published before too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

BLOCKS = sa.table(
    "release_block",
    *map(sa.column, ("round", "question", "kind", "block")),
    sa.column("hist", sa.JSON),
)


def upgrade() -> None:
    within = op.create_table(
        "release_within",
        sa.Column("round", TEXT, nullable=False),
        sa.Column("question", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("squares", sa.Float, nullable=False),
        sa.Column("freedom", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["round"], ["release_round.round"], name="fk_release_within_round"),
        sa.PrimaryKeyConstraint("round", "question", "kind", name="pk_release_within"),
        sqlite_with_rowid=False,
    )
    rows = _added_up(op.get_bind())
    if rows:
        op.bulk_insert(within, rows)


def _added_up(connection: sa.Connection) -> list[dict[str, object]]:
    """As it is done when a round is published, at the time of this migration."""
    found: dict[tuple[str, str, str], list[float]] = {}
    for block in connection.execute(sa.select(BLOCKS)):
        if not block.hist or not all(step.isdecimal() for step in block.hist):
            continue
        counts = {int(step): n for step, n in block.hist.items() if isinstance(n, int)}
        n = sum(counts.values())
        total = found.setdefault((block.round, block.question, block.kind), [0.0, 0])
        if n > 1:
            mean = sum(step * count for step, count in counts.items()) / n
            total[0] += sum(count * (step - mean) ** 2 for step, count in counts.items())
            total[1] += n - 1
    names = ("round", "question", "kind", "squares", "freedom")
    return [dict(zip(names, (*of, *told), strict=True)) for of, told in found.items()]
