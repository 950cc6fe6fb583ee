"""What an owner says of a lead: which steps can follow, what they set, and two owners at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.leads.errors import Changed, NotPossible
from api.leads.progress import Step
from knowledge.base import Knowledge
from tests.api.lead_office import DAY, NOW, Office


@pytest.fixture
def office(tmp_path: Path, knowledge: Knowledge) -> Office:
    return Office.new(tmp_path, knowledge)


def test_steps_one_by_one_each_get_their_moment(office: Office) -> None:
    lead = office.lead()
    for number, status in enumerate(("opgepakt", "contact", "gestart", "afgerond")):
        office.move(lead, status, now=NOW + number * DAY)
    row = office.row(lead)
    moments = (row.taken_up_at, row.contact_at, row.started_at, row.closed_at)
    assert moments == tuple(NOW + number * DAY for number in range(4))
    assert row.status == "afgerond"


def test_steps_that_were_skipped_were_taken_too(office: Office) -> None:
    lead = office.lead()
    office.move(lead, "afgerond")
    row = office.row(lead)
    assert row.taken_up_at == row.contact_at == row.started_at == row.closed_at == NOW


def test_no_answer_is_no_contact(office: Office) -> None:
    lead = office.lead()
    office.move(lead, "opgepakt", "geen_gehoor")
    assert office.row(lead).contact_at is None


@pytest.mark.parametrize("reason", ["niet_passend", "geen_gehoor", "geen_plek"])
def test_every_reason_closes_a_lead(office: Office, reason: str) -> None:
    lead = office.lead()
    office.move(lead, reason)
    assert (office.row(lead).status, office.row(lead).closed_at) == (reason, NOW)


def test_finishing_keeps_what_the_owner_heard(office: Office) -> None:
    lead = office.lead()
    office.move(lead, "afgerond", helped=False, satisfaction=4)
    assert (office.row(lead).helped, office.row(lead).satisfaction) == (False, 4)


def test_step_back_cannot_be_taken(office: Office) -> None:
    lead = office.lead()
    office.move(lead, "gestart")
    with pytest.raises(NotPossible):
        office.move(lead, "contact")
    assert office.row(lead).status == "gestart"


@pytest.mark.parametrize("status", ["ingetrokken", "verlopen", "gezien", "afgeleverd", "aangevraagd", "onzin", ""])
def test_owner_cannot_make_anything_else_of_it(office: Office, status: str) -> None:
    lead = office.lead()
    with pytest.raises(NotPossible):
        office.move(lead, status)


def test_withdrawn_lead_takes_no_step(office: Office) -> None:
    lead = office.lead()
    version = office.row(lead).version
    office.erase()
    with pytest.raises(Changed):
        office.desk.move(office.viewer("anna"), lead, Step("opgepakt"), version, NOW)
    with pytest.raises(NotPossible):
        office.move(lead, "opgepakt")


def test_closed_lead_is_kept_for_90_days(office: Office) -> None:
    lead = office.lead(when=NOW)
    office.move(lead, "contact", now=NOW + DAY)
    assert office.row(lead).destroy_at == NOW + 365 * DAY
    office.move(lead, "geen_plek", now=NOW + 10 * DAY)
    assert office.row(lead).destroy_at == NOW + 100 * DAY


def test_lead_that_is_closed_late_is_kept_no_longer_than_a_year(office: Office) -> None:
    lead = office.lead(when=NOW)
    office.move(lead, "geen_plek", now=NOW + 300 * DAY)
    assert office.row(lead).destroy_at == NOW + 365 * DAY


def test_entrepreneur_is_asked_how_it_went_also_of_a_closed_lead(office: Office) -> None:
    lead = office.lead(when=NOW)
    office.move(lead, "afgerond")
    assert office.row(lead).follow_up_at == NOW + 30 * DAY


def test_closed_lead_can_be_opened_again_for_a_week(office: Office) -> None:
    lead = office.lead(when=NOW)
    office.move(lead, "afgerond", satisfaction=5)
    office.move(lead, "opgepakt", now=NOW + 7 * DAY - 1)
    row = office.row(lead)
    assert (row.status, row.closed_at, row.helped, row.satisfaction) == ("opgepakt", None, None, None)
    assert row.destroy_at == NOW + 365 * DAY
    assert office.log(lead)[-1][1] == "heropend"


def test_closed_lead_stays_closed_after_a_week(office: Office) -> None:
    lead = office.lead(when=NOW)
    office.move(lead, "geen_gehoor")
    week_later = NOW + 7 * DAY
    assert office.desk.look(office.viewer("anna"), lead, week_later).choices == ()
    with pytest.raises(NotPossible):
        office.move(lead, "opgepakt", now=week_later)


def test_second_of_two_at_once_is_told_and_overwrites_nothing(office: Office) -> None:
    lead = office.lead()
    office.invite("dirk", "kvk")
    seen_by_both = office.row(lead).version
    office.desk.move(office.viewer("anna"), lead, Step("contact"), seen_by_both, NOW)
    with pytest.raises(Changed):
        office.desk.move(office.viewer("dirk"), lead, Step("geen_gehoor"), seen_by_both, NOW)
    assert office.row(lead).status == "contact"
    assert [action for _, action, _ in office.log(lead)] == ["afgeleverd", "contact"]


def together(office: Office) -> list[str]:
    """Twelve owners say something of a lead at the same moment: what became of each."""
    lead = office.lead()
    viewer, version = office.viewer("anna"), office.row(lead).version

    def attempt(_: int) -> str:
        try:
            return office.desk.move(viewer, lead, Step("contact"), version, NOW).status
        except Changed:
            return "changed"

    with ThreadPoolExecutor(12) as pool:
        return sorted(pool.map(attempt, range(12)))


def test_of_many_at_once_one_gets_it(office: Office) -> None:
    assert together(office) == ["changed"] * 11 + ["contact"]
    assert [step for step, _, _ in office.outcomes()] == ["contact"]


def test_of_many_at_once_one_gets_it_on_postgresql(tmp_path: Path, knowledge: Knowledge, postgresql: str) -> None:
    office = Office.new(tmp_path, knowledge, postgresql)
    assert together(office) == ["changed"] * 11 + ["contact"]
    assert [step for step, _, _ in office.outcomes()] == ["contact"]
    office.engine.dispose()
