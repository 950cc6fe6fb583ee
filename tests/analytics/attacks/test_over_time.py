"""T3 differencing and T4 overlap: waiting a week shows nothing, and there is nothing to ask for beside the menu."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest
from fastapi.testclient import TestClient

from analytics.figures import Figures, Release
from api.app import create_app
from api.settings import Settings
from knowledge.base import Knowledge
from tests.analytics.attacks.conftest import Years
from tests.analytics.attacks.downloads import answering, choosing
from tests.analytics.attacks.reading import months_of

FEWEST = 10  # records: what two tables of the same kind differ by, or nothing


def test_what_was_published_stays_byte_for_byte(years: Years) -> None:
    assert len(years.weeks) > 52 * years.months / 12
    for before, after in pairwise(years.weeks):
        assert before.items() <= after.items()


def test_figures_change_at_the_gate_of_a_month_and_never_in_between(years: Years) -> None:
    weeks_with_news = [after.keys() - before.keys() for before, after in pairwise(years.weeks) if after != before]
    assert all(len({name.partition("/")[2] for name in new}) == 1 for new in weeks_with_news)
    assert years.months - 2 <= len(weeks_with_news) <= years.months


@pytest.mark.parametrize("audience", ["werkgroep", "publiek"])
def test_two_tables_of_the_same_kind_differ_by_ten_records_or_none(
    years: Years, knowledge: Knowledge, audience: str
) -> None:
    releases = Figures(years.engine, knowledge).all(audience)
    compared = 0
    for year in years.which:
        here = [release for release in releases if release.month.year == year]
        for name in {name for release in here for name in release.tables if name.startswith("tot_nu/")}:
            totals = [total(years, release, name) for release in here if name in release.tables]
            for before, after in pairwise(totals):
                assert after == before or after - before >= FEWEST
                compared += 1
    assert 12 * compared > 25 * years.months


def total(years: Years, release: Release, name: str) -> int:
    """How many records a table of the year so far divides: of leads nobody is told."""
    if "/lead_" in name:
        dimension, months = release.tables[name].dimensions[0], months_of("tot_nu", release.month.id)
        return sum(dimension in record.codes and record.month in months for record in years.records)
    return (release.stopped if name.endswith("gestopt") else release.totals)["tot_nu"] or 0


def newcomers(weeks: Sequence[Mapping[Any, int | None]]) -> int:
    """In how many cells a reader who looks every week sees one to four firms come in."""
    return sum(
        0 < after[key] - before[key] < 5
        for before, after in pairwise(weeks)
        for key in before.keys() & after.keys()
        if before[key] is not None and after[key] is not None
    )


def test_who_looks_every_week_sees_nobody_come_in(years: Years, knowledge: Knowledge) -> None:
    figures, weeks = Figures(years.engine, knowledge), []
    for there in years.weeks:
        last = max((name for name in there if name.startswith("werkgroep/2026")), default="")
        release = figures.release("werkgroep", last.partition("/")[2]) if last else None
        tables = release.tables.values() if release else ()
        # Of a month or a quarter the next one is of others.
        so_far = [table for table in tables if table.scope == "tot_nu"]
        weeks.append({(table.id, table.levels, cell.row): cell.value for table in so_far for cell in table.cells})
    assert any(weeks)
    assert newcomers(weeks) == 0


def test_with_live_exact_counts_that_reader_sees_them(years: Years) -> None:
    """The negative control: tables of this moment, in which small counts are hidden."""
    here = [record for record in years.records if record.month.startswith("2026") and "sector" in record.codes]
    weeks = []
    for week in sorted({record.week for record in here}):
        counts = Counter((record.codes["sector"], record.codes["grootte"]) for record in here if record.week <= week)
        weeks.append({cell: count if count >= 5 else None for cell, count in counts.items()})
    assert newcomers(weeks) > years.in_a_year(5)


@pytest.fixture(scope="module")
def client(years: Years) -> TestClient:
    return TestClient(create_app(Settings(database_url=years.url)))


def test_only_the_tables_of_the_menu_that_were_published_can_be_had(
    years: Years, knowledge: Knowledge, client: TestClient
) -> None:
    """Every address of up to two dimensions, in every release, answers with a published table or not at all."""
    for release in Figures(years.engine, knowledge).all("publiek")[-4:]:
        names = {name.replace("/", "-").replace("*", "-").replace("_", "-") for name in release.tables}
        assert answering(client, release.month.id) == names


def test_nothing_can_be_chosen_or_filtered(client: TestClient) -> None:
    assert choosing(client, ("/v1/cijfers", "/v1/cijfers/2026-12", "/v1/cijfers/2026-12/tot-nu-fase")) == []


@pytest.mark.parametrize("name", ["jaar-sector-grootte-fase", "jaar-score", "week-sector", "jaar-event", "alles"])
def test_what_is_not_on_the_menu_is_refused(client: TestClient, name: str) -> None:
    assert client.get(f"/v1/cijfers/2026-12/{name}").status_code == 400
