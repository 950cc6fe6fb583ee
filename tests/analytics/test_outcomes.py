"""Steps of leads in the anonymous store: only what there is to count is kept."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from analytics.database import migrate, open_database
from analytics.models import Outcome
from analytics.outcomes import lead_time_class
from analytics.recording import add_outcome


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    url = f"sqlite:///{tmp_path}/outcomes.db"
    migrate(url)
    return open_database(url)


def test_a_step_keeps_its_month_and_nothing_else_of_its_day(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        # A Monday in November; its week belongs to December, in which its Thursday lies.
        add_outcome(session, initiative="cyber", step="contact", lead_time="3-5", day=date(2026, 11, 30))
    with Session(engine) as session:
        stored = session.scalars(select(Outcome)).one()
    told = {name: getattr(stored, name) for name in ("month", "initiative", "step", "outcome", "lead_time", "period")}
    assert told == {
        "month": "2026-12",
        "initiative": "cyber",
        "step": "contact",
        "outcome": "",
        "lead_time": "3-5",
        "period": "2026-12",
    }


def test_nothing_is_kept_when_the_transaction_of_the_caller_fails(engine: Engine) -> None:
    with Session(engine) as session:
        add_outcome(session, initiative="cyber", step="aangevraagd", day=date(2026, 11, 26))
        session.rollback()
    with Session(engine) as session:
        assert session.scalars(select(Outcome)).all() == []


@pytest.mark.parametrize(
    ("step", "outcome", "lead_time"),
    [
        ("gezien", "", ""),
        ("aangevraagd", "geholpen", ""),
        ("afgesloten", "", ""),
        ("afgesloten", "nog_bezig", ""),
        ("ervaring", "niet_verder", ""),
        ("contact", "", ""),
        ("contact", "", "2 dagen"),
        ("afgesloten", "geholpen", "0-2"),
    ],
)
def test_a_step_that_cannot_be_counted_is_refused(engine: Engine, step: str, outcome: str, lead_time: str) -> None:
    with Session(engine) as session, pytest.raises(ValueError, match="no such"):
        add_outcome(
            session, initiative="cyber", step=step, outcome=outcome, lead_time=lead_time, day=date(2026, 11, 26)
        )


@pytest.mark.parametrize(
    ("days", "name"), [(0, "0-2"), (2, "0-2"), (3, "3-5"), (5, "3-5"), (6, "6-10"), (10, "6-10"), (11, "11+")]
)
def test_the_working_days_until_contact_are_kept_as_a_class(days: int, name: str) -> None:
    assert lead_time_class(days) == name


def test_contact_before_the_lead_came_is_refused() -> None:
    with pytest.raises(ValueError, match="before"):
        lead_time_class(-1)
