"""Where owners want to be told by their own software, and how that may ask for a lead."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from analytics.database import WITHOUT_ROWID, Base


class Webhook(Base):
    """An address of an owner's software."""

    __tablename__ = "webhook"
    __table_args__ = WITHOUT_ROWID

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    initiative: Mapped[str] = mapped_column(String(64), index=True)
    url: Mapped[str] = mapped_column(String(500))
    secret: Mapped[bytes] = mapped_column(LargeBinary, doc="What messages are signed with, sealed.")
    earlier_secret: Mapped[bytes | None] = mapped_column(
        LargeBinary, doc="Signs too, until the owner has changed over."
    )
    earlier_until: Mapped[int | None] = mapped_column(doc="Seconds since 1970: when the earlier secret signs no more.")
    active: Mapped[bool] = mapped_column(doc="False: switched off, by the owner or because it answered 410.")
    made_at: Mapped[int] = mapped_column(doc="Seconds since 1970.")


class ApiToken(Base):
    """With which an owner's software asks for leads of one initiative."""

    __tablename__ = "api_token"
    __table_args__ = WITHOUT_ROWID

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    initiative: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(120), doc="What the owner calls it.")
    made_by: Mapped[str] = mapped_column(String(36), doc="The account.")
    made_at: Mapped[int] = mapped_column(doc="Seconds since 1970.")
    last_used_at: Mapped[int | None] = mapped_column()
