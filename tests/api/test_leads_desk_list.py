"""The list of an owner, and one lead opened: what is shown, to whom, and what is written down of it."""

import dataclasses
from pathlib import Path

import pytest

from api.leads.desk import Opened
from api.leads.errors import NoSuchLead, UnreadableLead
from api.leads.progress import Step
from knowledge.base import Knowledge
from tests.api.lead_office import DAY, FIRM, NOW, ONE, OTHER, SOMEBODY, Office, at


@pytest.fixture
def office(tmp_path: Path, knowledge: Knowledge) -> Office:
    return Office.new(tmp_path, knowledge)


def test_list_has_the_newest_first(office: Office) -> None:
    older, newer = office.lead(when=NOW - DAY), office.lead(when=NOW)
    assert [entry.id for entry in office.desk.inbox(office.viewer("anna"), NOW)] == [newer, older]


def test_list_tells_nothing_of_who_asks(office: Office) -> None:
    office.lead()
    (entry,) = office.desk.inbox(office.viewer("anna"), NOW)
    said = repr(dataclasses.asdict(entry))
    assert not any(part in said for part in ("Jan", "jan@", "31612345678", "tienen", "GM0355"))


def test_open_and_closed_leads_are_apart(office: Office) -> None:
    closed, still_open = office.lead(), office.lead()
    office.move(closed, "geen_gehoor")
    viewer = office.viewer("anna")
    assert [entry.id for entry in office.desk.inbox(viewer, NOW)] == [still_open]
    assert [entry.id for entry in office.desk.inbox(viewer, NOW, closed=True)] == [closed]
    assert office.desk.counts(viewer) == (1, 1)


def test_waiting_counts_working_days_until_it_is_taken_up(office: Office) -> None:
    lead = office.lead(when=at("2026-11-26 10:00"))  # a Thursday
    monday = at("2026-11-30 09:00")
    assert office.desk.inbox(office.viewer("anna"), monday)[0].waits == 2
    office.move(lead, "opgepakt", now=monday)
    assert office.desk.inbox(office.viewer("anna"), monday)[0].waits is None


def test_lead_that_was_not_confirmed_is_nobodys(office: Office) -> None:
    lead = office.lead()
    with office.engine.begin() as connection:
        connection.exec_driver_sql("update lead set status = 'aangevraagd', confirmed_at = null")
    viewer = office.viewer("anna")
    assert office.desk.inbox(viewer, NOW) == ()
    with pytest.raises(NoSuchLead):
        office.desk.open(viewer, lead, NOW)


def test_opening_gives_everything_and_writes_down_who_read_it(office: Office) -> None:
    lead = office.lead()
    opened = office.desk.open(office.viewer("anna"), lead, NOW)
    assert opened.content is not None
    assert (opened.content.contact, opened.content.profile) == (SOMEBODY, FIRM)
    assert "contact met mij opneemt" in opened.agreed
    assert (opened.entry.status, office.row(lead).seen_at) == ("gezien", NOW)
    assert office.log(lead)[-1] == (office.account("anna"), "gelezen", "")


def test_every_reading_is_written_down_and_only_the_first_marks_it(office: Office) -> None:
    lead = office.lead()
    office.desk.open(office.viewer("anna"), lead, NOW)
    office.desk.open(office.viewer("anna"), lead, NOW + 60)
    assert [action for _, action, _ in office.log(lead)] == ["afgeleverd", "gelezen", "gelezen"]
    assert office.row(lead).seen_at == NOW


def test_reading_later_leaves_the_status(office: Office) -> None:
    lead = office.lead()
    office.move(lead, "contact")
    assert office.desk.open(office.viewer("anna"), lead, NOW).entry.status == "contact"


def test_history_names_people_and_no_contact_data(office: Office) -> None:
    lead = office.lead()
    office.move(lead, "opgepakt", "contact")
    history = office.desk.open(office.viewer("anna"), lead, NOW).history
    assert [(one.who, one.what) for one in history] == [
        ("Vanzelf", "Bij de eigenaar gekomen"),
        ("Anna", "Opgepakt"),
        ("Anna", "Contact gehad"),
        ("Anna", "Contactgegevens gelezen"),
    ]


def test_file_writes_down_each_lead_that_was_taken_away(office: Office) -> None:
    leads = {office.lead(), office.lead()}
    taken = office.desk.take_away(office.viewer("anna"), None, NOW, form="csv")
    assert {opened.entry.id for opened in taken} == leads
    for lead in leads:
        assert office.log(lead)[-1] == (office.account("anna"), "opgehaald", "csv")
        assert office.row(lead).seen_at == NOW


def test_withdrawn_lead_stays_in_the_list_without_contents(office: Office) -> None:
    lead = office.lead()
    office.erase()
    opened: Opened = office.desk.open(office.viewer("anna"), lead, NOW)
    assert (opened.entry.status, opened.content, opened.entry.choices) == ("ingetrokken", None, ())
    assert office.desk.take_away(office.viewer("anna"), None, NOW, form="csv", closed=True) == ()
    assert "gelezen" not in [action for _, action, _ in office.log(lead)]


@pytest.mark.parametrize("lost", ["update lead_key set wrapped = x'00'", "delete from lead_key"])
def test_lead_without_its_key_says_so_and_is_not_written_down_as_read(office: Office, lost: str) -> None:
    lead = office.lead()
    with office.engine.begin() as connection:
        connection.exec_driver_sql(lost)
    with pytest.raises(UnreadableLead):
        office.desk.open(office.viewer("anna"), lead, NOW)
    assert office.log(lead)[-1][1] == "afgeleverd"


def test_owner_meets_nothing_of_another_initiative(office: Office) -> None:
    mine, theirs = office.lead(ONE), office.lead(OTHER)
    viewer = office.viewer("anna")
    assert [entry.id for entry in office.desk.inbox(viewer, NOW)] == [mine]
    assert [one.entry.id for one in office.desk.take_away(viewer, None, NOW, form="csv")] == [mine]
    for attempt in (
        lambda: office.desk.look(viewer, theirs, NOW),
        lambda: office.desk.open(viewer, theirs, NOW),
        lambda: office.desk.take_away(viewer, [mine, theirs], NOW, form="vcard"),
        lambda: office.desk.move(viewer, theirs, Step("opgepakt"), 2, NOW),
    ):
        with pytest.raises(NoSuchLead):
            attempt()
    assert office.log(theirs) == office.log(theirs)[:1]  # only that it came
    assert office.row(theirs).status == "afgeleverd"


def test_owner_of_two_initiatives_has_one_list(office: Office) -> None:
    office.invite("anna", ONE, OTHER)
    leads = {office.lead(ONE), office.lead(OTHER)}
    assert {entry.id for entry in office.desk.inbox(office.viewer("anna"), NOW)} == leads


def test_new_owner_has_the_open_leads_at_once(office: Office) -> None:
    lead = office.lead()
    office.leave("anna")
    office.invite("dirk", ONE)
    assert [entry.id for entry in office.desk.inbox(office.viewer("dirk"), NOW)] == [lead]
    assert office.desk.open(office.viewer("dirk"), lead, NOW).content is not None
