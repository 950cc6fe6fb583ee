"""What docs/figures.md says of reading figures with other programs: its commands do that, and no more."""

import re
import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import delete, inspect, text
from sqlalchemy.orm import Session

from analytics.database import migrate, open_database
from analytics.dimensions import dimensions
from analytics.menu import APART, INITIATIVES
from analytics.models import Publication, PublishedCell
from api.figures.tables import COLUMNS
from knowledge.base import Knowledge
from tests.api.released import publish, publish_for_everybody

PAGE = Path("docs/figures.md").read_text()
COUNT = "select count(*) from released_figures where publication = 'publiek/2026-12'"


def sql(section: str) -> str:
    """The first commands under a heading."""
    found = re.search(rf"^### {section}\n.*?```sql\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def test_every_column_and_dimension_is_named(knowledge: Knowledge, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    engine = open_database(url)
    view = {column["name"] for column in inspect(engine).get_columns("released_figures")}
    engine.dispose()
    known = dimensions(knowledge)
    levels = {level.id for dimension in known.values() for level in dimension.levels}
    for name in {*COLUMNS, *view, *known, *levels, INITIATIVES, *APART}:
        assert f"`{name}`" in PAGE, name


def test_role_in_postgresql_reads_the_view_and_nothing_else(postgresql: str) -> None:
    migrate(postgresql)
    engine = open_database(postgresql)
    publish_for_everybody(engine)
    tables = [name for name in inspect(engine).get_table_names() if name != "released_figures"]
    engine.dispose()
    with psycopg.connect(postgresql, autocommit=True) as owner:
        for command in filter(None, map(str.strip, sql("PostgreSQL").split(";"))):
            owner.execute(command.replace("database assistent", f"database {owner.info.dbname}").encode())
    assert {"referral", "stopped", "publication", "published_cell", "account"} <= set(tables)
    with psycopg.connect(postgresql.replace("postgres@", "cijfers@"), autocommit=True) as reader:
        row = reader.execute(COUNT.encode()).fetchone()
        assert row is not None
        assert row[0] > 0
        # The role begins read-only, and can change that. What keeps it out is what it was not given.
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            reader.execute("create table x (y int)")
        reader.execute("set default_transaction_read_only = off")
        refused = [f'select * from "{name}"' for name in tables] + [f'delete from "{name}"' for name in tables]
        for command in (*refused, "create table x (y int)", "create temporary table x (y int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(command.encode())


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_view_tells_which_figures_have_made_up_records(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgresql") if kind == "postgresql" else f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    engine = open_database(url)

    with Session(engine) as session, session.begin():  # other tests have the same PostgreSQL
        session.execute(delete(PublishedCell))
        session.execute(delete(Publication))

    def told() -> set[tuple[str, str]]:
        with engine.connect() as connection:
            rows = connection.execute(text("select distinct publication, synthetic from released_figures"))
            return {(one, mark) for one, mark in rows}

    publish_for_everybody(engine, "2027-01")
    publish(engine, "evenement", "ZEIST-4K7", totals={"evenement": 40}, tables={})
    assert told() == {("publiek/2027-01", "nee"), ("evenement/ZEIST-4K7", "nee")}
    publish_for_everybody(engine, "2027-02", synthetic=True)
    assert told() == {("publiek/2027-01", "nee"), ("evenement/ZEIST-4K7", "ja"), ("publiek/2027-02", "ja")}
    engine.dispose()


def test_copy_in_sqlite_holds_the_view_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    engine = open_database(url)
    publish_for_everybody(engine)
    engine.dispose()
    monkeypatch.chdir(tmp_path)
    database = sqlite3.connect("x.db")
    for _ in range(2):  # after each release again
        database.executescript(sql("SQLite"))
    database.close()
    copy = sqlite3.connect("file:cijfers.db?mode=ro", uri=True)
    assert copy.execute("select name from sqlite_master").fetchall() == [("released_figures",)]
    assert copy.execute(COUNT).fetchone()[0] > 0
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        copy.execute("delete from released_figures")
    copy.close()
