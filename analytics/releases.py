"""Releases: the figures of a month for each audience, made once, in the order of the months, and never changed."""

import logging
from datetime import date
from typing import Protocol

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analytics.build import build, fingerprint
from analytics.clock import doubt
from analytics.due import first_due, take_along
from analytics.menu import STAFF, publication_id
from analytics.models import Publication
from analytics.periods import Month, last_closed, month
from analytics.published import nothing_new
from analytics.rounding_secret import BadSecret
from analytics.tally import Moved, take
from analytics.thresholds import DEFAULT, Thresholds
from knowledge.base import Knowledge

_TRIES = 5

logger = logging.getLogger("assistent")


class Refused(Exception):
    """A release cannot be made; says why and what to do, in Dutch."""


class Secret(Protocol):
    """Gives the secret of the rounding. With `make` it may be made when there is none."""

    def __call__(self, *, make: bool) -> bytes:
        """Raises BadSecret or OSError when there is none to use."""


class Releases:
    """Makes releases. Several may do so at once: one of them stores a release, the others find it there."""

    def __init__(self, engine: Engine, knowledge: Knowledge, secret: Secret, thresholds: Thresholds = DEFAULT) -> None:
        """Take the parts; the secret is asked for when a release is made."""
        self._engine = engine
        self._knowledge = knowledge
        self._secret = secret
        self._thresholds = thresholds
        self._swept: date | None = None
        self.refused_at: int | None = None  # in seconds since 1970, by this process

    def make(self, wanted: Month | None, today: date) -> list[Month]:
        """Make the release of a month, or of the last one that is over, and of those before it that are not there.

        Returns the months that were made now; none when they were all there. Raises Refused when it cannot be done, and
        SQLAlchemyError when the database cannot take it; what was made before that stays, and each release is whole.
        """
        wanted = wanted or last_closed(today)
        if not wanted.closed(today):
            raise Refused(
                f"De maand {wanted.id} is nog niet voorbij: de laatste week is {wanted.last_week}. "
                "Maak de cijfers in de week daarna."
            )
        secret, due = self._due(wanted)
        return [one for one in due if self._make_one(secret, one, today)]

    def sweep(self, now: int) -> int:
        """Make what is due, once a day, when anything was ever recorded. Returns 0: there is no need to call it again.

        Nothing is made when the clock may be far ahead (analytics.clock): that could never be undone. Raises
        SQLAlchemyError when the database cannot take it; then the next call tries again.
        """
        today = date.fromtimestamp(now)
        if self._swept == today:
            return 0
        if self._last() is not None or self._first_due() is not None:
            try:
                self._check_clock(today)
                for one in self.make(None, today):
                    logger.info("The figures of %s were made", one.id)
            except Refused as refused:
                self.refused_at = now
                logger.error("The figures were not made: %s", refused)  # noqa: TRY400  # its trace tells no more
        self._swept = today
        return 0

    def swept(self, today: date) -> bool:
        """Whether this process made what was due on a day, or was refused."""
        return self._swept == today

    def newest_made_on(self) -> date | None:
        """The day on which the newest release was made; None when there is none."""
        last = self._last()
        return last.made_on if last else None

    def _check_clock(self, today: date) -> None:
        seen, last = doubt(self._engine, today), last_closed(today)
        due = self._last()
        if seen and (due is None or month(due.id.partition("/")[2]) < last):
            raise Refused(
                f"Volgens de klok is het {today}, maar voor het laatst gebeurde er iets op {seen}. "
                "Loopt de klok voor, zet hem dan goed: cijfers van een maand die nog niet voorbij is, blijven altijd "
                f"zo. Klopt de datum, maak de cijfers dan zelf: make release MAAND={last.id}. "
                "Na vier weken waarin er weer iets gebeurt, gaat het weer vanzelf."
            )

    def _due(self, wanted: Month) -> tuple[bytes, list[Month]]:
        """The months to make up to one that is wanted, and the secret to make them with."""
        last = self._last()
        if last is None:
            secret, first = self._get_secret(make=True), self._first_due() or wanted
            return secret, _months(min(first, wanted), wanted)
        latest = month(last.id.partition("/")[2])
        if wanted <= latest:
            if self._exists(wanted):
                return b"", []
            raise Refused(f"De cijfers van {wanted.id} zijn er niet, en kunnen niet meer: {latest.id} is al gemaakt.")
        secret = self._get_secret(make=False)
        if fingerprint(secret) == last.decisions["geheim"]:
            return secret, _months(latest.next, wanted)
        if wanted.year == latest.year:
            raise Refused(
                f"Het geheim voor het afronden is niet dat waarmee de cijfers van {latest.year} zijn gemaakt. "
                "Oude cijfers blijven staan, maar nieuwe over dit jaar zouden verraden wat verborgen is. "
                "Zet het oude geheim terug (ROUNDING_SECRET of het bestand rounding). Is het echt weg? "
                f"Dan komen er weer cijfers over januari {latest.year + 1}; wat nog niet telt, telt dan mee."
            )
        return secret, _months(Month(latest.year + 1, 1), wanted)

    def _get_secret(self, *, make: bool) -> bytes:
        try:
            return self._secret(make=make)
        except (BadSecret, OSError) as error:
            raise Refused(f"De cijfers kunnen niet worden afgerond. {error}") from error

    def _make_one(self, secret: bytes, one: Month, today: date) -> bool:
        """Make one release and store it whole, or nothing of it. False when somebody else did."""
        for _ in range(_TRIES):
            if self._exists(one):
                return False
            try:
                with Session(self._engine) as session, session.begin():
                    take_along(session, one)
                # Counting and proving take long and write nothing, so that nobody has to wait for the database.
                knowledge = self._knowledge.now()  # a change of the catalogue half-way would make two kinds of tables
                made = build(self._engine, knowledge, secret, one, today, thresholds=self._thresholds)
                with Session(self._engine) as session, session.begin():
                    take(session, knowledge, one, made.tally)
                    nothing_new(session, made.known)
                    session.add_all(made.publications)
            except Moved:
                continue
            except IntegrityError:
                if not self._exists(one):
                    raise
                return False
            return True
        raise Refused(f"Er kwamen telkens gegevens bij tijdens het maken van {one.id}. Probeer het later weer.")

    def _last(self) -> Publication | None:
        """The newest release for the working group."""
        newest = select(Publication).where(Publication.id.startswith(f"{STAFF}/")).order_by(Publication.id.desc())
        with Session(self._engine) as session:
            return session.scalar(newest.limit(1))

    def _exists(self, one: Month) -> bool:
        with Session(self._engine) as session:
            return session.get(Publication, publication_id(STAFF, one)) is not None

    def _first_due(self) -> Month | None:
        with Session(self._engine) as session:
            return first_due(session)


def _months(first: Month, last: Month) -> list[Month]:
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next)
    return found
