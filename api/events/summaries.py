"""Closing an event and making its figures, in that order and once."""

import logging
from datetime import date, timedelta

from sqlalchemy import Engine

from analytics.clock import doubt
from analytics.counting import excluded
from analytics.disclosure import FOR_STAFF, Rules
from analytics.event_summary import Summary, ever_published, live_total, publish_event, published_events, read_summary
from analytics.releases import Secret
from analytics.rounding_secret import BadSecret
from analytics.tally import Moved
from api.errors import Unavailable
from api.events.service import Event, EventService
from api.imports.service import LATE_DAYS
from knowledge.base import Knowledge

_LATE = timedelta(days=LATE_DAYS)

logger = logging.getLogger("assistent")


class Summaries:
    """The figures of events."""

    def __init__(
        self, engine: Engine, knowledge: Knowledge, events: EventService, secret: Secret, rules: Rules = FOR_STAFF
    ) -> None:
        """Take the parts; `secret` gives that of the rounding, and is asked when figures are made under `rules`."""
        self._engine = engine
        self._knowledge = knowledge
        self._events = events
        self._secret = secret
        self.rules = rules

    def so_far(self, event: Event) -> int | None:
        """How many firms an event has reached until now; None below the threshold."""
        shown_only = self._is_demonstration(event)
        return live_total(self._engine, self._knowledge.sites, event.code, self.rules, demonstration=shown_only)

    def read(self, event: Event, today: date) -> Summary | None:
        """The figures of a closed event, also when its closing was broken off half-way; None while it is not closed.

        Raises Unavailable when they have to be made and that cannot be done.
        """
        if event.closed_on is None:
            return None
        return read_summary(self._engine, event.code) or self.close(event, today)

    def close(self, event: Event, today: date) -> Summary:
        """Close an event and make its figures; those of an event that was closed before are given as they are.

        Raises Unavailable when the secret of the rounding cannot be read; then the event stays open. And when other
        figures kept being made meanwhile; then it is closed, and its figures are made when somebody asks for them.
        """
        try:
            secret = self._secret(make=not ever_published(self._engine))
        except (BadSecret, OSError) as error:
            logger.error("The figures of an event cannot be made: %s", error)  # noqa: TRY400  # its trace tells no more
            raise Unavailable(
                "De cijfers kunnen nu niet worden gemaakt. Er is niets veranderd. Waarschuw de beheerder."
            ) from error
        self._events.close(event.code, today)
        try:
            return publish_event(
                self._engine,
                self._knowledge,
                secret,
                event.code,
                today,
                rules=self.rules,
                demonstration=self._is_demonstration(event),
            )
        except Moved as moved:
            raise Unavailable(
                "Het evenement is afgesloten, maar er worden nu ook andere cijfers gemaakt. Probeer het straks weer."
            ) from moved

    def sweep(self, now: int) -> int:
        """Close the events to which nothing can be added any more, also not from paper.

        None are closed when the clock may be far ahead, because that cannot be undone. Returns of how many the figures
        were made.
        """
        today = date.fromtimestamp(now)
        published = published_events(self._engine)
        waiting = [event for event in self._events.all() if event.code not in published]
        over = [event for event in waiting if event.closed_on]
        late = [event for event in waiting if not event.closed_on and today > event.last_day + _LATE]
        if late and not doubt(self._engine, today):
            over += late
        for event in over:
            try:
                self.close(event, today)
            except Unavailable:
                return 0  # the next event would fare the same
        return len(over)

    def _is_demonstration(self, event: Event) -> bool:
        return event.site in excluded(self._knowledge.sites)
