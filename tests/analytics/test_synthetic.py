"""Made-up records: like real ones, the same for the same seed, always marked, and never beside real ones."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from analytics.database import migrate, open_database
from analytics.models import Outcome, Referral, ReferredInitiative, Stopped
from analytics.periods import month_of
from analytics.recording import Recorder, Source
from analytics.synthetic import SYNTHETIC, Batch, RealRecords, fill, generate
from analytics.synthetic.__main__ import main
from analytics.synthetic.firms import visits
from knowledge.base import Knowledge
from knowledge.matching import Profile, refer
from knowledge.result import result
from tests.analytics.test_recording import ANSWERS, TODAY

JANUARY, OCTOBER = date(2026, 1, 1), date(2026, 10, 31)
THURSDAY = "-4"


def made(
    knowledge: Knowledge, records: int = 3000, seed: int = 1, first: date = JANUARY, last: date = OCTOBER
) -> Batch:
    batches = list(generate(knowledge, seed=seed, records=records, first=first, last=last))
    return Batch(
        list(chain(*(batch.referrals for batch in batches))),
        list(chain(*(batch.initiatives for batch in batches))),
        list(chain(*(batch.stops for batch in batches))),
        list(chain(*(batch.outcomes for batch in batches))),
    )


@pytest.fixture(scope="module")
def many(knowledge: Knowledge) -> Batch:
    return made(knowledge, 20_000)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'x.db'}" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    migrate(url)
    opened = open_database(url)
    with Session(opened) as session, session.begin():
        for table in (Referral, Stopped, Outcome):
            for row in session.scalars(select(table)):
                session.delete(row)
    yield opened
    opened.dispose()


def counted(engine: Engine, table: type) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def share(rows: list[dict[str, Any]], **wanted: str) -> float:
    return sum(all(row[key] == value for key, value in wanted.items()) for row in rows) / len(rows)


def test_the_same_seed_gives_the_same_records(knowledge):
    assert made(knowledge, 300) == made(knowledge, 300)


def test_another_seed_gives_other_records(knowledge):
    assert made(knowledge, 300) != made(knowledge, 300, seed=2)


@pytest.mark.parametrize("records", [0, 1, 3, 5000, 5001])
def test_there_are_as_many_referrals_as_were_asked_for(knowledge, records):
    assert len(made(knowledge, records).referrals) == records


def test_every_record_is_marked_as_synthetic(many):
    assert {row["scoring_version"] for row in many.referrals} == {SYNTHETIC}
    assert all(row["id"].startswith(f"{SYNTHETIC}-") for row in many.referrals + many.stops)


def test_ids_are_unique_and_fit_their_column(many):
    ids = [row["id"] for row in many.referrals]
    assert len(set(ids)) == len(ids)
    assert {len(identifier) for identifier in ids} == {36}


def test_conversations_stopped_beside_the_referrals_at_every_core_question(many, knowledge):
    assert len(many.stops) == 12_000
    assert {row["question"] for row in many.stops} == {question.id for question in knowledge.intake.core}


def test_weeks_lie_between_the_days_also_around_new_year(knowledge):
    rows = made(knowledge, 500, first=date(2026, 12, 29), last=date(2027, 1, 3)).referrals
    assert {row["week"] for row in rows} == {"2026-W53"}  # Monday 28 December to Sunday 3 January
    rows = made(knowledge, 500, first=date(2026, 12, 31), last=date(2027, 1, 4)).referrals
    assert {row["week"] for row in rows} == {"2026-W53", "2027-W01"}


def test_a_last_day_before_the_first_is_refused(knowledge):
    with pytest.raises(ValueError, match="before the first"):
        made(knowledge, first=OCTOBER, last=JANUARY)


def test_summer_is_quiet(many):
    weeks = Counter(row["week"] for row in many.referrals if row["event"] is None)
    assert max(weeks[f"2026-W{week}"] for week in range(28, 35)) < min(weeks[f"2026-W{week}"] for week in range(36, 44))


def test_only_sites_that_count_are_visited(many, knowledge):
    sites = {row["site"] for row in many.referrals + many.stops}
    assert sites == {identifier for identifier, site in knowledge.sites.items() if site.telt}


def test_an_event_has_a_code_one_week_and_one_site(many):
    events = {row["event"] for row in many.referrals}
    assert len(events - {None}) >= 3
    for event in events - {None}:
        there = {(row["week"], row["site"], row["channel"]) for row in many.referrals if row["event"] == event}
        assert len(there) == 1
    assert all((row["channel"] == "evenement") == (row["event"] is not None) for row in many.referrals)


def test_sectors_and_sizes_go_together_as_cbs_has_them(many):
    """In Handel 7434 of 8908 firms with fewer than 50 people are micro, in Zorg 2767 of 3954: 83% and 70%."""

    def micro(section: str) -> float:
        small = [row for row in many.referrals if row["size_class"] in ("2-9", "10-49")]
        of_section = [row for row in small if row["sbi2008"] == section]
        return share(of_section, size_class="2-9")

    assert micro("G") > micro("Q") + 0.05
    assert share(many.referrals, sbi2008="G") > share(many.referrals, sbi2008="M") > share(many.referrals, sbi2008="F")


def test_those_who_work_alone_are_there_and_so_is_what_was_not_told(many):
    assert 0.2 < share(many.referrals, size_class="1") < 0.35
    for column in ("size_class", "sbi2008", "municipality"):
        assert 0.005 < share(many.referrals, **{column: "onbekend"}) < 0.05


def test_larger_firms_are_further(many):
    micro = [row for row in many.referrals if row["size_class"] == "2-9"]
    middle = [row for row in many.referrals if row["size_class"] == "50-249"]
    assert share(middle, stage="verder") > 2 * share(micro, stage="verder")


def test_scores_belong_to_the_stage(many, knowledge):
    for row in many.referrals:
        stage = knowledge.intake.stage(row["stage"])
        assert stage.van <= row["score"] <= stage.tot


def test_every_record_has_what_the_real_matching_gives(many, knowledge):
    initiatives: dict[str, list[str]] = {}
    for row in many.initiatives:
        initiatives.setdefault(row["referral_id"], []).append(row["initiative"])
    for row in many.referrals[:400]:
        firm = Profile(row["size_class"], row["municipality"], row["question"], row["stage"], row["safety_flag"])
        day = date.fromisoformat(row["week"] + THURSDAY)
        referral = refer(firm, knowledge.catalogue, knowledge.municipalities, day)
        assert initiatives.get(row["id"], []) == [matched.initiative.id for matched in referral.shown]
        assert row["fallback"] == referral.fallback.initiative.id
        assert row["nothing_fits"] == referral.nothing_fits


def test_what_ends_with_the_year_is_gone_in_the_next(knowledge):
    """U-Tech runs to the end of 2026, and Wijdemeren (GM1696) becomes part of Hilversum (GM0402)."""
    over = made(knowledge, 4000, first=date(2026, 12, 1), last=date(2027, 2, 28))
    weeks = {row["id"]: row["week"] for row in over.referrals}
    ended = {weeks[row["referral_id"]][:4] for row in over.initiatives if row["initiative"] == "u-tech-community"}
    assert ended == {"2026"}
    assert {row["week"][:4] for row in over.referrals if row["municipality"] == "GM1696"} == {"2026"}
    assert {row["week"][:4] for row in over.referrals if row["municipality"] == "GM0402"} == {"2026", "2027"}


def test_ten_million_records_come_a_batch_at_a_time(knowledge):
    first = next(generate(knowledge, seed=1, records=10_000_000, first=JANUARY, last=OCTOBER))
    assert len(first.referrals) == 5000


def test_a_database_is_filled_with_all_of_it(engine, knowledge):
    expected = made(knowledge, 6000)
    fill(engine, knowledge, seed=1, records=6000, first=JANUARY, last=OCTOBER)
    assert counted(engine, Referral) == 6000
    assert counted(engine, ReferredInitiative) == len(expected.initiatives)
    assert counted(engine, Stopped) == len(expected.stops)
    with Session(engine) as session:
        told = session.execute(select(Referral.week, Referral.period)).all()
        assert told and all(month_of(week).id == period for week, period in told)


def test_more_can_be_added_to_what_is_synthetic(engine, knowledge):
    fill(engine, knowledge, seed=1, records=20, first=JANUARY, last=OCTOBER)
    fill(engine, knowledge, seed=2, records=30, first=JANUARY, last=OCTOBER)
    assert counted(engine, Referral) == 50


def test_nothing_is_added_beside_a_real_referral(engine, knowledge):
    outcome = result(knowledge, ANSWERS, TODAY)
    Recorder(engine, knowledge).record_referral(Source("real", "utrecht", "widget"), ANSWERS, outcome, TODAY)
    with pytest.raises(RealRecords):
        fill(engine, knowledge, seed=1, records=20, first=JANUARY, last=OCTOBER)
    assert counted(engine, Referral) == 1


def test_nothing_is_added_beside_a_real_conversation_that_stopped(engine, knowledge):
    Recorder(engine, knowledge).record_stopped(Source("real", "utrecht", "widget"), "personen", TODAY)
    with pytest.raises(RealRecords):
        fill(engine, knowledge, seed=1, records=20, first=JANUARY, last=OCTOBER)
    assert counted(engine, Stopped) == 1


def test_conversations_of_the_demonstration_are_not_in_the_way(engine, knowledge):
    outcome = result(knowledge, ANSWERS, TODAY)
    Recorder(engine, knowledge).record_referral(Source("tried", "demo", "widget"), ANSWERS, outcome, TODAY)
    Recorder(engine, knowledge).record_stopped(Source("tried-too", "demo", "widget"), "personen", TODAY)
    fill(engine, knowledge, seed=1, records=20, first=JANUARY, last=OCTOBER)
    assert counted(engine, Referral) == 21


@pytest.fixture
def command_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    migrate(url)
    opened = open_database(url)
    yield opened
    opened.dispose()


PERIOD = ["--van", "2026-01-01", "--tot", "2026-10-31"]


def test_the_command_fills_the_database(command_database, capsys):
    assert main(["--aantal", "40", *PERIOD]) == 0
    assert counted(command_database, Referral) == 40
    assert "40 synthetische doorverwijzingen" in capsys.readouterr().out


def test_the_command_says_what_to_do_when_there_are_real_records(command_database, knowledge, capsys):
    Recorder(command_database, knowledge).record_stopped(Source("real", "utrecht", "widget"), "personen", TODAY)
    assert main(PERIOD) == 1
    said = capsys.readouterr().err
    assert "echte gesprekken" in said
    assert "DATABASE_URL=" in said
    assert counted(command_database, Referral) == 0


def test_the_command_says_that_the_database_cannot_be_opened(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'nergens' / 'x.db'}")
    assert main(PERIOD) == 1
    assert capsys.readouterr().err == "De gegevens zijn niet te gebruiken: unable to open database file\n"


def test_nobody_visits_where_no_site_counts(knowledge):
    demo = {"demo": knowledge.sites["demo"]}
    with pytest.raises(ValueError, match="no site counts"):
        visits(replace(knowledge, sites=demo), {"widget": 1.0})


def test_the_command_refuses_days_in_the_wrong_order(command_database, capsys):
    assert main(["--van", "2026-10-31", "--tot", "2026-01-01"]) == 1
    assert "ligt voor de eerste" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [(["--aantal", "0"], "geen aantal"), (["--aantal", "x"], "geen aantal"), (["--tot", "x"], "geen datum")],
)
def test_the_command_says_what_is_wrong_with_what_was_given(capsys, given, said):
    with pytest.raises(SystemExit):
        main([*PERIOD, *given])
    assert said in capsys.readouterr().err
