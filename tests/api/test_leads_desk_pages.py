"""The pages of an owner: who may open what, what is on them, and what a form does."""

import re
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest

from api.leads.desk_pages import router
from api.leads.statuses import REFUSALS, STEPS
from api.outbox.writing import written
from tests.api.lead_office import DAY, ONE, OTHER, SECRETS, Office
from tests.api.portal_door import Browser, Door, field

LIST = "/portaal/aanvragen"
CONFIRMED = {f"{LIST}.csv", f"{LIST}/{{lead}}", f"{LIST}/{{lead}}/aanvraag.csv", f"{LIST}/{{lead}}/kaart.vcf"}


@pytest.fixture
def office(door: Door) -> Office:
    return Office.behind(door)


def visit(door: Door, name: str = "anna", *, confirmed: bool = True) -> Browser:
    """Somebody who is logged in, with a second factor unless told otherwise."""
    browser = door.browser()
    browser.log_in(f"{name}@initiatief.example")
    if confirmed:
        browser.confirm()
    return browser


def now() -> int:
    return int(time.time())


def addresses(lead: str) -> Iterator[tuple[str, str, str]]:
    """Every route of these pages for a lead: method, template, and address with every status."""
    for route in router.routes:
        for method in route.methods:
            for status in (*STEPS, *REFUSALS) if "{status}" in route.path else ("",):
                yield method, route.path, route.path.replace("{lead}", lead).replace("{status}", status)


def answer(browser: Browser, method: str, address: str, **fields: str) -> tuple[int, str, str]:
    if method == "GET":
        response = browser.get(address)
    else:
        token = browser.token(LIST)
        response = browser.send(address, formulier=token, **({"versie": "2", "verder": "ja"} | fields))
    return response.status_code, response.text, response.headers.get("location", "")


def test_every_route_sends_who_is_not_logged_in_to_the_login(door: Door, office: Office) -> None:
    browser = door.browser()
    for method, _, address in addresses(office.lead(when=now())):
        response = browser.get(address) if method == "GET" else browser.send(address)
        assert response.headers["location"].startswith("/portaal/inloggen"), address


@pytest.mark.parametrize("role", ["evenement", "werkgroep", "coordinator"])
def test_every_route_refuses_other_roles(door: Door, office: Office, role: str) -> None:
    lead = office.lead(when=now())
    browser = door.browser()
    browser.log_in(door.invite("eva@gemeente.example", role))
    browser.confirm()
    token = browser.token("/portaal/evenementen")
    for method, _, address in addresses(lead):
        response = browser.get(address) if method == "GET" else browser.send(address, formulier=token)
        assert response.status_code == 403, (method, address)
        assert not any(secret in response.text for secret in SECRETS)


def test_every_route_hides_the_leads_of_others(door: Door, office: Office) -> None:
    theirs = office.lead(OTHER, when=now())
    before = office.row(theirs).version, office.log(theirs)
    browser = visit(door)
    for method, template, address in addresses(theirs):
        status, page, _ = answer(browser, method, address)
        assert status == (404 if "{lead}" in template else 200), (method, address)
        assert not any(secret in page for secret in (*SECRETS, theirs)), address
    assert (office.row(theirs).version, office.log(theirs)) == before


def test_lead_of_another_and_lead_that_never_was_look_the_same(door: Door, office: Office) -> None:
    theirs, never = office.lead(OTHER, when=now()), uuid4().hex
    browser = visit(door)
    for (method, template, mine), (_, _, other) in zip(addresses(theirs), addresses(never), strict=True):
        if "{lead}" in template:
            first, second = answer(browser, method, mine), answer(browser, method, other)
            assert (first[0], first[1].replace(theirs, never)) == (second[0], second[1])


def test_owner_who_loses_an_initiative_loses_its_leads_at_once(door: Door, office: Office) -> None:
    lead = office.lead(when=now())
    browser = visit(door)
    assert browser.get(f"{LIST}/{lead}").status_code == 200
    office.invite("anna", OTHER)
    for method, template, address in addresses(lead):
        assert answer(browser, method, address)[0] == (404 if "{lead}" in template else 200), address


