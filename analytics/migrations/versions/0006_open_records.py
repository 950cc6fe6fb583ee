"""An index that counts the records of the open month without reading them."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Replace the index on the period by one that has week and site too."""
    op.drop_index("ix_referral_period", "referral")
    op.create_index("ix_referral_period_week_site", "referral", ["period", "week", "site"])


def downgrade() -> None:
    """Put the old one back."""
    op.drop_index("ix_referral_period_week_site", "referral")
    op.create_index("ix_referral_period", "referral", ["period"])
