"""Leads and their consent, what is sent, who read what, what owners tell, and the second factor of a login."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_KEEP_SECONDS = 365 * 24 * 60 * 60  # for so long nothing is taken out of the log
_NO_CHANGE = "An entry of the log is never changed."
_NO_REMOVAL = "An entry of the log stays for a year."
_SQLITE = (
    f"""CREATE TRIGGER audit_entry_no_change BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, '{_NO_CHANGE}'); END""",
    f"""CREATE TRIGGER audit_entry_no_removal BEFORE DELETE ON audit_entry
    WHEN OLD.at > CAST(strftime('%s', 'now') AS INTEGER) - {_KEEP_SECONDS}
    BEGIN SELECT RAISE(ABORT, '{_NO_REMOVAL}'); END""",
)
_POSTGRESQL = (
    f"""CREATE FUNCTION audit_entry_guard() RETURNS trigger AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION '{_NO_CHANGE}'; END IF;
        IF OLD.at > extract(epoch FROM now()) - {_KEEP_SECONDS} THEN RAISE EXCEPTION '{_NO_REMOVAL}'; END IF;
        RETURN OLD;
    END $$ LANGUAGE plpgsql""",
    "CREATE TRIGGER audit_entry_guard BEFORE UPDATE OR DELETE ON audit_entry "
    "FOR EACH ROW EXECUTE FUNCTION audit_entry_guard()",
)


def _table(name: str, *columns: sa.Column, ordered_by_key: bool = True) -> None:
    op.create_table(name, *columns, **({"sqlite_with_rowid": False} if ordered_by_key else {}))


def upgrade() -> None:
    """Create the tables, and let the database itself guard the log."""
    op.add_column("portal_session", sa.Column("second_factor_at", sa.Integer))
    op.add_column("account", sa.Column("withdrawn_at", sa.Integer))
    _table(
        "account_initiative",
        sa.Column("account", sa.String(36), sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("initiative", sa.String(64), primary_key=True, index=True),
    )
    _table(
        "passkey",
        sa.Column("credential", sa.String(1400), primary_key=True),
        sa.Column(
            "account", sa.String(36), sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("sign_count", sa.Integer, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("made_at", sa.Integer, nullable=False),
        sa.Column("last_used_at", sa.Integer),
    )
    _table(
        "passkey_challenge",
        sa.Column(
            "session_hash",
            sa.String(64),
            sa.ForeignKey("portal_session.token_hash", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("purpose", sa.String(16), primary_key=True),
        sa.Column("challenge", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.Integer, nullable=False, index=True),
    )
    _table(
        "identity_request",
        sa.Column("state_hash", sa.String(64), primary_key=True),
        sa.Column("browser_hash", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(128), nullable=False),
        sa.Column("path", sa.String(300), nullable=False),
        sa.Column("expires_at", sa.Integer, nullable=False, index=True),
    )
    _table(
        "lead",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("request", sa.String(36), nullable=False, index=True),
        sa.Column("initiative", sa.String(64), nullable=False, index=True),
        sa.Column("status", sa.String(16), nullable=False, index=True),
        sa.Column("phone_only", sa.Boolean, nullable=False),
        sa.Column("counts", sa.Boolean, nullable=False),
        sa.Column("box", sa.LargeBinary),
        sa.Column("email_index", sa.String(64), index=True),
        sa.Column("consent", sa.String(36), nullable=False, index=True),
        sa.Column("requested_at", sa.Integer, nullable=False),
        sa.Column("confirmed_at", sa.Integer),
        sa.Column("seen_at", sa.Integer),
        sa.Column("taken_up_at", sa.Integer),
        sa.Column("contact_at", sa.Integer),
        sa.Column("started_at", sa.Integer),
        sa.Column("closed_at", sa.Integer),
        sa.Column("reminded_at", sa.Integer),
        sa.Column("escalated_at", sa.Integer),
        sa.Column("alternative_at", sa.Integer),
        sa.Column("follow_up_at", sa.Integer, index=True),
        sa.Column("destroy_at", sa.Integer, nullable=False, index=True),
        sa.Column("helped", sa.Boolean),
        sa.Column("satisfaction", sa.Integer),
        sa.Column("settled", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    _table(
        "lead_key",
        sa.Column("lead", sa.String(36), sa.ForeignKey("lead.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    _table(
        "lead_link",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(36), nullable=False, index=True),
        sa.Column("expires_at", sa.Integer, nullable=False, index=True),
    )
    _table(
        "consent_text",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    _table(
        "consent",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("schema_version", sa.String(16), nullable=False),
        sa.Column("controller", sa.String(120), nullable=False),
        sa.Column("recipient", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("categories", sa.JSON, nullable=False),
        sa.Column("notice", sa.String(200), nullable=False),
        sa.Column("text", sa.String(64), sa.ForeignKey("consent_text.hash"), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("method", sa.String(16), nullable=False),
        sa.Column("jurisdiction", sa.String(8), nullable=False),
        sa.Column("expires_at", sa.Integer, nullable=False, index=True),
    )
    _table(
        "consent_event",
        sa.Column("consent", sa.String(36), sa.ForeignKey("consent.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("at", sa.Integer, nullable=False),
    )
    _table(
        "outbox_item",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("template", sa.String(32), nullable=False),
        sa.Column("lead", sa.String(36), index=True),
        sa.Column("request", sa.String(36), index=True),
        sa.Column("account", sa.String(36)),
        sa.Column("webhook", sa.String(36)),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("address", sa.LargeBinary),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due_at", sa.Integer, nullable=False),
        sa.Column("lease", sa.String(36)),
        sa.Column("fault", sa.String(64)),
        sa.Column("made_at", sa.Integer, nullable=False),
        sa.Column("done_at", sa.Integer),
    )
    op.create_index("ix_outbox_item_state_due_at", "outbox_item", ["state", "due_at"])
    _table(
        "webhook",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("initiative", sa.String(64), nullable=False, index=True),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("earlier_secret", sa.LargeBinary),
        sa.Column("earlier_until", sa.Integer),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("made_at", sa.Integer, nullable=False),
    )
    _table(
        "api_token",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("initiative", sa.String(64), nullable=False, index=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("made_by", sa.String(36), nullable=False),
        sa.Column("made_at", sa.Integer, nullable=False),
        sa.Column("last_used_at", sa.Integer),
    )
    _table(
        "audit_entry",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Integer, nullable=False, index=True),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False, index=True),
        sa.Column("reason", sa.String(120), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        ordered_by_key=False,
    )
    _table(
        "initiative_state",
        sa.Column("initiative", sa.String(64), primary_key=True),
        sa.Column("confirmed_on", sa.Date),
        sa.Column("asked_on", sa.Date),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    _table(
        "proposed_change",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("initiative", sa.String(64), nullable=False, index=True),
        sa.Column("account", sa.String(36), nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("decided_by", sa.String(36)),
        sa.Column("decided_on", sa.Date),
        sa.Column("answer", sa.String(500), nullable=False),
    )
    _table(
        "questionnaire",
        sa.Column("initiative", sa.String(64), primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("asked_on", sa.Date),
        sa.Column("handed_in_on", sa.Date),
        sa.Column("handed_in_by", sa.String(36)),
        sa.Column("version", sa.Integer, nullable=False),
    )
    _table(
        "participant",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("initiative", sa.String(64), nullable=False, index=True),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("sector", sa.String(8), nullable=False),
        sa.Column("municipality", sa.String(16), nullable=False),
        sa.Column("size_class", sa.String(8), nullable=False),
        sa.Column("stage", sa.String(8), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
    )
    _table(
        "outcome",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("month", sa.String(8), nullable=False, index=True),
        sa.Column("initiative", sa.String(64), nullable=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("lead_time", sa.String(8), nullable=False),
        sa.Column("rounding_key", sa.BigInteger, nullable=False),
        sa.Column("period", sa.String(8), index=True),
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Drop the tables and the column."""
    for name in (
        "outcome",
        "participant",
        "questionnaire",
        "proposed_change",
        "initiative_state",
        "audit_entry",
        "api_token",
        "webhook",
        "outbox_item",
        "consent_event",
        "consent",
        "consent_text",
        "lead_link",
        "lead_key",
        "lead",
        "identity_request",
        "passkey_challenge",
        "passkey",
        "account_initiative",
    ):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entry_guard()")
    op.drop_column("account", "withdrawn_at")
    op.drop_column("portal_session", "second_factor_at")
