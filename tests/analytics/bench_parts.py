"""What `make bench` measures of the figures. Each function takes the address of a database and runs in a new process.

The records are those of two years. Every month that is over was released, and it is always TODAY.
"""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pandas as pd
from httpx2 import ASGITransport, AsyncClient
from sqlalchemy import Engine, select, text

from analytics.counting import excluded, uncounted
from analytics.database import migrate, open_database
from analytics.dimensions import dimensions
from analytics.disclosure import Count
from analytics.figures import Figures
from analytics.menu import APART, INITIATIVES, ONE_WAY, TOTAL, TWO_WAY
from analytics.models import Referral, ReferredInitiative
from analytics.periods import Month
from analytics.recording import Recorder, Source
from analytics.releases import Releases
from analytics.synthetic import SYNTHETIC, fill
from analytics.tally import tally
from api.app import create_app
from api.dashboard import pages as dashboard
from api.portal.cookies import cookies
from api.portal.repository import PortalRepository
from api.reports.contents import MEDIA
from api.reports.service import Reports
from api.settings import Settings
from knowledge.base import load
from knowledge.result import result
from tests.analytics.alone import Spent, Stopwatch
from tests.analytics.repeating import repeat

TODAY = date(2026, 11, 26)
FIRST_DAY, FIRST, LAST = date(2024, 12, 2), Month(2024, 12), Month(2026, 10)
PATHS = (
    "/portaal/cijfers",
    "/portaal/cijfers/bereik",
    "/portaal/cijfers/bereik?over=kwartaal",
    "/portaal/cijfers/gaten",
    "/portaal/cijfers/uitkomsten",
    "/portaal/cijfers/rapport",
    "/portaal/cijfers/uitleg",
    "/cijfers",
    f"/v1/cijfers/{LAST.id}",
)
MADE_UP = 100_000
REQUESTS, WARMING = 200, 5
COUNTED_LIVE = 11
RECORDED = 300
_ANSWERS = {
    "personen": "2-9",
    "bedrijf": "T/G",
    "gemeente": "GM1696",
    "hulpvraag": "klanten",
    "administratie": "1",
    "vindbaar": "1",
    "gegevens": "1",
    "backup_updates": "2",
    "inloggen": "1",
}

Counts = Mapping[str, Mapping[tuple[str, str], Count]]


