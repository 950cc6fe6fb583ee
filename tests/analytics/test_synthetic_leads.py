"""Made-up leads: as plausible as the firms they are of, marked, and without a trace of which firm that is."""

from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from analytics.database import migrate, open_database
from analytics.models import Outcome
from analytics.recording import add_outcome
from analytics.synthetic import SYNTHETIC, RealRecords, fill, generate
from knowledge.base import Knowledge

JANUARY, OCTOBER = date(2026, 1, 1), date(2026, 10, 31)


@pytest.fixture(scope="module")
def firms_and_steps(knowledge: Knowledge) -> tuple[int, list[dict[str, Any]]]:
    """How many of 10,000 firms were referred to an initiative, and the steps of their leads until a year later."""
    batches = list(generate(knowledge, seed=1, records=10_000, first=JANUARY, last=OCTOBER))
    referred = {row["referral_id"] for batch in batches for row in batch.initiatives}
    return len(referred), list(chain(*(batch.outcomes for batch in batches)))


def shares(steps: list[dict[str, Any]], column: str, **wanted: str) -> dict[str, float]:
    counted = Counter(step[column] for step in steps if all(step[name] == value for name, value in wanted.items()))
    return {name: number / counted.total() for name, number in counted.items()}


def test_a_quarter_to_a_third_of_the_firms_asks_and_some_ask_several(firms_and_steps) -> None:
    firms, steps = firms_and_steps
    asked = sum(step["step"] == "aangevraagd" for step in steps)
    assert 0.28 < asked / firms < 0.45


def test_about_36_percent_of_what_was_closed_is_helped(firms_and_steps) -> None:
    closed = shares(firms_and_steps[1], "outcome", step="afgesloten")
    assert 0.33 < closed["geholpen"] < 0.39
    assert len(closed) == 7


def test_most_owners_are_in_contact_within_a_week(firms_and_steps) -> None:
    times = shares(firms_and_steps[1], "lead_time", step="contact")
    assert list(dict(sorted(times.items(), key=lambda one: -one[1]))) == ["0-2", "3-5", "6-10", "11+"]


def test_entrepreneurs_agree_with_owners_more_often_than_not(firms_and_steps) -> None:
    said = shares(firms_and_steps[1], "outcome", step="ervaring")
    assert 0.3 < said["geholpen"] < 0.5
    assert set(said) == {"geholpen", "nog_bezig", "niet_geholpen"}


def test_every_step_is_one_that_the_product_records(firms_and_steps, tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'x.db'}")
    engine = open_database(f"sqlite:///{tmp_path / 'x.db'}")
    kinds = {(step["step"], step["outcome"], step["lead_time"]) for step in firms_and_steps[1]}
    with Session(engine) as session:
        for step, outcome, lead_time in kinds:
            add_outcome(session, initiative="x", step=step, outcome=outcome, lead_time=lead_time, day=JANUARY)
        session.rollback()
    engine.dispose()
    assert len(kinds) == 1 + 4 + 7 + 3


def test_nothing_happens_after_the_last_day(firms_and_steps) -> None:
    months = {step["month"] for step in firms_and_steps[1]}
    assert (min(months), max(months)) == ("2026-01", "2026-10")


def test_every_step_is_marked_and_none_tells_of_which_lead_it_is(firms_and_steps) -> None:
    steps = firms_and_steps[1]
    ids = [step["id"] for step in steps]
    assert all(identifier.startswith(f"{SYNTHETIC}-") and len(identifier) == 36 for identifier in ids)
    assert len(set(ids)) == len(ids)
    # In the order of their ids the steps of all months are mixed.
    ordered = [step["month"] for step in sorted(steps, key=lambda step: step["id"])]
    assert Counter(ordered[: len(ordered) // 2]).keys() == Counter(ordered).keys()


def test_made_up_leads_never_stand_beside_real_ones(knowledge: Knowledge, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    engine = open_database(url)
    with Session(engine) as session, session.begin():
        add_outcome(session, initiative="x", step="aangevraagd", day=JANUARY)
    with pytest.raises(RealRecords):
        fill(engine, knowledge, seed=1, records=10, first=JANUARY, last=OCTOBER)
    with Session(engine) as session:
        assert session.query(Outcome).count() == 1
    engine.dispose()
