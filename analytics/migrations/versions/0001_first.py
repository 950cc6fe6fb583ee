"""Referrals, conversations that stopped, and the state of conversations that are going on."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "referral",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("week", sa.String(8), nullable=False, index=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("event", sa.String(16)),
        sa.Column("sbi2025", sa.String(8), nullable=False),
        sa.Column("sbi2008", sa.String(8), nullable=False),
        sa.Column("size_class", sa.String(8), nullable=False),
        sa.Column("municipality", sa.String(16), nullable=False),
        sa.Column("stage", sa.String(8), nullable=False),
        sa.Column("score", sa.Integer, nullable=False),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("safety_flag", sa.Boolean, nullable=False),
        sa.Column("question", sa.String(16), nullable=False),
        sa.Column("fallback", sa.String(64), nullable=False),
        sa.Column("nothing_fits", sa.Boolean, nullable=False),
        sa.Column("scoring_version", sa.String(32), nullable=False),
        sa.Column("catalogue_version", sa.String(32), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "referred_initiative",
        sa.Column("referral_id", sa.String(36), sa.ForeignKey("referral.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("initiative", sa.String(64), nullable=False, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stopped",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("week", sa.String(8), nullable=False, index=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("question", sa.String(32), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("key_hash", sa.String(64)),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("record", sa.String(36), nullable=False),
        sa.Column("concluded", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("slots", sa.JSON, nullable=False),
        sa.Column("turn", sa.JSON, nullable=False),
        sa.Column("last_question", sa.String(32)),
        sa.Column("expires_at", sa.Integer, nullable=False, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "given_answer",
        sa.Column(
            "conversation_id", sa.String(64), sa.ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("key_hash", sa.String(64), primary_key=True),
        sa.Column("turn", sa.JSON, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("given_answer", "conversation", "stopped", "referred_initiative", "referral"):
        op.drop_table(name)
