"""The log: each entry holds the hash of the one before, so that nothing can be taken out or changed unseen."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from analytics.database import Base


class AuditEntry(Base):
    """Something that was done or read. The database refuses to change an entry, or to delete one of the last year."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, doc="1, 2, 3, without gaps.")
    at: Mapped[int] = mapped_column(index=True, doc="Seconds since 1970.")
    who: Mapped[str] = mapped_column(String(64), doc='Id of an account, "ondernemer", "systeem" or "koppeling".')
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(64), index=True, doc="Id of what it was done to, such as a lead.")
    reason: Mapped[str] = mapped_column(String(120), doc="Why, in a word or two; never contact data.")
    previous: Mapped[str] = mapped_column(String(64), doc="Hash of the entry before.")
    hash: Mapped[str] = mapped_column(String(64), doc="SHA-256 of all of this entry and the hash before.")
