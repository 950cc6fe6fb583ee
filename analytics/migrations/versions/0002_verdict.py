"""Whether the entrepreneur gained by the result."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column."""
    op.add_column("referral", sa.Column("verdict", sa.String(8)))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("referral", "verdict")
