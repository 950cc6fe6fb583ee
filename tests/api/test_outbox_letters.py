"""What mails say and to whom, read from the database at the moment of sending."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.orm import Session

from analytics.secret_files import replace
from api.leads.handover import mail
from api.leads.keeping import Keeper
from api.leads.keys import LEAD_KEYS_FILE
from api.leads.service import CONFIRM, WITHDRAW
from api.mail import Mail
from api.outbox import queue
from api.outbox.faults import DeliveryFault, Failed, Gone, Refused
from api.outbox.repository import Item
from knowledge.base import Knowledge
from tests.api.post_office import ADDRESS, COORDINATOR, INITIATIVE, OWNER, House, house_for

KIM = "kim@bedrijf.example"


@pytest.fixture
def house(request: pytest.FixtureRequest, tmp_path: Path, knowledge: Knowledge) -> Iterator[House]:
    made = house_for(request, tmp_path, knowledge)
    made.staff()
    yield made
    made.engine.dispose()


def item(house: House, template: str) -> Item:
    """The newest item of a template, taken up."""
    taken = [one for one in house.outbox.take_mails("test", house.clock.now, 100) if one.template == template]
    assert taken, f"nothing to send of {template}"
    return taken[-1]


def letter(house: House, template: str) -> Mail:
    return house.letters.write(item(house, template))


def confirmed(house: House) -> str:
    """A lead that its owner has. Gives its id."""
    house.ask(KIM)
    (standing,) = house.leads.confirm(house.token(CONFIRM, "bevestigen"))
    return standing.lead


def put(house: House, template: str, **more: object) -> Item:
    with Session(house.engine) as session, session.begin():
        queue.put(session, kind="mail", template=template, now=house.clock.now, **more)  # type: ignore[arg-type]
    return item(house, template)


def test_link_that_confirms_and_the_one_that_withdraws_work(house: House) -> None:
    house.ask(KIM)
    written = letter(house, "bevestigen")
    assert written.to == KIM
    assert written.link == f"{ADDRESS}/contact/bevestigen?sleutel={house.token(CONFIRM, 'bevestigen')}"
    assert "SPOT035" in written.text
    tokens = {purpose: _token(written.text, purpose) for purpose in (CONFIRM, WITHDRAW)}
    assert all(house.leads.standings(token, purpose) for purpose, token in tokens.items())


def _token(text: str, purpose: str) -> str:
    return text.split(f"/contact/{purpose}?sleutel=")[1].split(maxsplit=1)[0]


def test_mail_is_the_same_at_every_try(house: House) -> None:
    house.ask(KIM)
    taken = item(house, "bevestigen")
    assert house.letters.write(taken) == house.letters.write(taken)
    assert house.letters.write(taken).identifier == taken.id


def test_name_that_somebody_typed_is_in_no_mail_to_the_address_that_somebody_typed(house: House) -> None:
    house.ask(KIM, naam="Win een prijs op kwaad.example", toelichting="https://kwaad.example")
    written = letter(house, "bevestigen")
    assert "kwaad" not in written.text + written.html + written.subject


def test_receipt_is_the_proof_in_words_and_as_a_file(house: House) -> None:
    confirmed(house)
    written = letter(house, "ontvangstbewijs")
    (attachment,) = written.attachments
    receipt = json.loads(attachment.content)
    assert attachment.name == f"ontvangstbewijs-{INITIATIVE}.json"
    assert receipt["recipient"] == INITIATIVE
    assert receipt["noticeText"] == house.leads.notice(INITIATIVE).text
    assert [event["state"] for event in receipt["events"]] == ["gevraagd", "bevestigd", "afgeleverd"]
    assert receipt["withdrawUrl"] in written.text
    assert receipt["recordId"] in written.text
    assert KIM not in attachment.content.decode()


def test_mail_to_an_owner_tells_nothing_of_the_entrepreneur(house: House) -> None:
    house.ask(KIM, telefoon="0612345678", toelichting="Bel na tienen")
    (standing,) = house.leads.confirm(house.token(CONFIRM, "bevestigen"))
    written = letter(house, "nieuwe-aanvraag")
    assert written.to == OWNER
    assert written.link == f"{ADDRESS}/portaal/aanvragen/{standing.lead}"
    for secret in (KIM, "Kim", "Vries", "612345678", "tienen", "Utrecht (stad)", "administratie"):
        assert secret not in written.text + written.html + written.subject


def test_withdrawal_is_confirmed_at_the_address_that_is_stored_no_more(house: House) -> None:
    confirmed(house)
    house.withdraw("ontvangstbewijs")
    written = letter(house, "ingetrokken")
    assert written.to == KIM
    assert "SPOT035" in written.text
    assert "/contact/" not in written.text


def test_another_way_names_who_else_can_help_and_not_the_same_again(house: House) -> None:
    lead = confirmed(house)
    (row,) = (row for row in house.rows("select id, request from lead") if row.id == lead)
    with Session(house.engine) as session, session.begin():
        details = {"reden": "geen-reactie"}
        mail(
            session, house.vault, template="alternatief", request=row.request, now=house.clock.now, lead=lead,
            details=details,
        )  # fmt: skip
    written = letter(house, "alternatief")
    assert "ondernemersplein.kvk.nl" in written.text
    listed = written.text.split("Hier kun je ook terecht:")[1].split("Of doe de scan")[0]
    assert "SPOT035" not in listed
    assert written.link == f"{ADDRESS}/scan"


def test_question_after_a_month_has_a_link_that_works_once(house: House) -> None:
    lead = confirmed(house)
    house.execute(f"update lead set follow_up_at = 1 where id = '{lead}'")
    Keeper(house.engine, house.vault).sweep(house.clock.now)
    token = _token(letter(house, "ervaring").text, "ervaring")
    assert house.leads.about(token) == INITIATIVE


def test_another_way_than_an_initiative_that_is_gone_names_nobody(house: House) -> None:
    lead = confirmed(house)
    house.execute("update lead set initiative = 'bestaat-niet'")
    (row,) = house.rows("select request from lead")
    written = house.letters.write(
        put(house, "alternatief", request=row.request, lead=lead, details={"reden": "geen-reactie"})
    )
    assert "bestaat-niet" in written.text
    assert "Hier kun je ook terecht:" not in written.text


class TestNobodyToTell:
    @pytest.mark.parametrize("template", ["bevestigen", "ontvangstbewijs"])
    def test_after_the_request_was_taken_back(self, house: House, template: str) -> None:
        house.ask(KIM)
        if template == "ontvangstbewijs":
            house.leads.confirm(house.token(CONFIRM, "bevestigen"))
        taken = item(house, template)
        house.withdraw(template)
        with pytest.raises(Gone):
            house.letters.write(taken)

    def test_who_gave_no_mail_address(self, house: House) -> None:
        house.ask("", telefoon="06 12345678")
        (row,) = house.rows("select request from lead")
        taken = put(house, "ontvangstbewijs", request=row.request)
        with pytest.raises(Gone, match="geen mailadres"):
            house.letters.write(taken)

    def test_withdrawal_that_was_given_up_and_of_which_the_address_went_with_that(self, house: House) -> None:
        confirmed(house)
        house.withdraw("ontvangstbewijs")
        taken = item(house, "ingetrokken")
        house.outbox.finish(taken, queue.GIVEN_UP, house.clock.now, "antwoord 550")
        assert house.outbox.retry(taken.id, "cor", house.clock.now)
        with pytest.raises(Gone, match="geen adres"):
            house.letters.write(item(house, "ingetrokken"))

    def test_to_confirm_what_was_confirmed_already(self, house: House) -> None:
        house.ask(KIM)
        taken = item(house, "bevestigen")
        house.leads.confirm(house.token(CONFIRM, "bevestigen"))
        with pytest.raises(Gone):
            house.letters.write(taken)

    def test_whose_account_was_closed(self, house: House) -> None:
        confirmed(house)
        taken = item(house, "nieuwe-aanvraag")
        house.people.withdraw(OWNER, house.clock.now)
        with pytest.raises(Gone):
            house.letters.write(taken)

    def test_of_a_lead_that_was_deleted(self, house: House) -> None:
        confirmed(house)
        taken = item(house, "nieuwe-aanvraag")
        house.execute("delete from lead_key")
        house.execute("delete from lead")
        with pytest.raises(Gone):
            house.letters.write(taken)


@pytest.mark.parametrize(
    ("change", "fault"),
    [({"template": "bestaat-niet"}, Refused), ({"lead": None, "details": {}}, Refused)],
)
def test_what_can_never_be_written_is_reported_at_once(
    house: House, change: dict[str, object], fault: type[DeliveryFault]
) -> None:
    confirmed(house)
    taken = item(house, "nieuwe-aanvraag")
    changed = Item(**{**vars(taken), **change})
    if "lead" in change:
        changed = Item(**{**vars(changed), "template": "gegevens-controle"})
    with pytest.raises(fault):
        house.letters.write(changed)


class TestKeys:
    def test_that_were_changed_still_open_addresses_that_wait(self, house: House) -> None:
        confirmed(house)
        house.withdraw("ontvangstbewijs")
        path, newest = house.settings.secrets_folder / LEAD_KEYS_FILE, Fernet.generate_key().decode()
        replace(path, f"{newest}\n{path.read_text()}")
        Keeper(house.engine, house.vault).rotate()
        replace(path, f"{newest}\n")
        assert letter(house, "ingetrokken").to == KIM

    def test_that_are_missing_let_mails_wait(self, house: House) -> None:
        house.ask(KIM)
        replace(house.settings.secrets_folder / LEAD_KEYS_FILE, f"{Fernet.generate_key().decode()}\n")
        with pytest.raises(Failed, match="sleutel past niet"):
            letter(house, "bevestigen")


def test_alarm_tells_the_coordinator_where_to_look(house: House) -> None:
    person = house.people.find(COORDINATOR)
    assert person is not None
    written = house.letters.write(put(house, "afleveren-mislukt", account=person.id))
    assert (written.to, written.link) == (COORDINATOR, f"{ADDRESS}/portaal/beheer")
