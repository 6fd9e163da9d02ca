"""Accounts, logins, locks on groups, the hash-chained audit log, appeals; findings found by their cell."""

import sqlalchemy as sa
from alembic import op

from store.tables import UtcDateTime

revision = "0004_review"
down_revision = "0003_decisions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the index over all rounds' findings of a cell."""
    op.create_table(
        "account",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("totp_secret", sa.String(), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.Column("failed_logins", sa.Integer(), nullable=False),
        sa.Column("blocked_until", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
    )
    account = sa.ForeignKey("account.name", ondelete="CASCADE")
    op.create_table(
        "login",
        sa.Column("token_sha256", sa.String(), primary_key=True),
        sa.Column("account", sa.String(), account, nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_login_account", "login", ["account"])
    op.create_table(
        "group_lock",
        sa.Column("round", sa.String(), sa.ForeignKey("round.name", ondelete="CASCADE"), primary_key=True),
        sa.Column("group_key", sa.String(), primary_key=True),
        sa.Column("account", sa.String(), sa.ForeignKey("account.name", ondelete="CASCADE"), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_group_lock_account", "group_lock", ["account"])
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous_sha256", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
    )
    op.create_index("ix_audit_entry_who", "audit_entry", ["who"])
    op.create_index("ix_audit_entry_action", "audit_entry", ["action"])
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "sha256": ""}])
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("round", sa.String(), sa.ForeignKey("round.name", ondelete="CASCADE"), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("service_key", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("score", sa.String(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
    )
    op.create_index("ix_appeal_round", "appeal", ["round", "agency"])
    op.create_table(
        "appeal_answer",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("appeal", sa.Integer(), sa.ForeignKey("appeal.id", ondelete="CASCADE"), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_index("uq_appeal_answer_reader", "appeal_answer", ["appeal", "reader"], unique=True)
    op.create_index("ix_finding_cell", "finding", ["agency", "indicator", "service_key"])


def downgrade() -> None:
    """Remove the tables; rounds, findings and decisions stay."""
    op.drop_index("ix_finding_cell", "finding")
    for table in ("appeal_answer", "appeal", "audit_head", "audit_entry", "group_lock", "login", "account"):
        op.drop_table(table)
