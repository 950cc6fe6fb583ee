"""Which months a table of the dashboard is of, where not every release has it."""

from datetime import date

import pytest

from analytics.figures import Release, Table
from analytics.menu import MONTH, QUARTER, SO_FAR, STAFF, table_id
from analytics.periods import Month, month
from api.dashboard.choice import Choice
from knowledge.base import Knowledge

SECTOR, PLACE = "sector", "plaats"


def release(of: Month, *scopes: str, places: tuple[str, ...] = ()) -> Release:
    """A release with the sectors, and the places, of these scopes; what may not be shown is not there."""
    wanted = [*((scope, SECTOR) for scope in scopes), *((scope, PLACE) for scope in places)]
    tables = [Table(table_id(scope, one), scope, (one,), ("fijnste",), {}, {}, ()) for scope, one in wanted]
    totals = dict.fromkeys((MONTH, SO_FAR, *([QUARTER] if of.ends_quarter else [])), 20)
    named = {table.id: table for table in tables}
    return Release(f"{STAFF}/{of.id}", STAFF, of, date(2026, 11, 26), 5, 5, False, totals, named, {})


@pytest.mark.parametrize(
    ("september", "october", "expected"),
    [
        ((SO_FAR, QUARTER, MONTH), (SO_FAR, MONTH), ("2026-10", SO_FAR)),
        ((SO_FAR, QUARTER, MONTH), (MONTH,), ("2026-09", SO_FAR)),
        ((QUARTER, MONTH), (MONTH,), ("2026-09", QUARTER)),
        ((MONTH,), (MONTH,), ("2026-10", MONTH)),
    ],
    ids=["of the whole time", "of the year up to the month before", "of a quarter", "of the month alone"],
)
def test_over_a_year_the_table_that_covers_most_of_it(
    knowledge: Knowledge, september: tuple[str, ...], october: tuple[str, ...], expected: tuple[str, str]
) -> None:
    releases = (release(month("2026-09"), *september), release(month("2026-10"), *october))
    found = Choice(releases, "jaar", knowledge.texts).table(SECTOR)
    assert found is not None
    assert (found.release.month.id, found.table.scope) == expected


def test_nothing_of_another_year(knowledge: Knowledge) -> None:
    releases = (release(month("2025-12"), SO_FAR, QUARTER, MONTH), release(month("2026-01")))
    assert Choice(releases, "jaar", knowledge.texts).table(SECTOR) is None


@pytest.mark.parametrize(
    ("places", "expected"), [((SO_FAR,), "2026-09"), ((), "2026-10")], ids=["the months of both", "none has both"]
)
def test_a_table_beside_another_is_of_months_that_have_both(
    knowledge: Knowledge, places: tuple[str, ...], expected: str
) -> None:
    releases = (release(month("2026-09"), SO_FAR, places=places), release(month("2026-10"), SO_FAR))
    found = Choice(releases, "jaar", knowledge.texts).table_beside(SECTOR, PLACE)
    assert found is not None
    assert found.release.month.id == expected
