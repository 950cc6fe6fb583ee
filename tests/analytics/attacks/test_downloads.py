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
from tests.analytics.attacks.reading import Meaning, read
from tests.api.made_reports import NOTHING_KEPT

TODAY = date(2026, 12, 31)
ADDRESSES = ("/v1/cijfers", "/v1/cijfers/beschrijving", "/v1/cijfers/woordenboek", "/cijfers")
PAGES = ("bereik", "gaten", "uitkomsten", "uitleg")
REASONS = ("afleidbaar", "overwicht", "te_weinig", "te_grof", "te_dicht", "vervallen", "geheim")


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


def everything(client: TestClient) -> dict[str, bytes]:
    """What can be had over the web: the interface, every table of the newest release, and the pages, with headers."""
    tables = [table["csv"] for table in client.get("/v1/cijfers/2026-12").json()["tabellen"]]
    pages = [f"/portaal/cijfers/{page}?over={over}" for page in PAGES for over in ("jaar", "kwartaal", "maand")]
    found = {}
    for address in (*ADDRESSES, "/v1/cijfers/2026-12", *tables, *pages):
        response = client.get(address)
        assert response.status_code == 200, address
        found[address] = response.content + response.headers.get("etag", "").encode()
    return found


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
            values: dict[frozenset[str], set[int]] = {}
            for seen in read(years.engine, knowledge, ("werkgroep", "publiek"), year).cells:
                if seen.value is not None:
                    counted = frozenset(record.id for record in years.records if record.within(seen))
                    values.setdefault(counted, set()).add(seen.value)
                    compared += 1
            assert all(len(those) == 1 for those in values.values())
        assert compared > 1000 * len(years.which)

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
        assert everything(client) == everything(client_of(years.url))


class TestSideChannels:
    @pytest.mark.parametrize("rare", [{"sbi2008": "B", "size_class": "250+", "municipality": "GM0406"}, {}])
    def test_one_firm_more_changes_nothing_before_the_next_release(
        self, years: Years, knowledge: Knowledge, tmp_path: Path, rare: Mapping[str, str]
    ) -> None:
        """Every download stays the same byte for byte; only the total of this moment may count it."""
        copied = tmp_path / "x.db"
        with years.engine.connect() as connection:
            connection.execute(text("vacuum into :path"), {"path": str(copied)})
        engine = open_database(f"sqlite:///{copied}")
        before = everything(client_of(f"sqlite:///{copied}"))
        archive = Reports(engine, knowledge, Figures(engine, knowledge), tmp_path).make("2026-12", "zip", TODAY)
        with Session(engine) as session, session.begin():
            one = session.scalar(select(Referral).limit(1))
            assert one
            columns = {column.name: getattr(one, column.name) for column in Referral.__table__.columns}
            session.execute(
                insert(Referral).values({**columns, "id": "new", "week": "2026-W53", "period": "2027-01", **rare})
            )
        assert everything(client_of(f"sqlite:///{copied}")) == before
        assert Reports(engine, knowledge, Figures(engine, knowledge), tmp_path).make("2026-12", "zip", TODAY) == archive
        engine.dispose()

    def test_why_a_table_is_missing_is_told_nowhere(self, client: TestClient, years: Years) -> None:
        with Session(years.engine) as session:
            decisions = str(session.scalars(select(Publication.decisions)).all())
        assert "afleidbaar" in decisions
        for address, content in everything(client).items():
            if "uitleg" not in address:
                told = content.decode()
                assert not [reason for reason in REASONS if f'"{reason}' in told or f">{reason}<" in told], address

    def test_no_row_is_left_out_and_the_order_tells_nothing(self, years: Years, knowledge: Knowledge) -> None:
        """A table has every category, in the order of the dictionary; of initiatives only those shown, by their ids."""
        codes = Meaning(knowledge).codes
        orders: dict[tuple[tuple[str, ...], tuple[str, ...]], set[tuple[str, ...]]] = {}
        for audience in ("werkgroep", "publiek"):
            for release in Figures(years.engine, knowledge).all(audience):
                for table in release.tables.values():
                    if table.dimensions == ("initiatief",):
                        assert list(table.rows) == sorted(table.rows)
                        assert all(cell.value is not None for cell in table.cells)
                        continue
                    assert len(table.cells) == len(table.rows) * max(1, len(table.columns))
                    orders.setdefault((table.dimensions, table.levels), set()).add((*table.rows, *table.columns))
        assert all(len(those) == 1 for those in orders.values())
        assert {*next(iter(orders[("fase",), ("fase",)]))} == codes["fase"]

    def test_hidden_value_is_nowhere_in_a_workbook(self, years: Years, knowledge: Knowledge, internal: Release) -> None:
        reports = Reports(years.engine, knowledge, Figures(years.engine, knowledge), NOTHING_KEPT)
        with zipfile.ZipFile(io.BytesIO(reports.make("2026-12", "xlsx", TODAY))) as packed:
            sheets = [packed.read(name).decode() for name in packed.namelist() if "worksheets/sheet" in name]
            assert not [name for name in packed.namelist() if re.search("pivot|external|comment|custom", name)]
        numbers = {int(value) for sheet in sheets for value in re.findall(r'<c [^>]*t="n"[^>]*><v>(\d+)</v>', sheet)}
        shown = {value for value in cells(internal).values() if value is not None}
        assert numbers
        assert numbers <= shown | {*internal.totals.values(), *internal.stopped.values()}


def whole_of(release: Release, table: Table) -> int:
    """What the page lays the values of a table beside."""
    if "/lead_" in table.id:
        steps = release.tables.get(f"{table.scope}/lead_stap")
        rows = {"lead_afloop": ("geholpen", "anders"), "lead_tijd": ("contact",), "lead_ervaring": ("ervaring",)}
        return sum(steps.value(row) or 0 for row in rows.get(table.dimensions[0], ())) if steps else 0
    return (release.stopped if "gestopt" in table.dimensions else release.totals)[table.scope] or 0


class TestRatios:
    def test_every_share_comes_from_published_values_and_leaves_at_least_four_counts_possible(
        self, client: TestClient, internal: Release
    ) -> None:
        page = everything(client)["/portaal/cijfers/bereik?over=jaar"].decode()
        told = {int(one) for one in re.findall(r">(\d+)%<", page)}
        checked = 0
        for table in internal.tables.values():
            whole = whole_of(internal, table)
            for value in {cell.value for cell in table.cells if cell.value is not None} if whole >= 20 else ():
                if table.id in ("tot_nu/fase", "tot_nu/kanaal"):
                    assert (200 * value + whole) // (2 * whole) in told
                share = (200 * value + whole) // (2 * whole)
                counts = {
                    count
                    for rounded in range(5, whole + 5, 5)
                    if (200 * rounded + whole) // (2 * whole) == share
                    for count in range(max(5, rounded - 4), min(whole, rounded + 4) + 1)
                }
                assert len(counts) >= 4, (table.id, value, whole)
                checked += 1
        assert checked > 50