def filled(url: str, records: int) -> None:
    """Made-up records until today. Of more than MADE_UP each is there several times, under ids of its own."""
    migrate(url)
    engine = open_database(url)
    made_up = min(records, MADE_UP)
    fill(engine, load(), seed=1, records=made_up, first=FIRST_DAY, last=TODAY)
    repeat(engine, records // made_up)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            # There records lie in the order in which they came, and not by their ids.
            connection.execute(text("cluster referral using ix_referral_week"))
            # As its autovacuum has done by the time that a database has grown this large by itself.
            connection.execute(text("vacuum analyze"))


def released(url: str, last: Month) -> dict[str, Spent]:
    """Every release up to that of a month which is not there yet."""
    engine, knowledge = open_database(url), load()
    releases = Releases(engine, knowledge, lambda *, make: bytes(32))
    found, month = {}, FIRST
    while month <= last:
        watch = Stopwatch()
        if releases.make(month, TODAY):
            found[month.id] = watch.spent()
        month = month.next
    return found


def counted(url: str, month: Month) -> Counts:
    """What a release counts of conversations with a result, in SQL."""
    tables = dict(tally(open_database(url), load(), month).tables)
    return {name: tables[name] for name in tables if name not in (TOTAL, *APART)}


def counted_in_pandas(url: str, month: Month) -> Counts:
    """The same by the stock way: every record is loaded, and counted there."""
    engine, knowledge = open_database(url), load()
    known = dimensions(knowledge, month.last_day)
    columns = {name: dimension.column for name, dimension in known.items()}
    wanted = select(Referral.id, Referral.week, Referral.period, Referral.rounding_key)
    records = pd.read_sql(wanted.add_columns(*dict.fromkeys(columns.values())), engine)
    records = records[records.period == month.id]
    records = records[~records.site.isin(excluded(knowledge.sites))]
    for name, column in columns.items():
        finest = known[name].levels[0]
        records[f"code {name}"] = records[column.key].map(
            {value: finest.of(value) for value in records[column.key].unique()}
        )
    found = {
        "*".join(names): _by(records, [f"code {name}" for name in names])
        for names in (*((n,) for n in ONE_WAY), *TWO_WAY)
    }
    referred = pd.read_sql(select(ReferredInitiative.referral_id, ReferredInitiative.initiative), engine)
    referred = referred.drop_duplicates().merge(records, left_on="referral_id", right_on="id")
    return found | {INITIATIVES: _by(referred, ["initiative"])}


def _by(records: pd.DataFrame, columns: Sequence[str]) -> dict[tuple[str, str], Count]:
    groups = records.groupby(list(columns)).rounding_key.agg(["size", "sum"])
    keys = [key if isinstance(key, tuple) else (key, "") for key in groups.index]
    return {key: Count(int(size), int(total)) for key, (size, total) in zip(keys, groups.to_numpy(), strict=True)}


def pages(urls: Sequence[str]) -> list[dict[str, list[Spent]]]:
    """Each page REQUESTS times, by somebody who is logged in, without a network in between.

    All databases in turn, so that what else the machine does falls on each.
    """
    apps = [create_app(Settings(database_url=url)) for url in urls]
    with patch.object(dashboard, "date", SimpleNamespace(today=lambda: TODAY)):
        return asyncio.run(_asked(apps))


def _session(engine: Engine) -> str:
    """The token of somebody who is logged in."""
    people, now = PortalRepository(engine), int(pd.Timestamp.now().timestamp())
    people.invite("sam@gemeente.example", "Sam", "werkgroep")
    person = people.find("sam@gemeente.example")
    assert person is not None
    people.add_link("link", person.id, "browser", now)
    assert people.log_in("link", "browser", "session", now)
    return "session"


async def _asked(apps: Sequence[Any]) -> list[dict[str, list[Spent]]]:
    found: list[dict[str, list[Spent]]] = [{path: [] for path in PATHS} for _ in apps]
    async with AsyncExitStack() as open_clients:
        clients = [await open_clients.enter_async_context(_client(app)) for app in apps]
        for path in PATHS:
            for number in range(WARMING + REQUESTS):
                for client, spent in zip(clients, found, strict=True):
                    watch = Stopwatch()
                    response = await client.get(path)
                    if number >= WARMING:
                        spent[path].append(watch.spent())
                    assert response.status_code == 200, (path, response.status_code)
    return found


def _client(app: Any) -> AsyncClient:
    jar = {cookies(app.state.parts.settings).session: _session(app.state.parts.engine)}
    return AsyncClient(transport=ASGITransport(app), base_url="http://127.0.0.1:8000", cookies=jar)


def live(url: str) -> list[Spent]:
    """The exact total of this moment, which pages keep for a while when counting it is slow; the first time first."""
    engine, sites, found = open_database(url), load().sites, []
    for _ in range(COUNTED_LIVE):
        watch = Stopwatch()
        uncounted(engine, sites, TODAY.year)
        found.append(watch.spent())
    return found


def report(url: str) -> dict[str, Spent]:
    """The report in every form, the first after a start."""
    engine, knowledge = open_database(url), load()
    reports, found = Reports(engine, knowledge, Figures(engine, knowledge), Path("no-reports")), {}
    for form in MEDIA:
        watch = Stopwatch()
        assert reports.make(LAST.id, form, TODAY)
        found[form] = watch.spent()
    return found


def recorded(url: str) -> tuple[list[Spent], list[Spent]]:
    """Results recorded as the product does, and by plain SQL, in turns."""
    engine, knowledge = open_database(url), load()
    recorder, outcome = Recorder(engine, knowledge, turn_follows=True), result(knowledge, _ANSWERS, TODAY)
    ours, plain = [], []
    sample = _identifier()
    recorder.record_referral(Source(sample, "utrecht", "widget"), _ANSWERS, outcome, TODAY)
    statements = _statements(engine, sample)
    for _ in range(RECORDED):
        source = Source(_identifier(), "utrecht", "widget")
        watch = Stopwatch()
        recorder.record_referral(source, _ANSWERS, outcome, TODAY)
        ours.append(watch.spent())
        identifier = _identifier()
        watch = Stopwatch()
        connection = engine.raw_connection()
        cursor = connection.cursor()
        for statement, rows, key in statements:
            cursor.executemany(statement, [row | {key: identifier} for row in rows])
        connection.commit()
        connection.close()
        plain.append(watch.spent())
    return ours, plain


def _identifier() -> str:
    """An id somewhere among those that are there, as a random one is."""
    return f"{SYNTHETIC}-{secrets.token_hex(12)}"


def _statements(engine: Engine, record: str) -> list[tuple[str, list[dict[str, Any]], str]]:
    """A record as plain SQL: for each table the statement, its rows, and which column has the id."""
    mark = "%({})s" if engine.dialect.name == "postgresql" else ":{}"
    found = []
    with engine.connect() as connection:
        for model, key in ((Referral, Referral.id), (ReferredInitiative, ReferredInitiative.referral_id)):
            rows = [dict(row) for row in connection.execute(select(model.__table__).where(key == record)).mappings()]
            marks = ", ".join(mark.format(name) for name in rows[0])
            found.append((f"insert into {model.__tablename__} ({', '.join(rows[0])}) values ({marks})", rows, key.key))
    return found
