"""What of a lead goes to the anonymous record, when, and how often."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.leads.keeping import Keeper
from api.leads.progress import Step
from api.leads.service import Leads
from api.portal.attempts import Attempts
from knowledge.base import Knowledge
from tests.api.lead_office import DAY, NOW, ONE, SOMEBODY, Office, at


@pytest.fixture
def office(tmp_path: Path, knowledge: Knowledge) -> Office:
    return Office.new(tmp_path, knowledge)


@pytest.mark.parametrize(
    ("moment", "lead_time"),
    [
        ("2026-11-26 23:59", "0-2"),
        ("2026-11-30 09:00", "0-2"),  # Thursday to Monday: Friday and Monday
        ("2026-12-01 00:00", "3-5"),
        ("2026-12-04 09:00", "6-10"),
        ("2026-12-28 09:00", "11+"),
        ("2026-11-01 09:00", "0-2"),  # the clock was turned back
    ],
)
def test_first_contact_counts_with_the_working_days_it_took(office: Office, moment: str, lead_time: str) -> None:
    lead = office.lead(when=at("2026-11-26 10:00"))
    office.move(lead, "contact", now=at(moment))
    assert office.outcomes() == [("contact", "", lead_time)]


def test_contact_that_was_skipped_counts_too(office: Office) -> None:
    office.move(office.lead(), "gestart")
    assert office.outcomes() == [("contact", "", "0-2")]


def test_second_contact_after_opening_again_does_not_count(office: Office) -> None:
    office.move(office.lead(), "contact", "geen_plek", "opgepakt", "contact")
    assert office.outcomes() == [("contact", "", "0-2")]


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (Step("afgerond", helped=True), "geholpen"),
        (Step("afgerond", helped=False), "niet_verder"),
        (Step("niet_passend"), "niet_passend"),
        (Step("geen_gehoor"), "geen_gehoor"),
        (Step("geen_plek"), "geen_plek"),
    ],
)
def test_end_counts_once_when_it_is_final(office: Office, step: Step, outcome: str) -> None:
    lead = office.lead(when=NOW)
    office.desk.move(office.viewer("anna"), lead, step, office.row(lead).version, NOW)
    office.sweep(NOW + 7 * DAY - 1, office.keeper.sweep)
    assert "afgesloten" not in [done for done, _, _ in office.outcomes()]
    office.sweep(NOW + 7 * DAY, office.keeper.sweep)
    office.sweep(NOW + 8 * DAY, office.keeper.sweep)
    assert [(done, came) for done, came, _ in office.outcomes() if done == "afgesloten"] == [("afgesloten", outcome)]
    assert office.row(lead).settled


def test_lead_that_was_opened_again_counts_with_its_last_end(office: Office) -> None:
    lead = office.lead(when=NOW)
    office.move(lead, "geen_gehoor")
    office.move(lead, "opgepakt", "afgerond", now=NOW + 5 * DAY)
    office.sweep(NOW + 8 * DAY, office.keeper.sweep)
    assert [done for done, _, _ in office.outcomes()] == ["contact"]
    office.sweep(NOW + 12 * DAY, office.keeper.sweep)
    assert ("afgesloten", "geholpen", "") in office.outcomes()


def test_end_counts_also_when_the_lead_must_go_before_it_is_final(office: Office) -> None:
    lead = office.lead(when=NOW)
    office.move(lead, "geen_plek", now=NOW + 363 * DAY)
    office.sweep(NOW + 365 * DAY, office.keeper.sweep)
    assert [(done, came) for done, came, _ in office.outcomes()] == [("afgesloten", "geen_plek")]


def test_closed_lead_that_is_withdrawn_counts_as_it_ended(office: Office) -> None:
    office.move(office.lead(), "afgerond")
    office.erase()
    assert [(done, came) for done, came, _ in office.outcomes() if done == "afgesloten"] == [("afgesloten", "geholpen")]


def test_open_lead_that_is_withdrawn_counts_as_such(office: Office) -> None:
    office.move(office.lead(), "opgepakt")
    office.erase()
    assert office.outcomes() == [("afgesloten", "ingetrokken", "")]


@pytest.mark.parametrize("steps", [("gestart",), ("afgerond",), ("gestart", "afgerond"), ("contact", "gestart")])
def test_firm_that_starts_takes_part_once(office: Office, steps: tuple[str, ...]) -> None:
    office.move(office.lead(), *steps, now=at("2026-12-31 23:30"))
    assert office.participants() == [(ONE, 2026, "C", "GM0355", "2-9", "adhoc", "aanvraag")]


def test_firm_that_starts_again_takes_part_once(office: Office) -> None:
    office.move(office.lead(), "afgerond", "opgepakt", "gestart")
    assert len(office.participants()) == 1


def test_firm_that_never_starts_takes_no_part(office: Office) -> None:
    office.move(office.lead(), "contact", "niet_passend")
    assert office.participants() == []


def test_participant_has_nothing_that_leads_to_its_lead(office: Office) -> None:
    lead = office.lead()
    office.move(lead, "gestart")
    row = office.row(lead)
    with office.engine.connect() as connection:
        participant = connection.exec_driver_sql("select * from participant").one()
    assert not {row.id, row.request, row.consent} & {str(value) for value in participant}


def test_lead_of_a_demonstration_counts_nowhere(office: Office) -> None:
    lead = office.lead(counts=False)
    office.move(lead, "contact", "gestart", "afgerond")
    office.sweep(NOW + 8 * DAY, office.keeper.sweep)
    assert office.outcomes() == office.participants() == []
    assert office.row(lead).settled


def test_withdrawing_many_times_at_once_counts_once(office: Office) -> None:
    office.move(office.lead(), "opgepakt")
    leads = Leads(office.engine, office.knowledge, office.vault, Attempts(office.engine, office.vault.index))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(leads.erase, [SOMEBODY.email or ""] * 8))
    assert office.outcomes() == [("afgesloten", "ingetrokken", "")]
    assert office.mails().count("ingetrokken") == 1


def test_several_processes_count_an_end_once(office: Office) -> None:
    for _ in range(5):
        office.move(office.lead(when=NOW), "geen_plek")
    keepers = [Keeper(office.engine, office.vault) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda keeper: keeper.sweep(NOW + 8 * DAY), keepers))
    assert office.outcomes() == [("afgesloten", "geen_plek", "")] * 5
