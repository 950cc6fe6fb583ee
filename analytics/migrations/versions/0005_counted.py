"""What each release counted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "counted",
        sa.Column("period", sa.String(8), primary_key=True),
        sa.Column("table", sa.String(32), primary_key=True),
        sa.Column("row", sa.String(64), primary_key=True),
        sa.Column("column", sa.String(64), primary_key=True),
        sa.Column("records", sa.Integer, nullable=False),
        sa.Column("keys", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("counted")
