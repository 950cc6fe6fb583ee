"""The figures of an event: made once, of its own records only, and nothing in them that may not be told."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from analytics.database import migrate, open_database
from analytics.disclosure import FOR_STAFF
from analytics.event_summary import Row, live_total, publish_event, read_summary
from analytics.models import Publication, PublishedCell, Referral, ReferredInitiative
from knowledge.base import Knowledge

CODE = "ZEIST-4K7"
TODAY = date(2026, 11, 26)
SECRET = bytes(range(32))
CAMPUS, WORKPLACE, LOKET = "mkb-cyber-campus-utrecht", "digitale-mkb-werkplaats-utrecht", "kvo-d-veenendaal"


def referral(number: int, **columns: Any) -> Referral:
    """A record with a known rounding key; what the test does not name is a builder at the start."""
    initiatives = columns.pop("initiatives", ())
    values = {
        "id": f"record-{number:03}",
        "week": "2026-W48",
        "channel": "evenement",
        "site": "utrecht",
        "event": CODE,
        "sbi2025": "F",
        "sbi2008": "F",
        "size_class": "2-9",
        "municipality": "GM0355",
        "stage": "adhoc",
        "score": 5,
        "provisional": True,
        "safety_flag": False,
        "question": "klanten",
        "fallback": "kvk",
        "nothing_fits": False,
        "scoring_version": "1",
        "catalogue_version": "1",
        "rounding_key": 1000 + number,
    }
    listed = [ReferredInitiative(position=place, initiative=name) for place, name in enumerate(initiatives, start=1)]
    return Referral(**{**values, **columns}, initiatives=listed)


def thirty() -> list[Referral]:
    """30 firms: stages 15/10/5, sectors 10 F, 10 G, 4 I, 6 others, sizes 20/10, and two questions."""
    return [
        referral(
            number,
            stage="adhoc" if number < 15 else "engaged" if number < 25 else "verder",
            sbi2008="F" if number < 10 else "G" if number < 20 else "I" if number < 24 else "S",
            size_class="1" if number < 12 else "2-9" if number < 20 else "10-49",
            question="klanten" if number < 20 else "veilig",
            nothing_fits=number >= 25,
            initiatives=(
                [WORKPLACE] if number < 20 else [CAMPUS, LOKET] if number < 22 else [CAMPUS] if number < 25 else []
            ),
        )
        for number in range(30)
    ]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    opened = open_database(url)
    yield opened
    opened.dispose()


@pytest.fixture
def store(engine: Engine):
    def add(records: list[Referral]) -> None:
        with Session(engine) as session, session.begin():
            session.add_all(records)

    return add


@pytest.fixture
def publish(engine: Engine, knowledge: Knowledge):
    def make(code: str = CODE, today: date = TODAY) -> dict[str, Any]:
        return asdict(publish_event(engine, knowledge, SECRET, code, today))

    return make


def cells(engine: Engine) -> list[tuple[object, ...]]:
    with Session(engine) as session:
        found = session.scalars(select(PublishedCell).order_by(PublishedCell.publication, PublishedCell.position))
        return [(cell.publication, cell.table, cell.row, cell.value, cell.status) for cell in found]


@pytest.mark.parametrize(("records", "told"), [(0, None), (4, None), (5, 5), (6, 6)])
def test_total_so_far_is_told_from_five(
    engine: Engine, knowledge: Knowledge, store, records: int, told: int | None
) -> None:
    store([referral(number) for number in range(records)])
    assert live_total(engine, knowledge.sites, CODE, FOR_STAFF) == told
    assert live_total(engine, knowledge.sites, "ANDERS-1AA", FOR_STAFF) is None


def test_thirty_firms_counted_by_hand(engine: Engine, store, publish) -> None:
    store(thirty())
    publish()
    made = read_summary(engine, CODE)
    assert made is not None
    assert (made.total, made.threshold, made.made_on) == (30, 5, TODAY)
    # Counts that are multiples of five stay as they are, so this can be checked without the secret.
    assert made.tables["fase"] == (Row("adhoc", 15), Row("engaged", 10), Row("verder", 5))
    assert made.tables["grootte"] == (Row("1-9", 20), Row("10-49", 10), Row("50+", None), Row("onbekend", None))
    assert made.tables["hulpvraag"] == (
        Row("klanten", 20),
        Row("administratie", None),
        Row("veilig", 10),
        Row("gegevens_ai", None),
        Row("personeel", None),
        Row("weet_niet", None),
    )
    assert made.tables["aanbod"] == (Row("passend", 25), Row("geen", 5))
    # Two firms were referred to a third one: it is not named.
    assert made.tables["initiatief"] == (Row(WORKPLACE, 20), Row(CAMPUS, 5))


def test_sectors_are_the_five_of_the_seed_and_the_rest(engine: Engine, store, publish) -> None:
    store(thirty())
    sectors = {row["code"]: row["value"] for row in publish()["tables"]["sector"]}
    assert list(sectors) == ["handel", "zakelijke_dienstverlening", "zorg", "horeca", "bouw", "overig"]
    assert sectors["overig"] in (5, 10)  # six firms
    assert {name: value for name, value in sectors.items() if name != "overig"} == {
        "handel": 10,
        "zakelijke_dienstverlening": None,
        "zorg": None,
        "horeca": None,
        "bouw": 10,
    }


def test_firm_counts_once_for_an_initiative(engine: Engine, store, publish) -> None:
    store([referral(number, initiatives=[WORKPLACE, CAMPUS, WORKPLACE]) for number in range(4)])
    store([referral(number, initiatives=[]) for number in range(4, 20)])
    assert "initiatief" not in publish()["tables"]


@pytest.mark.parametrize(("demonstration", "told"), [(False, 30), (True, 7)])
def test_scans_at_a_site_that_does_not_count_are_in_a_demonstration_only(
    engine: Engine, knowledge: Knowledge, store, *, demonstration: bool, told: int
) -> None:
    store(thirty())
    store([referral(600 + number, site="demo", stage="verder", sbi2008="Q") for number in range(7)])
    assert live_total(engine, knowledge.sites, CODE, FOR_STAFF, demonstration=demonstration) == told
    made = publish_event(engine, knowledge, SECRET, CODE, TODAY, demonstration=demonstration)
    assert made.total == told
    if not demonstration:
        assert made.tables["fase"] == (Row("adhoc", 15), Row("engaged", 10), Row("verder", 5))
        assert Row("zorg", None) in made.tables["sector"]


@pytest.mark.parametrize(("records", "told"), [(0, None), (4, None), (5, 5)])
def test_small_event_has_a_total_at_most(engine: Engine, store, publish, records: int, told: int | None) -> None:
    store([referral(number) for number in range(records)])
    made = publish()
    assert (made["total"], made["tables"]) == (told, {})


def test_below_the_threshold_not_even_the_tables_are_stored(engine: Engine, store, publish) -> None:
    store([referral(number) for number in range(4)])
    publish()
    assert cells(engine) == [(f"evenement/{CODE}", "totaal", "", None, "te_klein")]


def test_table_that_is_not_shown_looks_the_same_whatever_the_reason(engine: Engine, store, publish) -> None:
    store([referral(number) for number in range(20)])  # all are the same
    store([referral(100 + number, event="ANDERS", stage="engaged" if number < 4 else "adhoc") for number in range(12)])
    publish()
    publish("ANDERS")
    stage = [cell[2:] for cell in cells(engine) if cell[1] == "fase"]
    assert stage == [(name, None, "samengevoegd") for name in ("adhoc", "engaged", "verder")] * 2
    with Session(engine) as session:
        reasons = [publication.decisions["fase"] for publication in session.scalars(select(Publication))]
    assert set(reasons) == {"overwicht", "te_weinig"}


def test_records_of_elsewhere_do_not_count(engine: Engine, store, publish) -> None:
    store(thirty())
    store([referral(100 + number, event=None, channel="widget") for number in range(7)])
    store([referral(200 + number, event="ANDERS-1AA") for number in range(7)])
    assert publish()["total"] == 30


def test_figures_are_made_once(engine: Engine, store, publish) -> None:
    store(thirty())
    first = publish()
    before = cells(engine)
    store([referral(300, stage="verder", sbi2008="A", size_class="250+", initiatives=[LOKET])])
    assert publish(today=date(2027, 1, 1)) == first
    assert cells(engine) == before


def test_made_by_several_at_the_same_moment_there_is_one(engine: Engine, store, publish) -> None:
    store(thirty())
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: publish(), range(8)))
    assert all(one == made[0] for one in made)
    with Session(engine) as session:
        assert len(session.scalars(select(Publication)).all()) == 1


def test_event_of_which_nothing_was_published_has_no_summary(engine: Engine) -> None:
    assert read_summary(engine, CODE) is None


def test_order_of_arrival_changes_nothing(tmp_path: Path, knowledge: Knowledge) -> None:
    stored = []
    for number in range(3):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        migrate(url)
        opened = open_database(url)
        records = thirty() + [referral(400 + extra, sbi2008="Q", question="personeel") for extra in range(7)]
        random.Random(number).shuffle(records)
        for record in records:
            with Session(opened) as session, session.begin():
                session.add(record)
        publish_event(opened, knowledge, SECRET, CODE, TODAY)
        stored.append(cells(opened))
        opened.dispose()
    assert stored[0] == stored[1] == stored[2]


def test_postgresql_gives_the_same_figures(
    engine: Engine, store, publish, knowledge: Knowledge, postgresql: str
) -> None:
    migrate(postgresql)
    other = open_database(postgresql)
    with Session(other) as session, session.begin():
        session.add_all(thirty())
    store(thirty())
    publish()
    publish_event(other, knowledge, SECRET, CODE, TODAY)
    assert cells(other) == cells(engine)
    other.dispose()


def test_seven_of_the_same_records_are_rounded_the_same_in_every_table(engine: Engine, store, publish) -> None:
    store(thirty()[:25])
    store([referral(500 + extra, stage="verder", sbi2008="Q", question="personeel") for extra in range(7)])
    made = {name: {row["code"]: row["value"] for row in rows} for name, rows in publish()["tables"].items()}
    assert made["fase"]["verder"] == made["sector"]["zorg"] == made["hulpvraag"]["personeel"]
