"""Logging in by a mailed link: who gets one, where it works, how often, and what it tells of others."""

import re

import pytest

from api.portal.repository import LINK_SECONDS
from tests.api.portal_door import HERE, NOON, Door


def key_of(link: str) -> str:
    found = re.search("sleutel=([^&]+)", link)
    assert found
    return found[1]


class TestAsking:
    def test_who_has_an_account_gets_a_link_to_where_she_was_going(self, door: Door) -> None:
        browser = door.browser()
        email = door.invite(role="coordinator")
        assert browser.get("/portaal/mensen").headers["location"] == "/portaal/inloggen?naar=%2Fportaal%2Fmensen"
        assert browser.log_in(email).headers["location"] == "/portaal/mensen"
        page = browser.get("/portaal/mensen")
        assert page.status_code == 200
        assert "Ingelogd als <strong>Anna Bos</strong>" in page.text

    @pytest.mark.parametrize("email", ["niemand@gemeente.example", "weg@gemeente.example"])
    def test_unknown_and_withdrawn_address_gets_the_same_answer_and_no_mail(self, door: Door, email: str) -> None:
        known = door.invite()
        door.portal.withdraw(door.invite("weg@gemeente.example"))
        answers = []
        for address in (known, email):
            response = door.browser().ask(address)
            own = ("set-cookie", "x-request-id")
            headers = {name: value for name, value in response.headers.items() if name not in own}
            answers.append((response.status_code, response.text, headers, response.headers["set-cookie"][:16]))
        assert answers[0] == answers[1]
        assert [mail.to for mail in door.post.deliver()] == [known]

    def test_account_is_looked_up_after_the_answer_so_that_time_tells_nothing(self, door: Door) -> None:
        door.browser().ask(door.invite())
        assert door.rows("login_link") == []
        door.post.deliver()
        assert len(door.rows("login_link")) == 1

    @pytest.mark.parametrize("written", [" Anna@Gemeente.example ", "ANNA@GEMEENTE.EXAMPLE"])
    def test_address_may_be_written_in_capitals(self, door: Door, written: str) -> None:
        door.invite()
        door.browser().ask(written)
        assert len(door.post.deliver()) == 1

    @pytest.mark.parametrize(
        "typed",
        ["", "anna", "anna@", "anna@gemeente.example\r\nBcc: x@y.example", "a b@c.example", "@", "é@gemeente.example"],
    )
    def test_what_is_no_address_is_named_at_its_field(self, door: Door, typed: str) -> None:
        response = door.browser().ask(typed)
        assert response.status_code == 400
        assert '<a href="#email">Vul een mailadres in' in response.text
        assert "<title>Fout: Inloggen" in response.text
        assert door.post.deliver() == []

    def test_what_was_typed_comes_back_escaped(self, door: Door) -> None:
        assert '"><script>' not in door.browser().ask('"><script>alert(1)</script>').text

    def test_who_is_logged_in_skips_the_form(self, door: Door) -> None:
        browser = door.browser()
        browser.log_in(door.invite())
        response = browser.get("/portaal/inloggen?naar=/portaal/mensen")
        assert (response.status_code, response.headers["location"]) == (303, "/portaal/mensen")

    def test_link_never_leads_to_a_host_that_the_request_makes_up(self, door: Door) -> None:
        door.browser().ask(door.invite(), headers={"Host": "dief.example"}, origin="http://dief.example")
        (mail,) = door.post.deliver()
        assert mail.link.startswith(f"{HERE}/portaal/inloggen/link?sleutel=")
        assert "dief" not in mail.text

    @pytest.mark.parametrize("host", ["localhost:8000", "[::1]:8000", "127.0.0.1:9000"])
    def test_link_of_the_demo_keeps_the_name_of_this_machine_for_its_cookies(self, door: Door, host: str) -> None:
        door.browser().ask(door.invite(), headers={"Host": host}, origin=f"http://{host}")
        (mail,) = door.post.deliver()
        assert mail.link.startswith(f"http://{host}/portaal/")


