"""Rounds published by others."""

import sqlalchemy as sa
from alembic import op

from store.tables import UtcDateTime

revision = "0002_published_rounds"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "published_round",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("published_round")
