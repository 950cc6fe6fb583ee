"""Network events and their intakes, the portal, and what keeps published figures safe."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _table(name: str, *columns: sa.Column) -> None:
    op.create_table(name, *columns, sqlite_with_rowid=False)


def upgrade() -> None:
    """Create the tables, and give every record the random number that rounding needs."""
    # Without a default SQLite could not add it without copying the table, which would delete what refers to its rows.
    op.add_column("referral", sa.Column("rounding_key", sa.BigInteger, nullable=False, server_default="0"))
    referral = sa.table("referral", sa.column("id", sa.String), sa.column("rounding_key", sa.BigInteger))
    connection = op.get_bind()
    for (identifier,) in connection.execute(sa.select(referral.c.id)).all():
        connection.execute(
            referral.update().where(referral.c.id == identifier).values(rounding_key=secrets.randbits(32))
        )
    op.create_index("ix_referral_event", "referral", ["event"])
    _table(
        "event",
        sa.Column("code", sa.String(16), primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("municipality", sa.String(16), nullable=False),
        sa.Column("organiser", sa.String(120), nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
    )
    _table(
        "event_staff",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("event", sa.String(16), sa.ForeignKey("event.code", ondelete="CASCADE"), nullable=False),
        sa.Column("expires_at", sa.Integer, nullable=False, index=True),
    )
    _table(
        "given_intake",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("event", sa.String(16), nullable=False),
        sa.Column("outcome", sa.JSON, nullable=False),
        sa.Column("expires_at", sa.Integer, nullable=False, index=True),
    )
    _table(
        "staged_import",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("event", sa.String(16), nullable=False),
        sa.Column("rows", sa.JSON, nullable=False),
        sa.Column("expires_at", sa.Integer, nullable=False, index=True),
    )
    _table(
        "account",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    _table(
        "login_link",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(36), sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
        sa.Column("browser_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.Integer, nullable=False, index=True),
    )
    _table(
        "portal_session",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(36), sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("idle_at", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.Integer, nullable=False, index=True),
    )
    _table(
        "attempt",
        sa.Column("kind", sa.String(32), primary_key=True),
        sa.Column("subject_hash", sa.String(64), primary_key=True),
        sa.Column("window", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.Integer, nullable=False, index=True),
    )
    _table(
        "publication",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("threshold", sa.Integer, nullable=False),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("decisions", sa.JSON, nullable=False),
    )
    _table(
        "published_cell",
        sa.Column(
            "publication", sa.String(64), sa.ForeignKey("publication.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("table", sa.String(32), primary_key=True),
        sa.Column("row", sa.String(64), primary_key=True),
        sa.Column("column", sa.String(64), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("value", sa.Integer),
        sa.Column("status", sa.String(16), nullable=False),
    )


def downgrade() -> None:
    """Drop the tables and the column."""
    for name in (
        "published_cell",
        "publication",
        "attempt",
        "portal_session",
        "login_link",
        "account",
        "staged_import",
        "given_intake",
        "event_staff",
        "event",
    ):
        op.drop_table(name)
    op.drop_index("ix_referral_event", "referral")
    op.drop_column("referral", "rounding_key")
