"""Importing: each firm once, whatever file it comes from, and nothing of a row that is wrong."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from analytics.database import migrate, open_database
from api.imports.service import LATE_DAYS, Undecided
from api.imports.table import Unreadable
from knowledge.base import Knowledge
from knowledge.result import result
from tests.api.imports.files import CORE, FURTHER, TODAY, Hall, csv_file, intake, xlsx_file

FIRMS = [intake(Aantal_mensen=n, Plaats=place) for n in (1, 3, 12) for place in ("Zeist", "Utrecht")]


def test_row_becomes_the_record_that_the_tablet_would_make(hall: Hall, knowledge: Knowledge) -> None:
    further = dict(zip(FURTHER, ("a", "b", "n.v.t.", "c", "d"), strict=True))
    assert hall.take(csv_file([{**intake(Datum="1-9-2026"), **further}], (*CORE, *FURTHER))) == 1
    (record,) = hall.records()
    codes = {
        "personen": "2-9",
        "bedrijf": "T/S",
        "gemeente": "GM0355",
        "hulpvraag": "klanten",
        **dict(zip(("administratie", "vindbaar", "gegevens"), "123", strict=True)),
        **{"backup_updates": "0", "inloggen": "weet_niet", "plan": "0", "bestanden": "1", "online_bestellen": "nvt"},
        **{"mensen": "2", "automatisering": "3"},
    }
    outcome = result(knowledge, codes, date(2026, 9, 1))
    assert (record.channel, record.event, record.site, record.week) == (
        "evenement",
        hall.event.code,
        "utrecht",
        "2026-W36",
    )
    assert (record.sbi2025, record.sbi2008, record.size_class, record.municipality, record.question) == (
        "T",
        "S",
        "2-9",
        "GM0355",
        "klanten",
    )
    assert (record.stage, record.score, record.provisional) == (
        outcome.maturity.stage,
        outcome.maturity.score,
        outcome.maturity.provisional,
    )


def test_more_rows_than_a_file_may_have_are_refused_but_empty_ones_do_not_count(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.imports.service.MOST_ROWS", len(FIRMS))
    names = ("Nr", *CORE)
    assert hall.look(csv_file([*FIRMS, {"Nr": "7"}], names)).new == len(FIRMS)
    with pytest.raises(Unreadable, match="Verdeel het over meer bestanden"):
        hall.look(csv_file([*FIRMS, intake(Plaats="Baarn")], names))


def test_looking_records_nothing(hall: Hall) -> None:
    assert hall.look(csv_file(FIRMS)).new == len(FIRMS)
    assert hall.count() == 0


def test_half_an_intake_is_not_taken_and_what_is_missing_is_named(hall: Hall) -> None:
    half = {"Datum": "26-11-2026", "Plaats": "Zeist", "Gegevens": "a"}
    missing = [name for name in CORE if name not in half]
    assert hall.faults(csv_file([half])) == [(2, name, "") for name in missing]
    assert hall.take(csv_file([half, intake()])) == 1


def test_all_faults_of_all_rows_are_named(hall: Hall) -> None:
    rows = [
        intake(),
        intake(Datum="27-11-2026", Aantal_mensen="veel", Inloggen="z"),
        intake(Soort_bedrijf="autobedrijf", Plaats="Atlantis"),
        intake(Administratie="2", Gegevens=""),
    ]
    assert hall.faults(csv_file(rows)) == [
        (3, "Datum", "27-11-2026"),
        (3, "Aantal mensen", "veel"),
        (3, "Inloggen", "z"),
        (4, "Soort bedrijf", "autobedrijf"),
        (4, "Plaats", "Atlantis"),
        (5, "Administratie", "2"),
        (5, "Gegevens", ""),
    ]


def same(rows: list[dict[str, object]]) -> list[bytes]:
    """The same intakes in other files."""
    shuffled = random.Random(1).sample(rows, len(rows))
    real_dates = [{**row, "Datum": TODAY, "Aantal mensen": int(str(row["Aantal mensen"]))} for row in rows]
    other_words = [
        {**row, "Hulpvraag": "Meer klanten of beter vindbaar", "Plaats": f" {row['Plaats']} "} for row in rows
    ]
    return [
        csv_file(rows),
        csv_file(shuffled),
        csv_file(rows, CORE[::-1], ",", "cp1252"),
        csv_file([{}, *rows, {}]),
        csv_file([{**row, "Datum": "2026-11-26"} for row in rows]),
        csv_file(other_words),
        xlsx_file(real_dates),
        xlsx_file(rows, ("Nr", *CORE)),
    ]


@pytest.mark.parametrize("which", range(8))
def test_same_intakes_come_in_once(hall: Hall, which: int) -> None:
    assert hall.take(csv_file(FIRMS)) == len(FIRMS)
    again = same(FIRMS)[which]
    assert (hall.look(again).new, len(hall.look(again).known)) == (0, len(FIRMS))
    assert hall.take(again) == 0
    assert hall.count() == len(FIRMS)


def test_firms_with_the_same_answers_count_each_and_still_only_once(hall: Hall) -> None:
    assert hall.take(csv_file([intake()] * 3)) == 3
    assert hall.take(csv_file([intake()] * 3)) == 0
    assert hall.take(csv_file([intake()] * 4)) == 1
    assert hall.count() == 4


def test_corrected_file_adds_only_what_is_new(hall: Hall) -> None:
    wrong = [*FIRMS[:3], {**FIRMS[3], "Datum": "ooit"}, *FIRMS[4:]]
    assert hall.take(csv_file(wrong)) == len(FIRMS) - 1
    assert hall.take(csv_file([*FIRMS, intake(Aantal_mensen="300")])) == 2
    assert hall.count() == len(FIRMS) + 1


def test_same_file_at_another_event_is_another_intake(hall: Hall) -> None:
    hall.take(csv_file(FIRMS))
    first = {record.id for record in hall.records()}
    hall.event = hall.new_event()
    assert hall.take(csv_file(FIRMS)) == len(FIRMS)
    assert not first & {record.id for record in hall.records()}


def test_words_that_were_chosen_count_and_are_not_asked_again(hall: Hall) -> None:
    data = csv_file([intake(Soort_bedrijf="autobedrijf"), intake(Plaats="Atlantis"), intake()])
    report = hall.look(data)
    numbers = {use.word.text: use.number for use in report.used("twijfel", "onbekend")}
    assert set(numbers) == {"autobedrijf", "Atlantis"}
    with pytest.raises(Undecided) as raised:
        hall.service.take(hall.event, report, {numbers["Atlantis"]: "buiten_regio"})
    assert raised.value.numbers == [numbers["autobedrijf"]]
    assert hall.count() == 0
    chosen = {numbers["Atlantis"]: "buiten_regio", numbers["autobedrijf"]: "onbekend"}
    assert hall.service.take(hall.event, report, chosen) == 3
    assert sorted((r.municipality, r.sbi2025) for r in hall.records()) == [
        ("GM0355", "T"),
        ("GM0355", "onbekend"),
        ("buiten_regio", "T"),
    ]
    again = hall.look(data)
    assert (again.new, again.used("twijfel", "onbekend", "zeker")) == (0, [])
    assert again.without_asking(hall.service.columns).faults == []


def test_clear_words_can_mean_something_else(hall: Hall) -> None:
    report = hall.look(csv_file([intake(), intake(Aantal_mensen="9")]))
    number = next(use.number for use in report.used("zeker") if use.word.text == "kapsalon")
    with pytest.raises(Undecided):
        hall.service.take(hall.event, report, {}, {number})
    assert hall.service.take(hall.event, report, {number: "G/G"}, {number}) == 2
    assert {record.sbi2025 for record in hall.records()} == {"G"}


def test_failure_half_way_records_nothing(hall: Hall) -> None:
    report = hall.look(csv_file(FIRMS))
    broken = replace(report.rows[-1], codes={**report.rows[-1].codes, "hulpvraag": "klanten"}, record=None)  # type: ignore[arg-type]
    with pytest.raises((SQLAlchemyError, TypeError)):
        hall.service.take(hall.event, replace(report, rows=[*report.rows[:-1], broken]), {})
    assert hall.count() == 0


@pytest.fixture(params=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest, tmp_path: Path, knowledge: Knowledge) -> Iterator[Hall]:
    url = f"sqlite:///{tmp_path / 'x.db'}" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    migrate(url)
    engine = open_database(url)
    yield Hall(engine, knowledge)
    engine.dispose()


def test_same_file_at_the_same_time_comes_in_once(each_database: Hall) -> None:
    rows = [intake(Aantal_mensen=str(number)) for number in range(1, 301)]
    files = [csv_file(rows), csv_file(rows[::-1]), xlsx_file(rows), csv_file(rows[100:])]
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(each_database.take, files))
    assert sum(taken) == each_database.count() == 300


class TestEvent:
    def test_takes_files_before_and_after_it(self, hall: Hall) -> None:
        for days in (-30, 0, 14 + LATE_DAYS):
            assert hall.service.refusal(hall.event, TODAY + timedelta(days=days)) is None

    def test_that_is_long_over_takes_none(self, hall: Hall) -> None:
        refusal = hall.service.refusal(hall.event, hall.event.last_day + timedelta(days=LATE_DAYS + 1))
        assert refusal is not None
        assert "10 december 2026" in refusal

    def test_that_is_closed_takes_none(self, hall: Hall) -> None:
        refusal = hall.service.refusal(replace(hall.event, closed_on=TODAY), TODAY)
        assert refusal is not None
        assert "afgesloten" in refusal


class TestStaged:
    @pytest.fixture(autouse=True)
    def forget_others(self, hall: Hall) -> None:
        hall.staged.sweep(10**9)

    def test_report_comes_back_as_it_was(self, hall: Hall) -> None:
        rows = [intake(), intake(Soort_bedrijf="autobedrijf"), intake(Plaats="Atlantis"), intake(Datum="ooit")]
        report = hall.look(csv_file(rows))
        token = hall.service.stage(hall.event, report, 1000)
        assert hall.service.staged(hall.event, token, 1001) == report

    def test_is_gone_after_an_hour_and_swept(self, hall: Hall) -> None:
        token = hall.service.stage(hall.event, hall.look(csv_file(FIRMS)), 1000)
        assert hall.service.staged(hall.event, token, 1000 + 3599) is not None
        assert hall.service.staged(hall.event, token, 1000 + 3600) is None
        assert hall.staged.sweep(1000 + 3600) == 1
        assert self.rows(hall) == 0

    def test_belongs_to_one_event_and_one_token(self, hall: Hall) -> None:
        token = hall.service.stage(hall.event, hall.look(csv_file(FIRMS)), 1000)
        assert hall.service.staged(hall.new_event(), token, 1001) is None
        assert hall.service.staged(hall.event, f"{token}x", 1001) is None

    def test_rows_are_forgotten_once_they_are_taken(self, hall: Hall) -> None:
        report = hall.look(csv_file([*FIRMS, intake(Datum="ooit")]))
        token = hall.service.stage(hall.event, report, 1000)
        hall.service.finish(token, report, 6)
        left = hall.service.staged(hall.event, token, 1001)
        assert left is not None
        assert (left.rows, left.words, left.taken, left.faults) == ([], [], 6, report.faults)

    def test_more_unclear_words_than_a_page_can_ask_about_are_faults(self, hall: Hall) -> None:
        rows = [intake(Plaats=f"xq{number}zw") for number in range(130)]
        token = hall.service.stage(hall.event, hall.look(csv_file(rows)), 1000)
        staged = hall.service.staged(hall.event, token, 1001)
        assert staged is not None
        assert (len(staged.used("onbekend")), staged.faulty, staged.new) == (100, 30, 100)

    def rows(self, hall: Hall) -> int:
        with hall.engine.connect() as connection:
            return int(connection.execute(text("select count(*) from staged_import")).scalar_one())


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_10_000_rows_of_which_500_are_wrong(hall: Hall, make: Callable[..., bytes]) -> None:
    names = (*CORE, *FURTHER)
    chance = random.Random(5)
    rows, wrong = [], {}
    for number in range(10_000):
        firm = f"{chance.choice(('kapsalon', 'webshop', 'loodgieter', 'restaurant'))} {chance.randrange(400)}"
        place = chance.choice(("Zeist", "Utrecht", "Maarn", "3701 AB", "Veenendaal"))
        answers = [chance.choice("abcd?") for _ in names[4:]]
        row = dict(zip(names, ("26-11-2026", chance.randrange(1, 300), firm, place, *answers), strict=True))
        if number % 20 == 7:
            name = names[number // 20 % len(names)]
            row[name] = "%%%"
            wrong[number + 2] = name
        rows.append(row)
    data = make(rows, names)
    started = time.process_time()
    report = hall.look(data).without_asking(hall.service.columns)
    taken = hall.service.take(hall.event, report, {})
    print(f"\n10,000 rows, {make.__name__}: {time.process_time() - started:.1f} s of one core")
    assert {fault.row: fault.column for fault in report.faults} == wrong
    assert len(report.faults) == report.faulty == 500
    assert all(fault.value == "%%%" and fault.what and fault.remedy for fault in report.faults)
    assert taken == hall.count() == 9_500
