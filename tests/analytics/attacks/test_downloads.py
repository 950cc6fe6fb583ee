"""T5 determinism, T6 side channels and T7 ratios: every download says the same, and nothing that was not published."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from analytics.database import open_database
from analytics.figures import Figures, Release, Table
from analytics.models import Publication, Referral
from api.app import create_app
from api.portal.dependencies import User, staff
from api.reports.service import Reports
from api.settings import Settings
from knowledge.base import Knowledge
from tests.analytics.attacks.conftest import Years
from tests.analytics.attacks.downloads import (
    differing,
    everything,
    in_workbook,
    several_values,
    share_of,
    shares_on,
    statements,
    telling_shares,
    telling_why,
    uneven,
)
from tests.analytics.attacks.reading import Meaning, read
from tests.api.made_reports import NOTHING_KEPT

TODAY = date(2026, 12, 31)


def slug(name: str) -> str:
    return re.sub(r"[/*_]", "-", name)


def client_of(url: str) -> TestClient:
    app = create_app(Settings(database_url=url))
    app.dependency_overrides[staff] = lambda: User("1", "Sam", "sam@zeist.example", "werkgroep", "T")
    return TestClient(app, base_url="http://127.0.0.1:8000")


@pytest.fixture(scope="module")
def client(years: Years) -> Iterator[TestClient]:
    opened = client_of(years.url)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def public(years: Years, knowledge: Knowledge) -> Release:
    newest = Figures(years.engine, knowledge).latest("publiek")
    assert newest
    return newest


@pytest.fixture(scope="module")
def internal(years: Years, knowledge: Knowledge) -> Release:
    newest = Figures(years.engine, knowledge).latest("werkgroep")
    assert newest
    return newest


def cells(release: Release) -> dict[tuple[str, str, str], int | None]:
    return {
        (slug(table.id), cell.row, cell.column): cell.value for table in release.tables.values() for cell in table.cells
    }


class TestDeterminism:
    def test_same_records_have_the_same_value_wherever_they_are_counted(
        self, years: Years, knowledge: Knowledge
    ) -> None:
        """In every table, release, year to date and audience: there is nothing to average."""
        compared = 0
        for year in years.which:
            shown, differ = several_values(read(years.engine, knowledge, ("werkgroep", "publiek"), year), years.records)
            assert differ == []
            compared += shown
        assert 12 * compared > 1_000 * years.months

    def test_json_csv_and_page_say_the_same(self, client: TestClient, public: Release) -> None:
        json = {
            (table["id"], cell["rij"]["code"], cell["kolom"]["code"] if cell["kolom"] else ""): cell["waarde"]
            for table in client.get("/v1/cijfers/2026-12").json()["tabellen"]
            for cell in table["cellen"]
        }
        files = {}
        for table in client.get("/v1/cijfers/2026-12").json()["tabellen"]:
            content = client.get(table["csv"]).content.decode("utf-8-sig")
            for line in csv.DictReader(io.StringIO(content, newline=""), delimiter=";"):
                value = int(line["waarde"]) if line["waarde"] else None
                files[line["tabel"], line["rij"], line["kolom"]] = value
        assert json == files == cells(public)
        on_page = [unescape(one) for one in re.findall(r'class="getal">([^<]*)</td>', client.get("/cijfers").text)]
        assert on_page
        assert {one.replace(".", "") for one in on_page} <= {
            "<10" if value is None else str(value) for value in json.values()
        }

    def test_workbook_and_archive_say_the_same(self, years: Years, knowledge: Knowledge, internal: Release) -> None:
        reports = Reports(years.engine, knowledge, Figures(years.engine, knowledge), NOTHING_KEPT)
        book = openpyxl.load_workbook(io.BytesIO(reports.make("2026-12", "xlsx", TODAY)))
        with zipfile.ZipFile(io.BytesIO(reports.make("2026-12", "zip", TODAY))) as packed:
            for table in internal.tables.values():
                published = [cell.value for cell in table.cells]
                rows = book[slug(table.id)].iter_rows(min_row=3, values_only=True)
                assert [None if one == "<5" else one for row in rows for one in row[1:]] == published
                lines = csv.DictReader(
                    io.StringIO(packed.read(f"{slug(table.id)}.csv").decode("utf-8-sig"), newline=""), delimiter=";"
                )
                assert [int(line["waarde"]) if line["waarde"] else None for line in lines] == published

    def test_asking_again_gives_the_same_bytes(self, client: TestClient, years: Years) -> None:
        assert differing(everything(client), everything(client_of(years.url))) == []


class TestSideChannels:
    @pytest.mark.parametrize("rare", [{"sbi2008": "B", "size_class": "250+", "municipality": "GM0406"}, {}])
    def test_one_firm_more_changes_nothing_before_the_next_release(
        self, years: Years, knowledge: Knowledge, tmp_path: Path, rare: Mapping[str, str]
    ) -> None:
        """Every download stays the same byte for byte, and so does what it takes; only the live total may count it."""
        copied = tmp_path / "x.db"
        with years.engine.connect() as connection:
            connection.execute(text("vacuum into :path"), {"path": str(copied)})
        engine = open_database(f"sqlite:///{copied}")
        with statements() as asked_before:
            before = everything(client_of(f"sqlite:///{copied}"))
        archive = Reports(engine, knowledge, Figures(engine, knowledge), tmp_path).make("2026-12", "zip", TODAY)
        with Session(engine) as session, session.begin():
            one = session.scalar(select(Referral).limit(1))
            assert one
            columns = {column.name: getattr(one, column.name) for column in Referral.__table__.columns}
            session.execute(
                insert(Referral).values({**columns, "id": "new", "week": "2026-W53", "period": "2027-01", **rare})
            )
        with statements() as asked_after:
            assert differing(before, everything(client_of(f"sqlite:///{copied}"))) == []
        assert asked_after == asked_before
        assert asked_after
        assert Reports(engine, knowledge, Figures(engine, knowledge), tmp_path).make("2026-12", "zip", TODAY) == archive
        engine.dispose()

    def test_why_a_table_is_missing_is_told_nowhere(self, client: TestClient, years: Years) -> None:
        with Session(years.engine) as session:
            decisions = str(session.scalars(select(Publication.decisions)).all())
        assert "afleidbaar" in decisions
        assert telling_why(everything(client)) == []

    def test_no_row_is_left_out_and_the_order_tells_nothing(self, years: Years, knowledge: Knowledge) -> None:
        """A table has every category, in the order of the dictionary; of initiatives only those shown, by their ids."""
        tables = [
            table
            for audience in ("werkgroep", "publiek")
            for release in Figures(years.engine, knowledge).all(audience)
            for table in release.tables.values()
        ]
        for table in tables:
            if table.dimensions == ("initiatief",):
                assert list(table.rows) == sorted(table.rows)
                assert all(cell.value is not None for cell in table.cells)
        assert uneven(table for table in tables if table.dimensions != ("initiatief",)) == []
        stages = next(table.rows for table in tables if table.dimensions == ("fase",))
        assert {*stages} == Meaning(knowledge).codes["fase"]

    def test_hidden_value_is_nowhere_in_a_workbook(self, years: Years, knowledge: Knowledge, internal: Release) -> None:
        reports = Reports(years.engine, knowledge, Figures(years.engine, knowledge), NOTHING_KEPT)
        published = {*cells(internal).values(), *internal.totals.values(), *internal.stopped.values()}
        assert in_workbook(reports.make("2026-12", "xlsx", TODAY), published) == []


def whole_of(release: Release, table: Table) -> int:
    """What the page lays the values of a table beside."""
    if "/lead_" in table.id:
        steps = release.tables.get(f"{table.scope}/lead_stap")
        rows = {"lead_afloop": ("geholpen", "anders"), "lead_tijd": ("contact",), "lead_ervaring": ("ervaring",)}
        return sum(steps.value(row) or 0 for row in rows.get(table.dimensions[0], ())) if steps else 0
    return (release.stopped if "gestopt" in table.dimensions else release.totals)[table.scope] or 0


class TestRatios:
    def test_every_share_on_the_page_leaves_at_least_four_counts_possible(
        self, client: TestClient, years: Years, knowledge: Knowledge
    ) -> None:
        """Each is of a published value and of the total of the newest release that has the table of the year."""
        checked = 0
        releases = Figures(years.engine, knowledge).all("werkgroep")
        for part, shares in shares_on(client.get("/portaal/cijfers/bereik?over=jaar").text).items():
            wholes = [
                release.totals[scope]
                for release in releases
                for scope in ("jaar", "tot_nu")
                if f"{scope}/{part}" in release.tables
            ]
            if wholes:
                assert telling_shares(shares, wholes[-1] or 0) == [], part
                checked += len(shares)
        assert checked > 10

    def test_every_share_of_a_table_leaves_at_least_four_counts_possible(self, internal: Release) -> None:
        checked = 0
        for table in internal.tables.values():
            whole = whole_of(internal, table)
            values = {cell.value for cell in table.cells if cell.value is not None} if whole >= 20 else set()
            shares = [(value, share_of(value, whole)) for value in sorted(values)]
            assert telling_shares(shares, whole) == [], table.id
            checked += len(shares)
        assert checked > 50
