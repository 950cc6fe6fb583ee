"""Records that no release has counted yet tell in which one they count, as new ones do when they come."""

import sqlalchemy as sa
from alembic import op

from analytics.periods import month, month_of

revision = "0010"
down_revision = "0009"

_OF_A_MONTH = {"referral": "week", "stopped": "week", "outcome": "month"}


def upgrade() -> None:
    """Tell so."""
    released = _released()
    first = month(released).next.id if released else ""
    for table, column in _OF_A_MONTH.items():
        records = sa.table(table, sa.column(column), sa.column("period"))
        when, untold = records.c[column], records.c.period.is_(None)
        for one in op.get_bind().scalars(sa.select(when).where(untold).distinct()).all():
            its_month = one if column == "month" else month_of(one).id
            op.execute(sa.update(records).where(untold, when == one).values(period=max(its_month, first)))


def downgrade() -> None:
    """Take it away."""
    released = _released()
    for table in _OF_A_MONTH:
        records = sa.table(table, sa.column("period"))
        op.execute(sa.update(records).where(records.c.period > released).values(period=None))


def _released() -> str:
    """The month that was released last; empty when none was."""
    publication = sa.table("publication", sa.column("id"))
    newest = sa.select(sa.func.max(publication.c.id)).where(publication.c.id.startswith("werkgroep/"))
    return (op.get_bind().scalar(newest) or "").rpartition("/")[2]
