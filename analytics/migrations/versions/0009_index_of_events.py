"""The index of events without the records that are of none."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_NAME, _TABLE, _COLUMNS = "ix_referral_of_event", "referral", ["event", "period", "week", "site"]
_AT_EVENT = sa.text("event IS NOT NULL")


def upgrade() -> None:
    """Leave those out."""
    op.drop_index(_NAME, _TABLE)
    op.create_index(_NAME, _TABLE, _COLUMNS, postgresql_where=_AT_EVENT, sqlite_where=_AT_EVENT)


def downgrade() -> None:
    """Put them in."""
    op.drop_index(_NAME, _TABLE)
    op.create_index(_NAME, _TABLE, _COLUMNS)
