"""Who may use the portal, how they come in, and what is counted against guessing."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from analytics.database import WITHOUT_ROWID, Base


class Account(Base):
    """Somebody who was invited. There is no other way to get an account."""

    __tablename__ = "account"
    __table_args__ = WITHOUT_ROWID

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True, doc="In lower case.")
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16), doc="evenement, eigenaar, werkgroep or coordinator.")
    active: Mapped[bool] = mapped_column(doc="False: cannot log in, and is logged out everywhere.")
    withdrawn_at: Mapped[int | None] = mapped_column(doc="Seconds since 1970; None while active.")


class AccountInitiative(Base):
    """An initiative that an owner looks after."""

    __tablename__ = "account_initiative"
    __table_args__ = WITHOUT_ROWID

    account: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    initiative: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)


class Passkey(Base):
    """A key on somebody's own device, with which a login is confirmed."""

    __tablename__ = "passkey"
    __table_args__ = WITHOUT_ROWID

    credential: Mapped[str] = mapped_column(String(1400), primary_key=True, doc="Its id, in base64url.")
    account: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(doc="How often the device says it was used; stays 0 with some.")
    name: Mapped[str] = mapped_column(String(120), doc="What its owner calls it.")
    made_at: Mapped[int] = mapped_column(doc="Seconds since 1970.")
    last_used_at: Mapped[int | None] = mapped_column()


class PasskeyChallenge(Base):
    """What a device has to sign now: for one session, once, for five minutes."""

    __tablename__ = "passkey_challenge"
    __table_args__ = WITHOUT_ROWID

    session_hash: Mapped[str] = mapped_column(
        ForeignKey("portal_session.token_hash", ondelete="CASCADE"), primary_key=True
    )
    purpose: Mapped[str] = mapped_column(String(16), primary_key=True, doc="nieuw or bevestigen.")
    challenge: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[int] = mapped_column(index=True, doc="Seconds since 1970.")


class IdentityRequest(Base):
    """A login that is on its way to the identity provider: in one browser, once, for ten minutes."""

    __tablename__ = "identity_request"
    __table_args__ = WITHOUT_ROWID

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    browser_hash: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str] = mapped_column(String(64))
    verifier: Mapped[str] = mapped_column(String(128), doc="Of PKCE.")
    path: Mapped[str] = mapped_column(String(300), doc="Where to go afterwards.")
    expires_at: Mapped[int] = mapped_column(index=True, doc="Seconds since 1970.")


class LoginLink(Base):
    """A link that was mailed: for one account, in one browser, once, for ten minutes."""

    __tablename__ = "login_link"
    __table_args__ = WITHOUT_ROWID

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    browser_hash: Mapped[str] = mapped_column(String(64), doc="SHA-256 of the cookie of the browser that asked for it.")
    expires_at: Mapped[int] = mapped_column(index=True, doc="Seconds since 1970.")


class PortalSession(Base):
    """A browser that is logged in."""

    __tablename__ = "portal_session"
    __table_args__ = WITHOUT_ROWID

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    idle_at: Mapped[int] = mapped_column(doc="Seconds since 1970: when it ends if nothing is asked before.")
    expires_at: Mapped[int] = mapped_column(index=True, doc="Seconds since 1970: when it ends in any case.")
    second_factor_at: Mapped[int | None] = mapped_column(doc="When it was confirmed with a passkey, or came so.")


class Attempt(Base):
    """How often something was tried in a window of time, by a subject of which only a keyed hash is kept."""

    __tablename__ = "attempt"
    __table_args__ = WITHOUT_ROWID

    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    subject_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, doc="Number of the window since 1970.")
    count: Mapped[int] = mapped_column()
    expires_at: Mapped[int] = mapped_column(index=True, doc="Seconds since 1970.")
