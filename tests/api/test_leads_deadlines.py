"""A lead that nobody takes up: who hears of it, on which day, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from api.leads.deadlines import Deadlines
from knowledge.base import Knowledge
from tests.api.lead_office import DAY, NOW, ONE, OTHER, Office, at, world_in_which_it_ended


@pytest.fixture
def office(tmp_path: Path, knowledge: Knowledge) -> Office:
    return Office.new(tmp_path, knowledge)


@pytest.mark.parametrize(
    ("came", "before", "due"),
    [
        ("2026-11-26 10:00", "2026-11-27 23:59", "2026-11-30 00:00"),  # Thursday: over a weekend
        ("2026-11-26 00:01", "2026-11-27 23:59", "2026-11-30 00:00"),  # the hour makes no difference
        ("2026-11-26 23:59", "2026-11-27 23:59", "2026-11-30 00:00"),
        ("2026-11-28 10:00", "2026-11-30 23:59", "2026-12-01 00:00"),  # Saturday
        ("2026-12-24 10:00", "2026-12-28 23:59", "2026-12-29 00:00"),  # Christmas on Friday and Saturday
        ("2026-12-31 10:00", "2027-01-04 23:59", "2027-01-05 00:00"),  # New Year's Day
        ("2026-04-02 10:00", "2026-04-07 23:59", "2026-04-08 00:00"),  # Good Friday and Easter Monday
        ("2026-04-24 10:00", "2026-04-28 23:59", "2026-04-29 00:00"),  # King's Day on a Monday
        ("2025-05-02 10:00", "2025-05-06 23:59", "2025-05-07 00:00"),  # Liberation Day, once in five years
        ("2026-05-04 10:00", "2026-05-05 23:59", "2026-05-06 00:00"),  # and in between
        ("2026-03-27 23:30", "2026-03-30 23:59", "2026-03-31 00:00"),  # summer time begins
        ("2026-10-23 23:30", "2026-10-26 23:59", "2026-10-27 00:00"),  # and ends
    ],
)
def test_owner_is_reminded_after_two_working_days(office: Office, came: str, before: str, due: str) -> None:
    office.lead(when=at(came))
    assert office.sweep(at(before)) == []
    assert office.sweep(at(due)) == ["herinnering"]


def test_coordinator_hears_after_five_and_the_entrepreneur_after_ten(office: Office) -> None:
    lead = office.lead(when=at("2026-11-26 10:00"))
    assert office.sweep(at("2026-12-02 12:00")) == ["herinnering"]
    assert office.sweep(at("2026-12-03 12:00")) == ["escalatie"]
    assert office.outbox()[0].details == {"initiatief": ONE}
    assert office.sweep(at("2026-12-09 12:00")) == []
    assert office.sweep(at("2026-12-10 12:00")) == ["alternatief"]
    (mail,) = office.outbox()
    assert (mail.request, mail.details["reden"]) == (office.row(lead).request, "geen-reactie")
    assert [action for _, action, _ in office.log(lead)] == ["afgeleverd", "herinnerd", "gemeld", "alternatief"]


def test_mail_to_the_entrepreneur_has_a_link_to_withdraw(office: Office) -> None:
    lead = office.lead(when=NOW - 30 * DAY)
    office.sweep(NOW)
    with office.engine.connect() as connection:
        links = text("select purpose from lead_link where subject = :request")
        found = connection.execute(links, {"request": office.row(lead).request})
        assert "intrekken" in found.scalars().all()


def test_every_owner_is_reminded(office: Office) -> None:
    office.invite("dirk", ONE)
    office.lead(when=NOW - 4 * DAY)
    assert office.sweep(NOW) == ["herinnering", "herinnering"]
    assert {item.account for item in office.outbox()} == {office.account("anna"), office.account("dirk")}


def test_product_that_stood_still_does_all_that_is_due_once(office: Office) -> None:
    office.lead(when=NOW - 30 * DAY)
    assert office.sweep(NOW) == ["alternatief", "escalatie", "herinnering"]
    assert office.sweep(NOW + 60) == []


@pytest.mark.parametrize("status", ["opgepakt", "contact", "gestart", "afgerond", "geen_gehoor"])
def test_lead_that_was_taken_up_is_left_alone(office: Office, status: str) -> None:
    office.move(office.lead(when=NOW - DAY), status)
    assert office.sweep(NOW + 60 * DAY) == []


def test_lead_that_was_only_read_is_not_taken_up(office: Office) -> None:
    lead = office.lead(when=NOW)
    office.desk.open(office.viewer("anna"), lead, NOW)
    assert office.sweep(NOW + 4 * DAY) == ["herinnering"]


def test_withdrawn_lead_is_left_alone(office: Office) -> None:
    office.lead(when=NOW)
    office.erase()
    assert office.sweep(NOW + 30 * DAY) == []


def test_who_gave_no_address_is_mailed_nothing(office: Office) -> None:
    lead = office.lead(when=NOW - 30 * DAY, email=None)
    assert office.sweep(NOW) == ["escalatie", "herinnering"]
    assert office.row(lead).alternative_at is None


def test_clock_that_jumps_sends_nothing_twice(office: Office) -> None:
    office.lead(when=NOW)
    assert office.sweep(NOW + 4 * DAY) == ["herinnering"]
    assert office.sweep(NOW - 400 * DAY) == []
    assert office.sweep(NOW + 4 * DAY) == []
    assert office.sweep(NOW + 5000 * DAY) == ["alternatief", "escalatie"]
    assert office.sweep(NOW + 14 * DAY) == []


def test_far_more_than_fit_in_one_go_are_all_done(office: Office) -> None:
    office.lead(when=NOW - 4 * DAY)
    with office.engine.begin() as connection:
        columns = [row[1] for row in connection.exec_driver_sql("pragma table_info(lead)") if row[1] != "id"]
        names = ", ".join(f'"{name}"' for name in columns)
        connection.exec_driver_sql(
            f"insert into lead (id, {names}) with recursive n(i) as "
            "(select 1 union all select i + 1 from n where i < 450) "
            f"select 'lead-' || i, {names} from lead, n"
        )
    assert len(office.sweep(NOW)) == 451


def test_mail_and_mark_stand_or_fall_together(office: Office) -> None:
    lead = office.lead(when=NOW - 4 * DAY)
    with office.engine.begin() as connection:
        connection.exec_driver_sql(
            "create trigger full before insert on outbox_item begin select raise(abort, 'disk full'); end"
        )
    with pytest.raises(Exception, match="disk full"):
        office.deadlines.sweep(NOW)
    assert office.row(lead).reminded_at is None
    with office.engine.begin() as connection:
        connection.exec_driver_sql("drop trigger full")
    assert office.sweep(NOW) == ["herinnering"]


def sweep_at_once(office: Office) -> list[str]:
    """Eight processes sweep at the same moment, over leads of one initiative that nobody looks after any more."""
    for _ in range(5):
        office.lead(when=NOW - 30 * DAY)
    office.lead(OTHER, when=NOW - 30 * DAY)
    office.leave("bert")
    office.clear_outbox()
    sweepers = [Deadlines(office.engine, office.knowledge, office.vault) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda sweeper: sweeper.sweep(NOW), sweepers))
    return office.mails()


def test_several_processes_send_each_once(office: Office) -> None:
    assert sweep_at_once(office) == ["alternatief"] * 6 + ["escalatie"] * 6 + ["geen-eigenaar"] + ["herinnering"] * 5


def test_several_processes_send_each_once_on_postgresql(tmp_path: Path, knowledge: Knowledge, postgresql: str) -> None:
    office = Office.new(tmp_path, knowledge, postgresql)
    assert sweep_at_once(office) == ["alternatief"] * 6 + ["escalatie"] * 6 + ["geen-eigenaar"] + ["herinnering"] * 5
    office.engine.dispose()


def ended(office: Office, *, einde: date = date(2026, 11, 25)) -> Deadlines:
    """The sweeper in a world in which the initiative has ended."""
    return Deadlines(office.engine, world_in_which_it_ended(office.knowledge, einde), office.vault)


def test_initiative_that_ended_is_told_to_coordinator_and_entrepreneur(office: Office) -> None:
    office.lead(when=NOW)
    assert office.sweep(NOW, ended(office).sweep) == ["alternatief", "initiatief-gestopt"]
    alternative, told = office.outbox()
    assert alternative.details["reden"] == "gestopt"
    assert (told.details, told.lead) == ({"initiatief": ONE}, None)


def test_initiative_that_ends_today_goes_on_today(office: Office) -> None:
    office.lead(when=NOW)
    assert office.sweep(NOW, ended(office, einde=date(2026, 11, 26)).sweep) == []


def test_coordinator_hears_once_a_day_and_the_entrepreneur_once(office: Office) -> None:
    office.lead(when=NOW)
    office.lead(when=NOW)
    sweep = ended(office).sweep
    assert office.sweep(NOW, sweep) == ["alternatief", "alternatief", "initiatief-gestopt"]
    sweep(NOW + 3600)
    assert len(office.outbox()) == 3
    sweep(NOW + DAY)
    assert office.mails() == ["alternatief"] * 2 + ["initiatief-gestopt"] * 2


def test_who_is_in_contact_already_is_not_offered_another_way(office: Office) -> None:
    office.move(office.lead(when=NOW), "contact")
    assert office.sweep(NOW, ended(office).sweep) == ["initiatief-gestopt"]


def test_who_was_taken_up_but_not_spoken_to_is(office: Office) -> None:
    office.move(office.lead(when=NOW), "opgepakt")
    assert office.sweep(NOW, ended(office).sweep) == ["alternatief", "initiatief-gestopt"]


def test_leads_without_an_owner_are_told_of_until_somebody_is_invited(office: Office) -> None:
    lead = office.lead(when=NOW)
    office.leave("anna")
    assert office.sweep(NOW) == ["alternatief", "geen-eigenaar"]
    assert office.outbox()[0].details["reden"] == "geen-eigenaar"
    office.invite("dirk", ONE)
    assert office.sweep(NOW + DAY) == []
    assert [entry.id for entry in office.desk.inbox(office.viewer("dirk"), NOW)] == [lead]


def test_new_owner_is_reminded_of_what_waited_for_him(office: Office) -> None:
    office.lead(when=NOW)
    office.leave("anna")
    assert "herinnering" not in office.sweep(NOW + 4 * DAY)
    office.invite("dirk", ONE)
    assert office.sweep(NOW + 4 * DAY) == ["herinnering"]
    assert office.outbox()[0].account == office.account("dirk")


def test_initiative_without_open_leads_is_nobodys_concern(office: Office) -> None:
    office.move(office.lead(when=NOW), "geen_plek")
    office.leave("anna")
    assert office.sweep(NOW) == []
