"""Every address of the portal lets in whom the list says, and nobody else; an address that is not listed fails."""

import re

import pytest
from fastapi.routing import iter_route_contexts
from httpx2 import Response

from tests.api.portal_door import Browser, Door
from tests.api.portal_routes import OWNER, PARTS, ROLES, TABLE, Access

WRONG_ROLE = "Deze pagina is niet voor jou"
WRONG_FORM = "Dit formulier is niet meer geldig"  # of somebody whose role is right
PLACEHOLDER = "0" * 8

Cast = dict[tuple[str, bool], Browser]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return Door(tmp_path_factory.mktemp("roles"))


@pytest.fixture(scope="module")
def cast(portal: Door) -> Cast:
    """A browser for each role, once with and once without a second factor."""
    found = {}
    for role in ROLES:
        email = portal.invite(f"{role}@voorbeeld.example", role, role, {"kvk"} if role == OWNER else ())
        for confirmed in (False, True):
            browser = found[role, confirmed] = portal.browser()
            browser.log_in(email)
            if confirmed:
                browser.confirm()
    return found


def call(browser: Browser, route: str, *, form_token: str = "") -> Response:
    """Ask for an address, with something in the place of what differs from one to the next."""
    method, path = route.split(" ")
    path = re.sub(r"{\w+}", PLACEHOLDER, path)
    return browser.get(path) if method == "GET" else browser.send(path, formulier=form_token)


def is_sent_to(response: Response, path: str) -> bool:
    return response.status_code == 303 and response.headers["location"].split("?")[0] == path


def test_every_address_is_listed_and_every_listed_one_is_there(portal: Door) -> None:
    there = {
        f"{method} {context.path}"
        for context in iter_route_contexts(portal.app.routes)
        if context.path and context.path.startswith(PARTS)
        for method in context.methods or ()
        if method != "HEAD"
    }
    assert there == set(TABLE)


@pytest.mark.parametrize(("route", "access"), TABLE.items(), ids=TABLE)
class TestAddress:
    def test_without_a_login(self, portal: Door, route: str, access: Access) -> None:
        response = call(portal.browser(), route)
        if access.token:
            assert response.status_code == 401
        else:
            assert is_sent_to(response, "/portaal/inloggen") is not access.open

    @pytest.mark.parametrize("role", ROLES)
    def test_with_a_role(self, cast: Cast, route: str, access: Access, role: str) -> None:
        for confirmed in (False, True):
            browser = cast[role, confirmed]
            if access.token:
                assert call(browser, route).status_code == 401
            elif role not in access.roles:
                self.is_kept_out(browser, route)
            else:
                needs_more = access.second_factor and not confirmed
                self.gets_in(browser, route, access, needs_more=needs_more)

    def is_kept_out(self, browser: Browser, route: str) -> None:
        """Also with a form of a page of ours."""
        response = call(browser, route, form_token=browser.token("/portaal/passkey"))
        assert response.status_code == 403
        assert WRONG_ROLE in response.text

    def gets_in(self, browser: Browser, route: str, access: Access, *, needs_more: bool) -> None:
        """With a form that is not of a page of ours, so that nothing is done."""
        response = call(browser, route)
        assert is_sent_to(response, "/portaal/passkey") is needs_more
        assert WRONG_ROLE not in response.text
        if route.startswith("POST") and not needs_more:
            assert response.status_code == 404 or WRONG_FORM in response.text
        if not access.open:
            assert not is_sent_to(response, "/portaal/inloggen")
