"""The report that is written by itself every eight weeks, when the working group meets."""

import logging
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from analytics.periods import Month, last_closed
from api.reports.contents import MEDIA, Form
from api.reports.meetings import started
from api.reports.service import Reports
from api.reports.written import written

logger = logging.getLogger("assistent")

PATIENCE = timedelta(weeks=1)  # from the start of the eight weeks, with a release that cannot be made


class ReportSchedule:
    """Writes the newest report once in every eight weeks, in each form, into a folder."""

    def __init__(self, reports: Reports, swept: Callable[[date], bool], folder: Path) -> None:
        """Take what makes reports, what tells whether releases were made on a day, and where reports go.

        The folder is made when the first is written.
        """
        self._reports = reports
        self._swept = swept
        self._folder = folder

    def sweep(self, now: int) -> int:
        """Write what these eight weeks still lack. Returns how many files were written.

        A release that is due is waited for: making it can take longer than other sweepers are kept waiting. What was
        written is never written again, so that a report stays as it was discussed, and a form that was broken off
        is of the same month as the others. Whatever goes wrong is logged and tried again at the next call: what else
        is swept may not wait for a report.
        """
        today = date.fromtimestamp(now)
        try:
            return self._write_missing(started(today), today)
        except Exception:
            logger.exception("The report could not be written, it is tried again")
            return 0

    def _write_missing(self, since: date, today: date) -> int:
        there = {one.form: one.month for one in written(self._folder) if one.since == since}
        missing = [form for form in MEDIA if form not in there]
        if not missing:
            return 0
        month = max(there.values()) if there else self._due(since, today)
        if month is None:
            return 0
        for form in missing:
            self._write(f"{since}-rapport-{month.id}", month.id, form, today)
        return len(missing)

    def _due(self, since: date, today: date) -> Month | None:
        """The month to report; None while there is none, or one that is due is waited for."""
        newest = self._reports.newest()
        if newest is None or (newest.month < last_closed(today) and not self._waited(since, today)):
            return None
        return newest.month

    def _waited(self, since: date, today: date) -> bool:
        """Whether a release that is due is not coming: what has to be made was tried today, and for a week before."""
        return self._swept(today) and today >= since + PATIENCE

    def _write(self, name: str, month_id: str, form: Form, today: date) -> None:
        content = self._reports.make(month_id, form, today)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f".{name}.{form}"
        draft.write_bytes(content)
        draft.replace(self._folder / f"{name}.{form}")  # whole, or not there
