"""The only place that reads and writes the register of events."""

from datetime import date

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.events.models import Event, EventStaff


class Events:
    """Events by code, and the devices on which their staff are logged in. Times are seconds since 1970."""

    def __init__(self, engine: Engine) -> None:
        """Take the database."""
        self._engine = engine

    def add(self, event: Event) -> bool:
        """Store a new event. False when its code is taken."""
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                session.add(event)
        except IntegrityError:
            return False
        return True

    def find(self, code: str) -> Event | None:
        """The event with this code, in capitals."""
        with Session(self._engine) as session:
            return session.get(Event, code)

    def all(self) -> list[Event]:
        """Every event, the newest day first."""
        with Session(self._engine) as session:
            return list(session.scalars(select(Event).order_by(Event.day.desc(), Event.code)))

    def close(self, code: str, today: date) -> None:
        """Close an event and log its staff out; one that was closed before keeps its day."""
        with Session(self._engine) as session, session.begin():
            session.execute(update(Event).where(Event.code == code, Event.closed_on.is_(None)).values(closed_on=today))
            session.execute(delete(EventStaff).where(EventStaff.event == code))

    def change_key(self, code: str, key_hash: str) -> None:
        """Give an event another staff key; who logged in with the former one is logged out."""
        with Session(self._engine) as session, session.begin():
            session.execute(update(Event).where(Event.code == code).values(key_hash=key_hash))
            session.execute(delete(EventStaff).where(EventStaff.event == code))

    def admit(self, token_hash: str, code: str, expires_at: int) -> None:
        """Log a device in."""
        with Session(self._engine) as session, session.begin():
            session.add(EventStaff(token_hash=token_hash, event=code, expires_at=expires_at))

    def admitted(self, token_hash: str, now: int) -> str | None:
        """Code of the event at which a device is logged in."""
        with Session(self._engine) as session:
            found = session.get(EventStaff, token_hash)
            return found.event if found and found.expires_at > now else None

    def dismiss(self, token_hash: str) -> None:
        """Log a device out."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(EventStaff).where(EventStaff.token_hash == token_hash))

    def sweep(self, now: int) -> int:
        """Forget devices whose time is over. Returns how many."""
        with Session(self._engine) as session, session.begin():
            found = session.scalars(select(EventStaff.token_hash).where(EventStaff.expires_at <= now)).all()
            session.execute(delete(EventStaff).where(EventStaff.token_hash.in_(found)))
        return len(found)
