"""A session of the portal: how long it lasts, what ends it, its cookie, and what its pages allow a browser."""

from pathlib import Path

import pytest

from api.portal.repository import IDLE_SECONDS, LONGEST_SECONDS
from tests.api.portal_door import PEOPLE, Browser, Door

SECURE = "https://hulp.voorbeeld.example"


@pytest.fixture
def browser(door: Door) -> Browser:
    """A browser in which Anna is logged in."""
    opened = door.browser()
    opened.log_in(door.invite())
    return opened


class TestEnd:
    def test_half_an_hour_without_a_request(self, door: Door, browser: Browser) -> None:
        door.now += IDLE_SECONDS - 1
        assert browser.logged_in
        door.now += IDLE_SECONDS
        assert not browser.logged_in
        assert IDLE_SECONDS == 30 * 60

    def test_twelve_hours_however_busy(self, door: Door, browser: Browser) -> None:
        for _ in range(LONGEST_SECONDS // 1200 - 1):
            door.now += 1200
            assert browser.logged_in
        door.now += 1200
        assert not browser.logged_in
        assert LONGEST_SECONDS == 12 * 3600

    def test_log_out_ends_it_on_the_server_too(self, door: Door, browser: Browser) -> None:
        token = browser.token("/portaal/mensen")  # refused to Anna, with the form to log out
        kept = browser.client.cookies["portaal"]
        response = browser.send("/portaal/uitloggen", formulier=token)
        assert (response.status_code, response.headers["location"]) == (303, "/portaal/inloggen")
        assert "portaal" not in browser.client.cookies
        assert not browser.opens_with(f"portaal={kept}")
        assert door.rows("portal_session") == []

    def test_withdrawn_account_is_logged_out_everywhere(self, door: Door, browser: Browser) -> None:
        elsewhere = door.browser()
        elsewhere.log_in("anna@gemeente.example")
        assert browser.logged_in
        door.portal.withdraw("anna@gemeente.example")
        assert not browser.logged_in
        assert not elsewhere.logged_in
        assert door.rows("portal_session") == door.rows("login_link") == []

    def test_sweep_deletes_what_is_over_and_nothing_else(self, door: Door, browser: Browser) -> None:
        door.browser().ask("anna@gemeente.example")
        door.post.deliver()
        assert door.repository.sweep(door.now + 599) == 0
        assert door.repository.sweep(door.now + 600) == 1
        assert browser.logged_in
        assert door.repository.sweep(door.now + IDLE_SECONDS) == 1
        assert door.rows("portal_session") == []


class TestCookie:
    @pytest.mark.parametrize("value", ["", "x", "A" * 43, "A" * 5000, "é", "a;b"])
    def test_made_up_one_opens_nothing(self, door: Door, value: str) -> None:
        door.invite()
        assert not door.browser().opens_with(f"portaal={value}")

    def test_token_opens_under_its_own_name_only(self, browser: Browser) -> None:
        token = browser.client.cookies["portaal"]
        assert browser.opens_with(f"portaal={token}")
        assert not browser.opens_with(f"portaal-browser={token}")
        assert not browser.opens_with(f"__Host-portaal={token}")

    def test_on_plain_http_is_for_this_host_and_not_for_scripts(self, door: Door) -> None:
        browser = door.browser()
        sent = browser.log_in(door.invite()).headers.get_list("set-cookie")
        (session,) = [cookie for cookie in sent if cookie.startswith("portaal=")]
        assert {part.strip() for part in session.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=lax"}

    def test_over_https_is_secure_and_bound_to_the_host_by_its_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        door = Door(tmp_path, SECURE)
        door.set_clock(monkeypatch)
        browser = door.browser()
        assert "; Secure" in browser.get("/portaal/inloggen").headers["set-cookie"]
        sent = browser.log_in(door.invite()).headers.get_list("set-cookie")
        assert all(cookie.startswith("__Host-portaal") and "; Secure" in cookie for cookie in sent)
        assert not any("domain" in cookie.lower() for cookie in sent)
        assert browser.logged_in
        token = browser.client.cookies["__Host-portaal"]
        assert browser.opens_with(f"__Host-portaal={token}")
        assert not browser.opens_with(f"portaal={token}")


class TestPage:
    @pytest.mark.parametrize("path", ["/portaal/inloggen", "/portaal/bestaat-niet", "/portaal/mensen"])
    def test_is_not_kept_not_framed_and_runs_no_script(self, browser: Browser, path: str) -> None:
        for visitor in (browser, browser.door.browser()):
            headers = visitor.get(path).headers
            assert headers["cache-control"] == "no-store"
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert "script-src" not in headers["content-security-policy"]
            assert headers["content-security-policy"].startswith("default-src 'none'")

    def test_that_does_not_exist_is_a_page_and_tells_who_is_logged_in_nothing_new(self, door: Door) -> None:
        page = door.browser().get("/portaal/bestaat-niet")
        assert page.status_code == 404
        assert page.headers["content-type"].startswith("text/html")
        assert "Dit adres bestaat niet." in page.text

    def test_for_coordinators_is_refused_to_others(self, browser: Browser) -> None:
        page = browser.get("/portaal/mensen")
        assert page.status_code == 403
        assert "Deze pagina is niet voor jou" in page.text
        assert "Ingelogd als <strong>Anna Bos</strong>" in page.text
        assert 'href="/portaal/mensen"' not in page.text

    def test_outside_the_portal_errors_stay_as_they_were(self, door: Door) -> None:
        response = door.browser().get("/v1/bestaat-niet")
        assert response.headers["content-type"] == "application/problem+json"


class TestFirstPage:
    @pytest.mark.parametrize(
        ("role", "path"),
        [
            ("evenement", "/portaal/evenementen"),
            ("eigenaar", "/portaal/aanvragen"),
            ("werkgroep", "/portaal/cijfers"),
            ("coordinator", "/portaal/beheer"),
        ],
    )
    def test_is_there_and_the_first_of_the_menu(self, door: Door, role: str, path: str) -> None:
        browser = door.browser()
        browser.log_in(door.invite(role=role, initiatives={"kvk"} if role == "eigenaar" else ()))
        assert browser.get("/portaal").headers["location"] == path
        page = browser.get(path)
        assert page.status_code == 200
        assert f'href="{path}" aria-current="page"' in page.text

    def test_may_run_a_script_only_where_passkeys_are_made(self, door: Door) -> None:
        browser = door.browser()
        browser.log_in(door.invite(role="coordinator"))
        policies = {path: browser.get(path).headers["content-security-policy"] for path in ("/portaal/passkey", PEOPLE)}
        assert policies["/portaal/passkey"] == f"{policies[PEOPLE]}; script-src 'self'"
