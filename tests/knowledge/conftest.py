"""Settings and fixtures of the tests of the data."""

from datetime import date

import pytest
from hypothesis import settings

# The same examples every time, without a time limit per example: a slow machine is not a fault in the data.
settings.register_profile("knowledge", deadline=None, database=None, derandomize=True)
settings.load_profile("knowledge")


@pytest.fixture(scope="session")
def today() -> date:
    """The day that the data were gathered on: five weeks before Wijdemeren joins Hilversum."""
    return date(2026, 11, 23)
