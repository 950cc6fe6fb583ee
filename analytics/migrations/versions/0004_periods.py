"""The month in which a record was counted, the event at which a conversation stopped, and a view of released figures."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns and the view."""
    for table in ("referral", "stopped"):
        op.add_column(table, sa.Column("period", sa.String(8)))
        op.create_index(f"ix_{table}_period", table, ["period"])
    op.add_column("stopped", sa.Column("event", sa.String(16)))
    op.execute(
        "create view released_figures as "
        'select p.id as publication, p.made_on, p.threshold, p.base, c."table", c."row", c."column", c.position, '
        "c.value, c.status from publication p join published_cell c on c.publication = p.id"
    )


def downgrade() -> None:
    """Drop them."""
    op.execute("drop view released_figures")
    op.drop_column("stopped", "event")
    for table in ("referral", "stopped"):
        op.drop_index(f"ix_{table}_period", table)
        op.drop_column(table, "period")