def test_contact_data_needs_a_second_factor_and_the_rest_does_not(door: Door, office: Office) -> None:
    lead = office.lead(when=now())
    browser = visit(door, confirmed=False)
    for method, template, address in addresses(lead):
        if method == "GET":
            status, page, location = answer(browser, method, address)
            assert (status, location.startswith("/portaal/passkey")) == (
                (303, True) if template in CONFIRMED else (200, False)
            ), address
            assert not any(secret in page for secret in SECRETS), address
    assert office.log(lead) == office.log(lead)[:1]


def test_list_shows_how_a_lead_stands(door: Door, office: Office) -> None:
    office.lead(when=now() - 9 * DAY, email=None)
    page = visit(door).get(LIST).text
    assert all(part in page for part in ("KVK", "Nieuw", "werkdagen", "Alleen telefoon", "Open (1)"))


def test_lead_shows_what_its_owner_needs_and_until_when(door: Door, office: Office) -> None:
    lead = office.lead(when=now())
    page = visit(door).get(f"{LIST}/{lead}").text
    for part in (
        *SECRETS,
        "06 12345678",
        "tel:+31612345678",
        "Per telefoon",
        "&#39;s Ochtends",
        "2 tot 9",
        "Industrie",
    ):
        assert part in page, part
    for part in ("Verwijder ze voor", "contact met mij opneemt over digitalisering", "Contactgegevens gelezen. Anna"):
        assert part in page, part


def test_what_somebody_typed_is_shown_as_text(door: Door, office: Office) -> None:
    lead = office.lead(when=now(), name="<script>alert(1)</script>", note="<b>hoi</b>\ntweede regel")
    page = visit(door).get(f"{LIST}/{lead}").text
    assert "<script" not in page
    assert "&lt;b&gt;hoi&lt;/b&gt;\ntweede regel" in page


def test_link_from_a_mail_changes_nothing_until_the_button_is_pressed(door: Door, office: Office) -> None:
    lead = office.lead(when=now())
    browser, address = visit(door, confirmed=False), f"{LIST}/{lead}/stap/opgepakt"
    page = browser.get(address).text
    assert office.row(lead).status == "afgeleverd"
    response = browser.send(address, formulier=field(page, "formulier"), versie=field(page, "versie"))
    assert response.headers["location"] == f"{LIST}?gedaan=opgepakt"
    assert office.row(lead).status == "opgepakt"


def test_step_leads_back_to_the_lead_for_who_may_see_it(door: Door, office: Office) -> None:
    lead = office.lead(when=now())
    browser = visit(door)
    status, _, location = answer(browser, "POST", f"{LIST}/{lead}/stap/contact")
    assert (status, location) == (303, f"{LIST}/{lead}?gedaan=contact")
    assert "Genoteerd: er was contact." in browser.get(location).text


def test_form_of_another_page_is_refused(door: Door, office: Office) -> None:
    lead = office.lead(when=now())
    browser = visit(door)
    response = browser.send(f"{LIST}/{lead}/stap/opgepakt", formulier="x", versie="2")
    assert (response.status_code, office.row(lead).status) == (403, "afgeleverd")


def test_finishing_asks_whether_it_helped(door: Door, office: Office) -> None:
    lead = office.lead(when=now())
    browser, address = visit(door), f"{LIST}/{lead}/stap/afgerond"
    assert answer(browser, "POST", address, verder="", tevreden="4")[0] == 400
    assert office.row(lead).status == "afgeleverd"
    assert answer(browser, "POST", address, verder="nee", tevreden="4")[0] == 303
    assert (office.row(lead).helped, office.row(lead).satisfaction) == (False, 4)


