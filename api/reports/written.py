"""The reports that were written by themselves: files that stay as they were discussed."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analytics.periods import Month, month
from api.reports.contents import MEDIA, Form

_NAME = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}})-rapport-(\d{{4}}-\d{{2}})\.({'|'.join(MEDIA)})")


@dataclass(frozen=True)
class Written:
    """A file: the first day of the eight weeks that it is of, and the month that its figures go up to."""

    path: Path
    since: date
    month: Month
    form: Form


def written(folder: Path) -> tuple[Written, ...]:
    """Every report in the folder, the newest first, in the order of the forms. What is no report is passed over."""
    order = list(MEDIA)
    found = sorted(_in(folder), key=lambda one: (one.since, one.month, -order.index(one.form)), reverse=True)
    return tuple(found)


def _in(folder: Path) -> Iterator[Written]:
    for path in folder.iterdir() if folder.is_dir() else ():
        told = _NAME.fullmatch(path.name)
        if told:
            form = next(form for form in MEDIA if form == told[3])
            with suppress(ValueError):  # no such day, or no such month
                yield Written(path, date.fromisoformat(told[1]), month(told[2]), form)
