"""Logging in by the own organisation, with a certified provider at the other end."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.api.identity.conftest import BEGIN, Provider
from tests.api.portal_door import Browser, Door

OLGA = "olga@initiatief.example"


def leave(browser: Browser, path: str = "/portaal/passkey") -> str:
    """Begin at the portal, and give the address of the provider that it sends the browser to."""
    response = browser.get(f"{BEGIN}?naar={path}")
    assert response.status_code == 303
    return str(response.headers["location"])


@pytest.fixture
def olga(door: Door) -> str:
    return door.invite(OLGA, "eigenaar", "Olga", {"kvk"})


class TestSuccess:
    def test_leads_to_where_somebody_was_going(self, browser: Browser, provider: Provider, olga: str) -> None:
        page = browser.get("/portaal/inloggen?naar=/portaal/passkey").text
        assert f'href="{BEGIN}?naar=%2Fportaal%2Fpasskey">Inloggen met Gemeente Zeist' in page
        back = provider.send_back(leave(browser), email=olga, email_verified=True)
        response = browser.get(back)
        assert (response.status_code, response.headers["location"]) == (303, "/portaal/passkey")
        assert "Ingelogd als <strong>Olga" in browser.get("/portaal/passkey").text
        assert "portaal-browser" not in browser.client.cookies

    def test_without_a_second_factor_still_asks_for_a_passkey(
        self, door: Door, browser: Browser, provider: Provider, olga: str
    ) -> None:
        browser.get(provider.send_back(leave(browser), email=olga, email_verified=True, amr=["pwd"], acr="0"))
        assert browser.logged_in
        assert [row.second_factor_at for row in door.rows("portal_session")] == [None]

    @pytest.mark.parametrize("shown", [{"amr": ["pwd", "mfa"]}, {"acr": "mfa"}])
    def test_with_a_second_factor_needs_no_passkey(
        self, door: Door, browser: Browser, provider: Provider, olga: str, shown: dict[str, object]
    ) -> None:
        browser.get(provider.send_back(leave(browser), email=olga, email_verified=True, **shown))
        assert [row.second_factor_at for row in door.rows("portal_session")] == [door.now]

    def test_takes_an_address_in_capitals(self, browser: Browser, provider: Provider, olga: str) -> None:
        browser.get(provider.send_back(leave(browser), email=olga.upper(), email_verified=True))
        assert browser.logged_in

    def test_asks_with_pkce_and_secrets_that_are_new_each_time(self, browser: Browser) -> None:
        first, second = (parse_qs(urlsplit(leave(browser)).query) for _ in range(2))
        assert first["code_challenge_method"] == ["S256"]
        assert first["scope"] == ["openid email"]
        for name in ("state", "nonce", "code_challenge"):
            assert first[name] != second[name]
            assert len(first[name][0]) >= 43


class TestRefused:
    @pytest.fixture(autouse=True)
    def stays_out(self, door: Door, browser: Browser) -> Iterator[None]:
        yield
        assert not browser.logged_in
        assert door.rows("portal_session") == []

    def refused(self, browser: Browser, back: str, status: int, text: str) -> None:
        page = browser.get(back)
        assert page.status_code == status
        assert text in page.text
        assert 'href="/portaal"' in page.text  # from where the mailed link can be asked for

    def test_with_another_state(self, browser: Browser, provider: Provider, olga: str) -> None:
        back = provider.send_back(leave(browser), email=olga, email_verified=True)
        state = parse_qs(urlsplit(back).query)["state"][0]
        self.refused(browser, back.replace(state, "x" * 43), 410, "Deze poging werkt niet meer")

    def test_with_an_answer_of_another_attempt(self, browser: Browser, provider: Provider, olga: str) -> None:
        back = provider.send_back(leave(browser), email=olga, email_verified=True)
        other = parse_qs(urlsplit(leave(browser)).query)["state"][0]
        state = parse_qs(urlsplit(back).query)["state"][0]
        # The code was asked for with the secrets of the first attempt.
        self.refused(browser, back.replace(state, other), 403, "Het antwoord van je organisatie klopt niet.")

    def test_in_another_browser_which_does_not_use_it_up(
        self, door: Door, browser: Browser, provider: Provider, olga: str
    ) -> None:
        first = door.browser()
        back = provider.send_back(leave(first), email=olga, email_verified=True)
        leave(browser)
        self.refused(browser, back, 410, "alleen in dezelfde browser")
        self.refused(door.browser(), back, 410, "alleen in dezelfde browser")
        first.get(back)
        assert first.logged_in
        first.send("/portaal/uitloggen", formulier=first.token("/portaal/passkey"))

    def test_after_ten_minutes(self, door: Door, browser: Browser, provider: Provider, olga: str) -> None:
        back = provider.send_back(leave(browser), email=olga, email_verified=True)
        door.now += 600
        self.refused(browser, back, 410, "Een poging werkt 10 minuten")

    @pytest.mark.parametrize("email", ["niemand@initiatief.example", "weg@initiatief.example"])
    def test_who_was_not_invited_or_is_withdrawn(
        self, door: Door, browser: Browser, provider: Provider, email: str
    ) -> None:
        door.portal.withdraw(door.invite("weg@initiatief.example"))
        before = len(door.rows("account"))
        back = provider.send_back(leave(browser), email=email, email_verified=True)
        self.refused(browser, back, 403, "Je bent niet uitgenodigd")
        assert len(door.rows("account")) == before

    @pytest.mark.parametrize("verified", [False, None, "ja"])
    def test_whose_address_was_not_checked(
        self, browser: Browser, provider: Provider, olga: str, verified: object
    ) -> None:
        back = provider.send_back(leave(browser), email=olga, email_verified=verified)
        self.refused(browser, back, 403, "Je mailadres is niet gecontroleerd")

    def test_who_stopped_at_the_provider(self, browser: Browser, provider: Provider) -> None:
        self.refused(browser, provider.send_back(leave(browser)), 403, "Het inloggen bij je organisatie is gestopt.")

    def test_with_an_answer_of_another_provider(self, browser: Browser, provider: Provider, olga: str) -> None:
        back = provider.send_back(leave(browser), email=olga, email_verified=True)
        issuer = parse_qs(urlsplit(back).query)["iss"][0]
        assert issuer == provider.url
        other = back.replace("iss=", "iss=https%3A%2F%2Fdief.example&x=")
        self.refused(browser, other, 403, "Het antwoord van je organisatie klopt niet.")


class TestOnce:
    def test_same_answer_opens_one_session(self, door: Door, browser: Browser, provider: Provider, olga: str) -> None:
        address = leave(browser)
        cookie = {"Cookie": f"portaal-browser={browser.client.cookies['portaal-browser']}"}
        back = provider.send_back(address, email=olga, email_verified=True)
        browser.client.cookies.clear()
        answers = [browser.client.get(back, headers=cookie).status_code for _ in range(2)]
        assert answers == [303, 410]
        assert len(door.rows("portal_session")) == 1

    def test_attempts_are_counted_per_network(self, door: Door) -> None:
        answers = [door.browser().get(BEGIN).status_code for _ in range(61)]
        assert answers == [303] * 60 + [429]

    def test_sweep_deletes_attempts_that_are_over(self, door: Door, browser: Browser) -> None:
        leave(browser)
        sweep = next(one for one in door.app.state.parts.sweepers if "Identity" in repr(one))
        assert sweep(door.now + 599) == 0
        assert sweep(door.now + 600) == 1


class TestDown:
    def test_provider_is_told_of_and_the_mailed_link_still_works(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        door = Door(tmp_path, oidc_issuer="http://127.0.0.1:1", oidc_client_id="portaal")
        door.set_clock(monkeypatch)
        browser = door.browser()
        page = browser.get(BEGIN)
        assert page.status_code == 503
        assert "Je organisatie geeft geen goed antwoord." in page.text
        assert "Je kunt ook inloggen met een link in je mail." in page.text
        assert browser.log_in(door.invite()).status_code == 303
        assert browser.logged_in

    def test_provider_that_stops_on_the_way_is_told_of(self, browser: Browser, provider: Provider, olga: str) -> None:
        back = provider.send_back(leave(browser), email=olga, email_verified=True)
        provider.stop()
        try:
            page = browser.get(back)
            assert page.status_code == 503
            assert not browser.logged_in
        finally:
            provider.start()

    def test_without_a_provider_there_is_no_button_and_no_address(self, tmp_path: Path) -> None:
        browser = Door(tmp_path).browser()
        assert BEGIN not in browser.get("/portaal/inloggen").text
        assert browser.get(BEGIN).status_code == 404
        assert browser.get(f"{BEGIN}/terug?state=x&code=y").status_code == 404