@pytest.mark.parametrize("satisfaction", ["", "0", "6", "drie", "²"])
def test_satisfaction_that_is_no_number_of_the_list_is_left_open(door: Door, office: Office, satisfaction: str) -> None:
    lead = office.lead(when=now())
    answer(visit(door), "POST", f"{LIST}/{lead}/stap/afgerond", tevreden=satisfaction)
    assert (office.row(lead).status, office.row(lead).satisfaction) == ("afgerond", None)


def test_second_of_two_owners_sees_that_it_changed(door: Door, office: Office) -> None:
    lead = office.lead(when=now())
    office.invite("dirk", ONE)
    first, second = visit(door), visit(door, "dirk")
    assert answer(first, "POST", f"{LIST}/{lead}/stap/contact")[0] == 303
    status, page, _ = answer(second, "POST", f"{LIST}/{lead}/stap/geen_gehoor")
    assert (status, office.row(lead).status) == (409, "contact")
    assert "Intussen gewijzigd" in page
    assert "Contact gehad" in page
    status, _, _ = answer(second, "POST", f"{LIST}/{lead}/stap/geen_gehoor", versie=field(page, "versie"))
    assert (status, office.row(lead).status) == (303, "geen_gehoor")


@pytest.mark.parametrize("version", ["", "x", "-2", "²", "999999999999999999999"])
def test_version_that_is_none_overwrites_nothing(door: Door, office: Office, version: str) -> None:
    lead = office.lead(when=now())
    status, _, _ = answer(visit(door), "POST", f"{LIST}/{lead}/stap/contact", versie=version)
    assert (status, office.row(lead).status) == (409, "afgeleverd")


def test_withdrawal_while_the_page_is_open_is_told(door: Door, office: Office) -> None:
    lead = office.lead(when=now())
    browser = visit(door)
    browser.get(f"{LIST}/{lead}")
    version = str(office.row(lead).version)
    office.erase()
    status, page, _ = answer(browser, "POST", f"{LIST}/{lead}/stap/contact", versie=version)
    assert status == 409
    for shown in (page, browser.get(f"{LIST}/{lead}").text):
        assert "De ondernemer heeft deze aanvraag ingetrokken. De gegevens zijn gewist." in shown
        assert not any(secret in shown for secret in SECRETS)
    assert browser.get(f"{LIST}/{lead}/kaart.vcf").status_code == 404


def test_lead_that_was_deleted_is_explained(door: Door, office: Office) -> None:
    response = visit(door).get(f"{LIST}/{uuid4().hex}")
    assert response.status_code == 404
    assert "Misschien is hij gewist" in response.text


def test_step_that_does_not_exist_is_not_found(door: Door, office: Office) -> None:
    lead = office.lead(when=now())
    browser = visit(door)
    for status in ("ingetrokken", "verlopen", "gezien", "x"):
        assert answer(browser, "POST", f"{LIST}/{lead}/stap/{status}")[0] == 404


def test_nothing_of_a_lead_may_be_kept_by_the_browser(door: Door, office: Office) -> None:
    lead = office.lead(when=now())
    browser = visit(door)
    for path in (LIST, f"{LIST}.csv", f"{LIST}/{lead}", f"{LIST}/{lead}/kaart.vcf", f"{LIST}/{lead}/aanvraag.csv"):
        assert browser.get(path).headers["cache-control"] == "no-store", path


@pytest.mark.parametrize("template", ["nieuwe-aanvraag", "herinnering"])
def test_every_link_in_a_mail_leads_to_its_button(door: Door, office: Office, template: str) -> None:
    lead = office.lead(when=now())
    values = {"address": "", "lead": lead, "initiative": "KVK", "name": "Anna", "details": {}}
    links = re.findall(rf'href="({LIST}/[^"]*)"', written(template, "anna@initiatief.example", values).html)
    browser = visit(door, confirmed=False)
    steps = [link for link in links if "/stap/" in link]
    assert len(steps) >= 2
    for link in steps:
        page = browser.get(link)
        assert page.status_code == 200
        assert f'action="{link}"' in page.text
    assert office.row(lead).status == "afgeleverd"
