"""Settings and fixtures of the tests of the data."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from knowledge import scan as course
from knowledge.base import Knowledge
from knowledge.intake import Intake
from knowledge.scan import Scan
from tests.knowledge.clock import Clock
from tests.knowledge.site_files import write

# The same examples every time, without a time limit per example: a slow machine is not a fault in the data.
settings.register_profile("knowledge", deadline=None, database=None, derandomize=True)
settings.load_profile("knowledge")

PROFILE = {"personen": "2-9", "bedrijf": "F/F", "gemeente": "GM0344", "hulpvraag": "klanten"}


@pytest.fixture(scope="session")
def today() -> date:
    """The day that the data were gathered on: five weeks before Wijdemeren joins Hilversum."""
    return date(2026, 11, 23)


@pytest.fixture(scope="session")
def intake(knowledge: Knowledge) -> Intake:
    return knowledge.intake


@pytest.fixture
def walk(intake):
    """A scan after this many answers to whatever was open, going on at the offer."""

    def make(answers: int) -> Scan:
        scan = course.begin(intake)
        for _ in range(answers):
            if scan.open is None:
                scan = course.go_on(intake, scan)
            scan = course.answer(intake, scan, scan.open, PROFILE.get(scan.open, "1"))
        return scan

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the file of one site, without a fault."""
    made = tmp_path / "sites"
    made.mkdir()
    write(made)
    return made


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time by which files are looked at."""
    clock = Clock()
    monkeypatch.setattr("knowledge.following.monotonic", clock)
    return clock
