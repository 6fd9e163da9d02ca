"""Workers, leases, schedules; which job a visit belongs to."""

import sqlalchemy as sa
from alembic import op

from store.tables import UtcDateTime

revision = "0005_workers"
down_revision = "0004_review"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and add the column."""
    op.create_table(
        "worker",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("beats", sa.Integer(), nullable=False),
        sa.Column("lease_seconds", sa.Float(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("beat_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_worker_name", "worker", ["name"])
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
    )
    op.create_table(
        "schedule",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("last_due_at", UtcDateTime(), nullable=True),
        sa.Column("missed_count", sa.Integer(), nullable=False),
    )
    op.add_column("visit", sa.Column("job", sa.String(), nullable=True))
    op.create_index("ix_visit_job", "visit", ["job"])


def downgrade() -> None:
    """Remove the tables and the column; visits stay."""
    op.drop_index("ix_visit_job", "visit")
    op.drop_column("visit", "job")
    for table in ("schedule", "lease", "worker"):
        op.drop_table(table)
