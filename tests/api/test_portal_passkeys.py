"""Passkeys without a browser: a device that the test plays, a clock that it sets, and answers that are made up."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from api.passkeys.relying_party import RelyingParty, relying_party
from api.passkeys.repository import CHALLENGE_SECONDS
from api.portal.addresses import own_address
from api.settings import Settings
from tests.api.passkey_device import OLGA, PASSKEY, PRESENT, VERIFIED, Device, Visitor
from tests.api.portal_door import Door


@pytest.fixture
def visitor(door: Door) -> Visitor:
    door.invite(OLGA, "eigenaar", "Olga", {"kvk"})
    return Visitor(door)


@pytest.fixture
def device(visitor: Visitor) -> Device:
    """A device with a passkey; its owner has logged in again since."""
    device = Device()
    assert visitor.make(device).status_code == 303
    visitor.log_in()
    return device


def refused(response: Any, text: str) -> None:
    assert response.status_code == 400
    assert text in response.text


class TestMaking:
    def test_first_one_confirms_the_login_and_is_told_of_by_mail(self, door: Door, visitor: Visitor) -> None:
        assert not visitor.confirmed
        old = visitor.browser.client.cookies["portaal"]
        assert visitor.make(Device(), " Mijn  telefoon").headers["location"] == f"{PASSKEY}?gedaan=toegevoegd"
        assert visitor.confirmed
        (mail,) = door.post.deliver()
        assert mail.to == OLGA
        assert '"Mijn telefoon"' in mail.text
        assert not door.browser().opens_with(f"portaal={old}")

    def test_another_one_asks_for_a_confirmed_login(self, visitor: Visitor, device: Device) -> None:
        refused(visitor.answer("nieuw", Device().make(visitor.options())), "Je hebt al een passkey.")
        visitor.confirm(device)
        assert visitor.make(Device()).status_code == 303
        assert visitor.confirmed

    @pytest.mark.parametrize(
        "changed",
        [
            {"origin": "https://dief.example"},
            {"origin": "http://localhost:8001"},
            {"domain": "dief.example"},
            {"flags": PRESENT},
            {"flags": VERIFIED},
        ],
    )
    def test_of_elsewhere_or_without_verification_is_refused(self, visitor: Visitor, changed: dict[str, Any]) -> None:
        refused(visitor.make(Device(**changed)), "Deze passkey klopt niet.")
        assert not visitor.confirmed

    def test_that_somebody_else_has_is_refused(self, door: Door, visitor: Visitor) -> None:
        shared = Device()
        visitor.make(shared)
        other = Visitor(door, door.invite("bas@initiatief.example", "eigenaar", "Bas", {"kvk"}))
        refused(other.make(shared), "Deze passkey klopt niet.")
        assert not other.confirmed

    def test_eleventh_is_refused(self, visitor: Visitor) -> None:
        for _ in range(10):
            assert visitor.make(Device()).status_code == 303
        refused(visitor.make(Device()), "Je hebt al 10 passkeys.")

    @pytest.mark.parametrize("name", ["", " ", "x" * 61, "x\x07"])
    def test_without_a_good_name_is_named_at_its_field_and_can_be_tried_again(
        self, visitor: Visitor, name: str
    ) -> None:
        refused(visitor.make(Device(), name), '<a href="#naam">Geef de passkey een naam')
        assert visitor.make(Device()).status_code == 303


class TestConfirming:
    def test_opens_what_asks_for_it_in_a_new_session(self, door: Door, visitor: Visitor, device: Device) -> None:
        assert visitor.browser.get("/portaal/koppelingen").headers["location"] == (
            "/portaal/passkey?naar=%2Fportaal%2Fkoppelingen"
        )
        old = visitor.browser.client.cookies["portaal"]
        assert visitor.confirm(device).headers["location"] == "/portaal"
        assert visitor.confirmed
        assert not door.browser().opens_with(f"portaal={old}")

    @pytest.mark.parametrize(
        "changed",
        [
            {"origin": "https://dief.example"},
            {"domain": "dief.example"},
            {"flags": PRESENT},
            {"key": ec.generate_private_key(ec.SECP256R1())},
            {"credential": b"onbekend"},
        ],
    )
    def test_with_an_answer_that_does_not_hold_is_refused(
        self, visitor: Visitor, device: Device, changed: dict[str, Any]
    ) -> None:
        refused(visitor.confirm(Device(**(vars(device) | changed))), "Deze passkey klopt niet.")
        assert not visitor.confirmed

    def test_works_once(self, visitor: Visitor, device: Device) -> None:
        answer = device.sign(visitor.options())
        assert visitor.answer("bevestigen", answer).status_code == 303
        visitor.log_in()
        refused(visitor.answer("bevestigen", answer), "Probeer het opnieuw.")

    def test_works_five_minutes(self, door: Door, visitor: Visitor, device: Device) -> None:
        answer = device.sign(visitor.options())
        door.now += CHALLENGE_SECONDS
        refused(visitor.answer("bevestigen", answer), "Dit duurde te lang")
        visitor.confirm(device)
        another = Device().make(visitor.options())
        door.now += CHALLENGE_SECONDS
        refused(visitor.answer("nieuw", another), "Dit duurde te lang")
        assert CHALLENGE_SECONDS == 300

    def test_that_was_done_in_another_tab_goes_on(self, visitor: Visitor, device: Device) -> None:
        visitor.confirm(device)
        page = visitor.browser.get(f"{PASSKEY}?naar=%2Fportaal%2Fkoppelingen")
        assert (page.status_code, page.headers["location"]) == (303, "/portaal/koppelingen")
        assert visitor.browser.get(PASSKEY).status_code == 200

    def test_at_an_address_where_browsers_make_none_is_told_and_does_nothing(
        self, visitor: Visitor, device: Device
    ) -> None:
        answer = device.sign(visitor.options())
        form = visitor.browser.token("/portaal/initiatieven")
        elsewhere = {"Host": "127.0.0.1:8000"}
        page = visitor.browser.send(
            f"{PASSKEY}/bevestigen", headers=elsewhere, origin="http://127.0.0.1:8000", formulier=form, antwoord=answer
        )
        assert "localhost" in page.text
        assert not visitor.confirmed

    def test_with_what_another_session_was_asked_is_refused(self, door: Door, visitor: Visitor, device: Device) -> None:
        elsewhere = Visitor(door)
        answer = device.sign(elsewhere.options())
        visitor.options()
        refused(visitor.answer("bevestigen", answer), "Deze passkey klopt niet.")

    def test_with_what_was_asked_for_making_one_is_refused(self, visitor: Visitor) -> None:
        refused(visitor.answer("bevestigen", Device().sign(visitor.options())), "Dit duurde te lang")

    @pytest.mark.parametrize(("counts", "works"), [((0, 0), True), ((5, 6), True), ((5, 5), False), ((5, 0), False)])
    def test_counts_only_up(
        self,
        visitor: Visitor,
        device: Device,
        counts: tuple[int, int],
        works: bool,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        for count in counts:
            visitor.log_in()
            device.count = count
            visitor.confirm(device)
        assert visitor.confirmed is works
        assert ("its count does not go up" in caplog.text) is not works

    @pytest.mark.parametrize("what", ["nieuw", "bevestigen"])
    @pytest.mark.parametrize("answer", ["", "null", "[]", "{}", '{"id": 5}', "[" * 5000, "x" * 30_000])
    def test_what_is_no_answer_is_refused(self, visitor: Visitor, what: str, answer: str) -> None:
        visitor.options()
        if what == "bevestigen":
            visitor.make(Device())
            visitor.log_in()
            visitor.options()
        refused(visitor.answer(what, answer), "Deze passkey klopt niet.")


class TestRemoving:
    def test_ends_the_other_sessions_and_is_told_of_by_mail(self, door: Door, visitor: Visitor, device: Device) -> None:
        elsewhere = Visitor(door)
        visitor.confirm(device)
        second = Device()
        visitor.make(second)
        door.post.deliver()
        assert visitor.remove(device).headers["location"] == f"{PASSKEY}?gedaan=verwijderd"
        assert [mail.subject for mail in door.post.deliver()] == ["Passkey verwijderd van het portaal digitale hulp"]
        assert visitor.confirmed
        assert not elsewhere.browser.logged_in
        refused(visitor.remove(second), "Dit is je enige passkey.")

    def test_asks_for_a_confirmed_login(self, door: Door, visitor: Visitor, device: Device) -> None:
        response = visitor.remove(device)
        assert response.headers["location"].startswith(PASSKEY)
        assert len(door.rows("passkey")) == 1

    def test_of_somebody_else_does_nothing(self, door: Door, visitor: Visitor, device: Device) -> None:
        other = Visitor(door, door.invite("bas@initiatief.example", "eigenaar", "Bas", {"kvk"}))
        for _ in range(2):
            other.make(Device())
        refused(other.remove(device), "passkey")
        assert len(door.rows("passkey")) == 3

    def test_by_the_coordinator_lets_the_owner_make_a_new_one(
        self, door: Door, visitor: Visitor, device: Device
    ) -> None:
        person = door.repository.find(OLGA)
        assert person
        assert door.passkeys.take_back(person)
        assert not visitor.browser.logged_in
        visitor.log_in()
        refused(visitor.confirm(device), "Dit duurde te lang")  # it was asked to make one
        assert visitor.make(Device()).status_code == 303
        assert visitor.confirmed


def test_sweep_deletes_what_nobody_signed(door: Door, visitor: Visitor) -> None:
    visitor.options()
    sweep = door.passkeys._repository.sweep
    assert sweep(door.now + 299) == 0
    assert sweep(door.now + 300) == 1


class TestRelyingParty:
    @pytest.mark.parametrize(
        ("public_url", "found"),
        [
            (
                "https://Hulp.voorbeeld.example/",
                RelyingParty("hulp.voorbeeld.example", "https://hulp.voorbeeld.example"),
            ),
            ("https://hulp.example:443", RelyingParty("hulp.example", "https://hulp.example")),
            ("https://hulp.example:8443", RelyingParty("hulp.example", "https://hulp.example:8443")),
            ("https://192.0.2.1", None),
            ("https://[2001:db8::1]", None),
        ],
    )
    def test_is_what_the_operator_says_and_not_the_host_of_a_request(
        self, public_url: str, found: RelyingParty | None
    ) -> None:
        assert relying_party(Settings(public_url=public_url), "dief.example") == found

    @pytest.mark.parametrize(
        ("host", "found"),
        [
            ("localhost:8000", RelyingParty("localhost", "http://localhost:8000")),
            ("127.0.0.1:8000", None),
            ("dief.example:8000", None),
            (None, None),
        ],
    )
    def test_of_the_demo_is_localhost_and_nothing_else(self, host: str | None, found: RelyingParty | None) -> None:
        assert relying_party(Settings(), host) == found


@pytest.mark.parametrize(
    ("host", "kept"),
    [
        *(("localhost:8000", True), ("[::1]:8000", True), ("127.0.0.1:9", True)),
        *(("localhost", False), ("localhost:99999", False), ("localhost:x", False), ("[::1", False)),
        *(("dief.example:8000", False), ("dief@localhost:8000/x", False), (None, False)),
    ],
)
def test_links_in_mails_lead_to_this_machine_by_the_name_that_was_asked_for_and_nowhere_else(
    host: str | None, kept: bool
) -> None:
    settings = Settings(public_url="", gateway_host="127.0.0.1", gateway_port=8123)
    assert own_address(settings, host) == f"http://{host if kept else '127.0.0.1:8123'}"
