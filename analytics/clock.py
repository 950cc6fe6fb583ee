"""Whether the clock can be right, before something is done for the day that it tells and can never be undone.

A clock that is far ahead would close months and events that are not over. What was recorded and published tells which
days there were: a clock that jumps leaves a gap, also when records came in after it.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from analytics.models import Publication, Referral, Stopped
from analytics.periods import week_of

GAP = timedelta(days=62)  # without any sign: two of the longest months, and figures are made every month
SETTLED = timedelta(days=28)  # of signs after a gap, before they are believed


def doubt(engine: Engine, today: date) -> date | None:
    """The last sign of use before a gap that makes today doubtful; None when the clock can be believed.

    A site that is quiet has its figures every month, which are signs too. After a gap, as when the product was off,
    it takes four weeks of signs, or somebody who makes the figures by hand. Signs from after today tell nothing.
    """
    since = today - GAP - SETTLED - timedelta(days=6)
    with Session(engine) as session:
        weeks = set[str]()
        before = list[date]()
        for column in (Referral.week, Stopped.week):
            weeks.update(
                session.scalars(select(column).where(column >= week_of(since), column <= week_of(today)).distinct())
            )
            earlier = session.scalar(select(func.max(column)).where(column < week_of(since)))
            before += [_monday(earlier)] if earlier else []
        made = set(session.scalars(select(Publication.made_on).where(Publication.made_on <= today).distinct()))
    return _last_before_gap([*map(_monday, weeks), *before, *made], today)


def _last_before_gap(signs: Iterable[date], today: date) -> date | None:
    """The same, of days on which there was a sign."""
    later = today
    for sign in sorted(signs, reverse=True):
        if later - sign > GAP:
            return sign
        later = sign
        if today - sign >= SETTLED:
            return None
    return None


def _monday(week: str) -> date:
    return date.fromisoformat(f"{week}-1")
