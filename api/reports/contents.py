"""What a report consists of, before it is a page or a sheet: sections with the panels of the dashboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from api.dashboard.panels import Panel

# What it is given as.
Form = Literal["pdf", "xlsx", "zip"]
MEDIA: Mapping[Form, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
STAND = "stand"  # the panel of today: what is taken along in files of data was released


@dataclass(frozen=True)
class Section:
    """A part of the report, that begins on a page of its own."""

    title: str
    panels: Sequence[Panel]


@dataclass(frozen=True)
class Report:
    """A whole report, in words; `warning` is empty unless there is one."""

    title: str
    period: str
    made_on: str
    provider: str
    warning: str
    figures: Sequence[Section]
    agenda: Section
    reading: Section

    @property
    def sections(self) -> Sequence[Section]:
        """All of it, in order."""
        return (*self.figures, self.agenda, self.reading)
