"""Forms of the portal count only when a page of the portal sent them, of the browser that is logged in."""

from typing import Any

import pytest

from tests.api.portal_door import HERE, PEOPLE, Browser, Door

FOREIGN = "https://dief.example"
INVITATION = {"email": "bas@gemeente.example", "naam": "Bas", "rol": "evenement"}


@pytest.fixture
def browser(door: Door) -> Browser:
    """A browser in which a coordinator is logged in."""
    opened = door.browser()
    opened.log_in(door.invite(role="coordinator"))
    return opened


@pytest.mark.parametrize(
    "sent",
    [
        {"origin": None},
        {"origin": FOREIGN},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8001"},
        {"headers": {"Sec-Fetch-Site": "cross-site"}},
        {"headers": {"Sec-Fetch-Site": "same-site"}},
        {"headers": {"Sec-Fetch-Site": "none"}},
        {"origin": FOREIGN, "headers": {"Sec-Fetch-Site": "same-origin"}},
        {"formulier": ""},
        {"formulier": "a" * 64},
        {"formulier": "é" * 64},
    ],
)
def test_form_from_elsewhere_is_refused_and_nothing_is_done(door: Door, browser: Browser, sent: dict[str, Any]) -> None:
    fields = {"formulier": browser.token(PEOPLE), **INVITATION, **sent}
    response = browser.send(PEOPLE, **fields)
    assert response.status_code == 403
    assert "Er is niets gedaan" in response.text
    assert [person.email for person in door.portal.people()] == ["anna@gemeente.example"]
    assert door.post.deliver() == []


@pytest.mark.parametrize(
    "sent",
    [
        {"origin": HERE},
        {"headers": {"Sec-Fetch-Site": "same-origin"}},
        {"origin": None, "headers": {"Sec-Fetch-Site": "same-origin"}},
    ],
)
def test_form_of_our_own_page_counts(door: Door, browser: Browser, sent: dict[str, Any]) -> None:
    assert browser.send(PEOPLE, formulier=browser.token(PEOPLE), **INVITATION, **sent).status_code == 303
    assert len(door.portal.people()) == 2


def test_token_of_an_earlier_login_is_refused(door: Door, browser: Browser) -> None:
    old = browser.token(PEOPLE)
    browser.send("/portaal/uitloggen", formulier=old)
    browser.log_in("anna@gemeente.example")
    assert browser.send(PEOPLE, formulier=old, **INVITATION).status_code == 403
    assert len(door.portal.people()) == 1


def test_token_of_somebody_else_is_refused(door: Door, browser: Browser) -> None:
    other = door.browser()
    other.log_in(door.invite("cor@gemeente.example", role="coordinator"))
    assert browser.send(PEOPLE, formulier=other.token(PEOPLE), **INVITATION).status_code == 403


def test_form_of_who_is_logged_out_goes_to_the_login_and_is_not_carried_out(door: Door, browser: Browser) -> None:
    token = browser.token(PEOPLE)
    browser.client.cookies.delete("portaal")
    response = browser.send(PEOPLE, formulier=token, **INVITATION)
    assert (response.status_code, response.headers["location"]) == (303, "/portaal/inloggen?naar=%2Fportaal")
    assert len(door.portal.people()) == 1


@pytest.mark.parametrize("path", ["/portaal/inloggen", "/portaal/inloggen/link"])
def test_login_forms_are_guarded_too(door: Door, path: str) -> None:
    email = door.invite()
    browser = door.browser()
    token = browser.token("/portaal/inloggen")
    fields = {"email": email, "sleutel": "x"}
    assert browser.send(path, origin=FOREIGN, formulier=token, **fields).status_code == 403
    assert browser.send(path, formulier="x", **fields).status_code == 403
    assert door.browser().send(path, formulier=token, **fields).status_code == 403  # no cookie of the browser
    assert door.post.deliver() == []


def test_nothing_changes_by_opening_an_address(door: Door, browser: Browser) -> None:
    for path in ("/portaal/uitloggen", "/portaal/mensen/intrekken"):
        assert browser.get(f"{path}?email=anna@gemeente.example").status_code == 405
    assert browser.logged_in


def test_what_is_no_form_is_refused(browser: Browser) -> None:
    for content, kind in ((b"{}", "application/json"), (b"x", "multipart/form-data"), (b"\xff", "text/plain")):
        headers = {"Origin": HERE, "Content-Type": kind}
        response = browser.client.post(PEOPLE, content=content, headers=headers)
        assert response.status_code in {400, 403}
        assert response.headers["content-type"].startswith("text/html")
