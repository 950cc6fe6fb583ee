"""The report that is written by itself every eight weeks, when the working group meets."""

import logging
from datetime import date, timedelta
from pathlib import Path

from api.reports.service import MEDIA, Form, Reports

logger = logging.getLogger("assistent")

EIGHT_WEEKS = timedelta(weeks=8)
FIRST = date(2026, 1, 5)  # a Monday from which the eight weeks are counted


class ReportSchedule:
    """Writes the newest report once in every eight weeks, in each form, into a folder."""

    def __init__(self, reports: Reports, folder: Path) -> None:
        """Take what makes reports, and where they go. The folder is made when the first is written."""
        self._reports = reports
        self._folder = folder

    def sweep(self, now: int) -> int:
        """Write what these eight weeks still lack. Returns how many files were written.

        What was written is never written again, so that a report stays as it was discussed. Whatever goes wrong is
        logged and tried again at the next call: what else is swept may not wait for a report.
        """
        today = date.fromtimestamp(now)
        try:
            return self._write_missing(started(today), today)
        except Exception:
            logger.exception("The report could not be written, it is tried again")
            return 0

    def _write_missing(self, since: date, today: date) -> int:
        missing = [form for form in MEDIA if not any(self._folder.glob(f"{since}-rapport-*.{form}"))]
        newest = self._reports.newest() if missing else None
        if newest is None:
            return 0
        for form in missing:
            self._write(f"{since}-rapport-{newest.month.id}", newest.month.id, form, today)
        return len(missing)

    def _write(self, name: str, month_id: str, form: Form, today: date) -> None:
        content = self._reports.make(month_id, form, today)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f".{name}.{form}"
        draft.write_bytes(content)
        draft.replace(self._folder / f"{name}.{form}")  # whole, or not there


def started(today: date) -> date:
    """The first day of the eight weeks that a day is in."""
    return today - (today - FIRST) % EIGHT_WEEKS
