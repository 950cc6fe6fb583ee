"""Figures that lie in the database or with other parts, looked up when Prometheus asks."""

import time
from contextlib import suppress
from datetime import UTC, datetime
from datetime import time as moment

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from analytics.database import newest_revision
from api.administration.repository import outbox_by_state
from api.dependencies import Parts
from api.operations import metrics
from api.operations.build import version
from api.outbox.queue import CANCELLED, GIVEN_UP, MAIL, SENT, WAITING, WEBHOOK
from api.sweeping import name_of


def collect(parts: Parts) -> None:
    """Bring the gauges up to date. What the database cannot tell now stays as it was the last time."""
    metrics.BUILD.clear()
    metrics.BUILD.labels(version(), newest_revision(), parts.knowledge.scoring_version).set(1)
    for sweeper in parts.sweepers:
        run = parts.sweeps.last(sweeper)
        if run is not None:
            metrics.SWEEPER_RUN.labels(name_of(sweeper)).set(run.at)
            metrics.SWEEPER_FAULT.labels(name_of(sweeper)).set(run.fault is not None)
    metrics.RELEASE_REFUSED.set(parts.releases.refused_at or 0)
    with suppress(SQLAlchemyError):
        _outbox(parts)
        newest = parts.releases.newest_made_on()
        made = datetime.combine(newest, moment.min, UTC).timestamp() if newest else 0
        metrics.RELEASE_NEWEST.set(made)


def _outbox(parts: Parts) -> None:
    with Session(parts.engine) as session:
        items = outbox_by_state(session)
    oldest = {found.kind: int(time.time()) - found.oldest for found in parts.outbox.waiting()}
    for kind in (MAIL, WEBHOOK):
        metrics.OUTBOX_OLDEST.labels(kind).set(oldest.get(kind, 0))
        for state in (WAITING, SENT, GIVEN_UP, CANCELLED):
            metrics.OUTBOX_ITEMS.labels(kind, state).set(items.get((kind, state), 0))
