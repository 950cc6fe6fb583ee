"""Every answer of every address carries the headers that keep browsers safe: errors, refusals and files as well."""

import re
from collections.abc import Iterator
from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from httpx2 import Response

from api.headers import API_VERSION
from api.middleware import LARGEST_BODY
from tests.api.portal_door import Door

HOME = "https://hulp.example.nl"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")
MARK = "kanarie-5f1e"  # what a client sends, and no error may say
YEAR = 31_536_000
# What is the same for everybody may be kept by a browser, which asks whether it is still right.
KEPT = re.compile(
    r"/|/(chat|demo|inbouwen|scan|cijfers|uitslag|intake|privacy|handboek|verantwoording|initiatieven)(/.*)?|/(pagina|widget|contact|portaal)/.*\.(css|js)|/v1/cijfers.*"
    r"|/v1/openapi\.json|/v1/docs.*|/e/.*|/f/.*"
)
OPEN = re.compile(r"/v1/(openapi\.json|initiatieven.*|cijfers.*)|/hsds.*|/widget/.*\.js")


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return Door(tmp_path_factory.mktemp("headers"), HOME)


@pytest.fixture(scope="module")
def visitor(door: Door) -> Iterator[TestClient]:
    client = TestClient(door.app, base_url=HOME, follow_redirects=False, raise_server_exceptions=False)
    yield client
    client.close()


def addresses(door: Door) -> set[str]:
    """Every address there is, with something in the place of what differs from one to the next."""
    return {re.sub(r"{[^}]+}", "x", str(context.path)) for context in iter_route_contexts(door.app.routes)}


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}


def assert_safe(response: Response, path: str) -> None:
    """What holds for every answer (internet.nl, ASVS 3.4, API Design Rules)."""
    where = f"{response.request.method} {path}: {response.status_code}"
    headers = response.headers
    assert headers["api-version"] == API_VERSION, where
    assert headers["x-content-type-options"] == "nosniff", where
    assert headers["referrer-policy"] in ("no-referrer", "same-origin"), where
    assert headers["x-frame-options"] in ("DENY", "SAMEORIGIN"), where
    assert int(re.findall(r"max-age=(\d+)", headers["strict-transport-security"])[0]) >= YEAR, where
    for telling in ("server", "x-powered-by", "access-control-allow-credentials"):
        assert telling not in headers, where
    assert_policy(headers["content-security-policy"], where)
    if not (KEPT.fullmatch(path) and response.status_code < 400):
        assert "no-store" in headers["cache-control"], where
    if not OPEN.fullmatch(path):
        assert headers.get("access-control-allow-origin") != "*", where
    assert_cookies(headers.get_list("set-cookie"), where)
    assert MARK not in response.text, where


def assert_policy(policy: str, where: str) -> None:
    found = directives(policy)
    assert found["default-src"] == ["'none'"], where
    assert found["base-uri"] == ["'none'"], where
    assert "*" not in found["form-action"] + found["frame-ancestors"], where
    for name in ("script-src", "connect-src", "worker-src", "manifest-src"):
        assert set(found.get(name, [])) <= {"'self'", "'none'"}, f"{where}: {name}"


def assert_cookies(cookies: list[str], where: str) -> None:
    for line in cookies:
        ((name, cookie),) = SimpleCookie(line).items()
        assert name.startswith("__Host-"), where
        assert cookie["secure"] is True, where
        assert cookie["httponly"] is True, where
        assert cookie["samesite"].lower() in ("lax", "strict"), where
        assert (cookie["path"], cookie["domain"]) == ("/", ""), where


def test_every_address_by_every_method(door: Door, visitor: TestClient) -> None:
    found = addresses(door)
    assert len(found) > 100
    for path in sorted(found):
        for method in METHODS:
            response = visitor.request(method, path, params={"zoek": MARK}, headers={"X-Kanarie": MARK})
            assert_safe(response, path)
            if method == "HEAD":
                assert response.content == b"", path
            if method in ("TRACE", "CONNECT"):
                assert response.status_code in (404, 405), f"{method} {path}"


def test_who_is_logged_in_gets_nothing_that_is_kept(door: Door) -> None:
    email = door.invite("c@gemeente.example", "coordinator", "Co")
    browser = door.browser()
    browser.log_in(email)
    browser.confirm()
    for path in sorted(path for path in addresses(door) if path.startswith("/portaal")):
        response = browser.get(path)
        assert_safe(response, path)
        if not path.endswith((".css", ".js")):
            assert "no-store" in response.headers["cache-control"], path


def test_login_gives_cookies_that_only_this_host_can_set(door: Door) -> None:
    email = door.invite("d@gemeente.example", "coordinator", "Do")
    browser = door.browser()
    browser.log_in(email)
    assert {cookie.name for cookie in browser.client.cookies.jar} >= {"__Host-portaal"}


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("GET", f"/bestaat-niet/{MARK}", {}),
        ("GET", "/v1/vragen/", {}),
        ("GET", "/../../etc/passwd", {}),
        ("GET", "/intake/app/..%2f..%2fsettings.py", {}),
        ("POST", "/v1/gesprekken", {"content": MARK}),
        ("POST", "/v1/gesprekken", {"json": {"site": MARK, "kanaal": MARK}}),
        ("POST", "/v1/gesprekken", {"content": b"x" * (LARGEST_BODY + 1)}),
        ("POST", "/scan", {"content": b"x" * (LARGEST_BODY + 1)}),
        ("POST", "/scan", {"data": {"bedrijf": MARK}}),
        ("POST", "/portaal/inloggen", {"data": {"email": MARK}}),
        ("POST", "/contact", {"data": {"naam": MARK}, "headers": {"Origin": "https://evil.example"}}),
        ("POST", "/v1/gesprekken", {"json": {}, "headers": {"Origin": "https://evil.example"}}),
        ("OPTIONS", "/v1/gesprekken", {"headers": {"Origin": "null", "Access-Control-Request-Method": "POST"}}),
        ("OPTIONS", "/v1/initiatieven", {"headers": {"Origin": HOME, "Access-Control-Request-Method": "DELETE"}}),
        ("GET", "/intake/regels.json", {"headers": {"If-None-Match": "*"}}),
    ],
)
def test_refusals_and_errors(visitor: TestClient, method: str, path: str, more: dict[str, Any]) -> None:
    assert_safe(visitor.request(method, path, **more), path)


def test_error_that_nobody_foresaw(door: Door, visitor: TestClient) -> None:
    parts = door.app.state.parts
    door.app.state.parts = replace(parts, knowledge=None)
    try:
        for path in ("/v1/vragen", "/scan"):
            response = visitor.get(path, params={"site": MARK})
            assert response.status_code == 500
            assert_safe(response, path)
            assert "NoneType" not in response.text
    finally:
        door.app.state.parts = parts


def test_every_file_that_is_served(door: Door, visitor: TestClient) -> None:
    pages = ("/", "/scan", "/cijfers", "/inbouwen", "/demo", "/portaal/inloggen", "/intake/x")
    linked = {
        link
        for page in pages
        for link in re.findall(
            r"(?:href|src)=\"(/[^\"?#]*\.(?:css|js|png|svg|json|ico|webmanifest))", visitor.get(page).text
        )
    }
    assert len(linked) >= 5
    for path in sorted(linked):
        response = visitor.get(path)
        assert response.status_code == 200, path
        assert response.headers["content-type"].split(";")[0] != "text/html", path
        for name in ("x-content-type-options", "content-security-policy", "strict-transport-security"):
            assert response.headers[name], path
