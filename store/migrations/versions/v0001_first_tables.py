"""First tables: round, visit, finding."""

import sqlalchemy as sa
from alembic import op

from store.tables import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "round",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("register_json", sa.Text(), nullable=False),
        sa.Column("register_sha256", sa.String(), nullable=False),
        sa.Column("framework_json", sa.Text(), nullable=False),
        sa.Column("framework_sha256", sa.String(), nullable=False),
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("round", sa.String(), sa.ForeignKey("round.name", ondelete="CASCADE"), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("ordered_at", UtcDateTime(), nullable=False),
        sa.Column("as_of", UtcDateTime(), nullable=False),
        sa.Column("judged_at", UtcDateTime(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("rendered_count", sa.Integer(), nullable=False),
    )
    op.create_index("ix_visit_round_agency", "visit", ["round", "agency"])
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("visit_id", sa.String(), sa.ForeignKey("visit.id", ondelete="CASCADE"), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("service_key", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("level", sa.Float(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_index("ix_finding_visit", "finding", ["visit_id"])
    op.create_index("uq_finding_cell", "finding", ["visit_id", "indicator", "service_key"], unique=True)


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table("finding")
    op.drop_table("visit")
    op.drop_table("round")
