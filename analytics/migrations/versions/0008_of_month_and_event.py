"""Indexes that find what the release of a month and of an event counts, and nothing else."""

from alembic import op

revision = "0008"
down_revision = "0007"

Indexes = tuple[tuple[str, str, tuple[str, ...]], ...]  # name, table and columns

_BEFORE: Indexes = (
    ("ix_referral_period_week_site", "referral", ("period", "week", "site")),
    ("ix_referral_event", "referral", ("event",)),
    ("ix_stopped_period", "stopped", ("period",)),
    ("ix_outcome_period", "outcome", ("period",)),
)
_NOW: Indexes = (
    ("ix_referral_of_month", "referral", ("period", "week", "site", "id", "rounding_key")),
    ("ix_referral_of_event", "referral", ("event", "period", "week", "site")),
    ("ix_stopped_of_month", "stopped", ("period", "week", "site", "id", "question")),
    ("ix_outcome_of_month", "outcome", ("period", "month")),
)


def upgrade() -> None:
    """Replace the indexes that begin with the period or the event."""
    _replace(_BEFORE, _NOW)


def downgrade() -> None:
    """Put the old ones back."""
    _replace(_NOW, _BEFORE)


def _replace(old: Indexes, new: Indexes) -> None:
    for name, table, _ in old:
        op.drop_index(name, table)
    for name, table, columns in new:
        op.create_index(name, table, list(columns))
