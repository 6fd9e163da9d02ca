"""Window of a round; moves, amendments, decisions, declarations, participation, editions."""

import sqlalchemy as sa
from alembic import op

from store.tables import UtcDateTime

revision = "0003_decisions"
down_revision = "0002_published_rounds"
branch_labels = None
depends_on = None


def _round() -> "sa.Column[str]":
    return sa.Column("round", sa.String(), sa.ForeignKey("round.name", ondelete="CASCADE"), nullable=False)


def _said() -> "tuple[sa.Column[int], sa.Column[str], sa.Column[object], sa.Column[str]]":
    return (
        sa.Column("id", sa.Integer(), primary_key=True),
        _round(),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
    )


def upgrade() -> None:
    """Add the columns and make the tables."""
    op.add_column("round", sa.Column("window_from", UtcDateTime(), nullable=True))
    op.add_column("round", sa.Column("window_to", UtcDateTime(), nullable=True))
    op.create_table(
        "round_move",
        *_said(),
        sa.Column("from_state", sa.String(), nullable=False),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
    )
    op.create_index("ix_round_move_round", "round_move", ["round"])
    op.create_table(
        "amendment",
        *_said(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changes_json", sa.Text(), nullable=False),
        sa.Column("agencies_json", sa.Text(), nullable=False),
        sa.Column("register_before_json", sa.Text(), nullable=True),
        sa.Column("framework_before_json", sa.Text(), nullable=True),
    )
    op.create_index("uq_amendment_number", "amendment", ["round", "number"], unique=True)
    for table in ("decision", "declaration"):
        op.create_table(
            table,
            *_said(),
            sa.Column("agency", sa.String(), nullable=False),
            sa.Column("service_key", sa.String(), nullable=False),
            sa.Column("indicator", sa.String(), nullable=False),
            sa.Column("document", sa.Text(), nullable=False),
        )
        op.create_index(f"ix_{table}_cell", table, ["round", "agency", "indicator", "service_key"])
    op.create_table(
        "participation",
        *_said(),
        sa.Column("session_key", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_index("ix_participation_round", "participation", ["round", "agency", "session_key"])
    op.create_table(
        "edition",
        *_said(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
    )
    op.create_index("uq_edition_number", "edition", ["round", "number"], unique=True)


def downgrade() -> None:
    """Remove the tables and the columns; rounds, visits and findings stay."""
    for table in ("edition", "participation", "declaration", "decision", "amendment", "round_move"):
        op.drop_table(table)
    op.drop_column("round", "window_to")
    op.drop_column("round", "window_from")
