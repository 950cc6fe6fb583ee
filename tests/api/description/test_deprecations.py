"""Whoever uses what is on its way out is told so with every answer, and has time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api.description.deprecations import DEPRECATIONS, Deprecation, DeprecationMiddleware
from api.description.document import document

OLD = Deprecation(
    "GET",
    "/v1/oud/{id}",
    since=datetime(2027, 1, 1, tzinfo=UTC),
    until=datetime(2027, 12, 31, 23, 59, 59, tzinfo=UTC),
    instead="Gebruik /v1/nieuw.",
)
AT_LEAST = timedelta(days=180)


@pytest.fixture
def old() -> TestClient:
    async def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse("goed", headers={"Link": '</v1/nieuw>; rel="next"'})

    app = Starlette(routes=[Route("/v1/{path:path}", answer, methods=["GET", "POST"])])
    return TestClient(DeprecationMiddleware(app, [OLD]))


def test_answer_tells_since_when_until_when_and_where_to_read_of_it(old: TestClient) -> None:
    headers = old.get("/v1/oud/12").headers
    assert headers["deprecation"] == "@1798761600"  # RFC 9745: seconds since 1970
    assert headers["sunset"] == "Fri, 31 Dec 2027 23:59:59 GMT"  # RFC 8594: a date of HTTP
    assert headers.get_list("link") == [
        '</v1/nieuw>; rel="next"',
        '</v1/docs#verouderd>; rel="deprecation"; type="text/html"',
    ]


@pytest.mark.parametrize(("method", "path"), [("POST", "/v1/oud/12"), ("GET", "/v1/oud/12/x"), ("GET", "/v1/oude/12")])
def test_what_is_not_deprecated_says_nothing(old: TestClient, method: str, path: str) -> None:
    headers = old.request(method, path).headers
    assert "deprecation" not in headers
    assert "sunset" not in headers


@pytest.mark.parametrize("one", DEPRECATIONS, ids=lambda one: one.path)
def test_what_is_deprecated_works_for_half_a_year_and_is_on_the_page(client: TestClient, one: Deprecation) -> None:
    assert one.until - one.since >= AT_LEAST
    answer = client.request(one.method, one.path.replace("{maand}", "2026-11").replace("{tabel}", "jaar-sector"))
    assert answer.status_code != 405
    assert answer.json()["detail"] != "Dit adres bestaat niet."
    assert answer.headers["deprecation"].startswith("@")
    page = client.get("/v1/docs").text
    assert one.path in page
    assert one.instead in page


@pytest.mark.parametrize("one", DEPRECATIONS, ids=lambda one: one.path)
def test_what_is_deprecated_says_so_in_the_description(described: dict[str, Any], one: Deprecation) -> None:
    marked = {
        (method.upper(), f"/v1{path}")
        for path, item in described["paths"].items()
        for method, operation in item.items()
        if operation.get("deprecated")
    }
    assert (one.method, one.path) in marked
    assert len(marked) == len(DEPRECATIONS)


def test_looking_without_reading_tells_the_same(old: TestClient) -> None:
    read, looked = old.get("/v1/oud/12").headers, old.head("/v1/oud/12").headers
    for name in ("deprecation", "sunset", "link"):
        assert looked.get_list(name) == read.get_list(name) != []


def test_deprecated_operation_is_marked_in_the_description(client: TestClient) -> None:
    now = datetime.now(UTC)
    one = Deprecation("GET", "/v1/vragen", now, now + AT_LEAST, "Gebruik iets anders.")
    paths = document(client.app, [one])["paths"]  # type: ignore[arg-type]
    assert paths["/vragen"]["get"]["deprecated"] is True
    assert "deprecated" not in paths["/gemeenten"]["get"]