class TestLink:
    def test_opening_it_does_nothing_yet(self, door: Door) -> None:
        browser = door.browser()
        browser.ask(door.invite())
        (mail,) = door.post.deliver()
        for _ in range(3):
            assert browser.get(mail.link.removeprefix(HERE)).status_code == 200
        assert not browser.logged_in
        assert browser.press(mail.link).status_code == 303
        assert browser.logged_in

    def test_works_once(self, door: Door) -> None:
        browser = door.browser()
        browser.ask(door.invite())
        (mail,) = door.post.deliver()
        cookie = {"Cookie": f"portaal-browser={browser.client.cookies['portaal-browser']}"}
        fields = {"formulier": browser.token("/portaal/inloggen"), "sleutel": key_of(mail.link)}
        browser.client.cookies.clear()
        answers = [browser.send("/portaal/inloggen/link", headers=cookie, **fields).status_code for _ in range(2)]
        assert answers == [303, 410]
        assert len(door.rows("portal_session")) == 1

    def test_that_is_left_over_leads_on_when_another_was_used(self, door: Door) -> None:
        browser = door.browser()
        for _ in range(2):
            browser.ask(door.invite())
        first, second = door.post.deliver()
        browser.press(first.link)
        response = browser.get(second.link.removeprefix(HERE))
        assert (response.status_code, response.headers["location"]) == (303, "/portaal/mensen")

    def test_works_ten_minutes(self, door: Door) -> None:
        browser = door.browser()
        browser.ask(door.invite())
        (mail,) = door.post.deliver()
        path = mail.link.removeprefix(HERE)
        door.now += LINK_SECONDS - 1
        assert "Nog één stap" in browser.get(path).text
        door.now += 1
        page = browser.get(path)
        assert page.status_code == 410
        assert "Deze link werkt niet meer" in page.text
        assert LINK_SECONDS == 600

    def test_in_another_browser_says_so_and_is_not_used_up(self, door: Door) -> None:
        browser, other = door.browser(), door.browser()
        browser.ask(door.invite())
        (mail,) = door.post.deliver()
        other.token("/portaal/inloggen")
        for stranger in (other, door.browser()):
            page = stranger.get(mail.link.removeprefix(HERE))
            assert page.status_code == 403
            assert "Open de link in dezelfde browser" in page.text
            assert 'name="sleutel"' not in page.text
        token = other.token("/portaal/inloggen")
        assert other.send("/portaal/inloggen/link", formulier=token, sleutel=key_of(mail.link)).status_code == 403
        assert not other.logged_in
        assert browser.press(mail.link).status_code == 303

    @pytest.mark.parametrize("key", ["", "x", "A" * 43, "é" * 43, "A" * 5000])
    def test_made_up_key_opens_nothing(self, door: Door, key: str) -> None:
        door.invite()
        browser = door.browser()
        token = browser.token("/portaal/inloggen")
        response = browser.send("/portaal/inloggen/link", formulier=token, sleutel=key)
        assert response.status_code == 410
        assert not browser.logged_in

    def test_of_an_account_that_was_withdrawn_since_is_over(self, door: Door) -> None:
        browser = door.browser()
        email = door.invite()
        browser.ask(email)
        (mail,) = door.post.deliver()
        door.portal.withdraw(email)
        assert browser.get(mail.link.removeprefix(HERE)).status_code == 410

    @pytest.mark.parametrize(
        "naar",
        [
            "https://dief.example/portaal",
            "//dief.example",
            "/portaal//dief.example",
            "/portaal/../scan",
            "/portaal.dief.example",
            "/portaal@dief.example",
            "/portaal\\dief.example",
            "/portaal/x\r\nSet-Cookie: a=b",
            "javascript:alert(1)",
            "/v1/initiatieven",
            "/portaal/" + "a" * 400,
        ],
    )
    def test_leads_to_pages_of_the_portal_only(self, door: Door, naar: str) -> None:
        browser = door.browser()
        assert browser.log_in(door.invite(), naar).headers["location"] == "/portaal"
        logged_in = browser.client.get("/portaal/inloggen", params={"naar": naar})
        assert logged_in.headers["location"] == "/portaal"

    def test_only_hashes_are_stored(self, door: Door) -> None:
        browser = door.browser()
        browser.ask(door.invite())
        (mail,) = door.post.deliver()
        stored = repr(door.rows("login_link"))
        browser.press(mail.link)
        stored += repr(door.rows("portal_session")) + repr(door.rows("attempt"))
        for secret in (key_of(mail.link), browser.client.cookies["portaal"], "anna@gemeente.example"):
            assert len(secret) >= 20
            assert secret not in stored


class TestTries:
    def test_are_counted_under_what_only_the_key_of_the_installation_gives(self, door: Door) -> None:
        email = door.invite()
        door.browser().ask(email)
        counted = {row.subject_hash for row in door.rows("attempt") if row.kind == "link-adres"}
        assert counted == {door.app.state.parts.vault.index(f"link-adres\n{NOON // 3600}\n{email}")}

    def test_sixth_link_for_one_address_in_an_hour_has_to_wait(self, door: Door) -> None:
        email = door.invite()
        assert [door.browser().ask(email).status_code for _ in range(6)] == [303] * 5 + [429]
        door.now += 600
        response = door.browser().ask(email)
        assert response.status_code == 429
        assert response.headers["retry-after"] == "3000"
        assert "Probeer het over 50 minuten opnieuw" in response.text
        assert len(door.post.deliver()) == 5
        door.now += 3000
        assert door.browser().ask(email).status_code == 303

    def test_address_that_nobody_has_is_counted_the_same(self, door: Door) -> None:
        statuses = [door.browser().ask("niemand@gemeente.example").status_code for _ in range(6)]
        assert statuses == [303] * 5 + [429]

    def test_thirty_first_from_one_network_has_to_wait_whatever_the_address(self, door: Door) -> None:
        statuses = [door.browser().ask(f"naam{number}@gemeente.example").status_code for number in range(31)]
        assert statuses == [303] * 30 + [429]

    def test_opening_links_is_counted_too(self, door: Door) -> None:
        browser = door.browser()
        statuses = [browser.get("/portaal/inloggen/link?sleutel=x").status_code for _ in range(61)]
        assert statuses == [410] * 60 + [429]
