"""The line of a request, also of one that goes wrong in a way that nobody foresaw."""

import json
import logging
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.middleware import HeadMiddleware
from api.operations.access_log import HEADER, AccessLogMiddleware
from knowledge.log_lines import LineFormatter

CANARY = "jan@bakkerij.example"
ID = "0123456789abcdef0123456789abcdef"


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(LineFormatter("gateway"))
        self.text: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.text.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler, logger = Lines(), logging.getLogger("api.requests")
    logger.addHandler(handler)
    before = logger.level
    logger.setLevel(logging.INFO)  # not by the attribute: a level is remembered by who asked before
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(before)


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()

    @app.get("/things/{name}")
    def thing(name: str) -> str:
        if name == "fout":
            raise ValueError(CANARY)
        return name

    app.add_middleware(HeadMiddleware)
    app.add_middleware(AccessLogMiddleware)
    return TestClient(app, raise_server_exceptions=False)


def test_request_is_told_by_its_route_and_not_by_what_was_asked(client: TestClient, lines: Lines) -> None:
    answer = client.get(f"/things/{CANARY}?q={CANARY}", headers={HEADER: ID})
    assert answer.headers[HEADER] == ID
    found = json.loads(lines.text[0])
    assert (found["method"], found["route"], found["status"], found["request"]) == ("GET", "/things/{name}", 200, ID)
    assert CANARY not in lines.text[0]


def test_head_is_told_as_such_with_the_route_that_took_it(client: TestClient, lines: Lines) -> None:
    assert client.head(f"/things/{CANARY}").status_code == 200
    found = json.loads(lines.text[0])
    assert (found["method"], found["route"], found["status"]) == ("HEAD", "/things/{name}", 200)


def test_address_and_method_that_are_not_there_are_not_repeated(client: TestClient, lines: Lines) -> None:
    client.request(CANARY.split("@", maxsplit=1)[0].upper(), f"/{CANARY}")
    found = json.loads(lines.text[0])
    assert (found["method"], found["route"], found["status"]) == ("-", "-", 404)


def test_unexpected_error_is_told_by_its_kind_and_place_with_the_request(client: TestClient, lines: Lines) -> None:
    assert client.get("/things/fout", headers={HEADER: ID}).status_code == 500
    error, request = map(json.loads, lines.text)
    assert (error["error"], error["request"], request["event"]) == ("ValueError", ID, "request")
    assert error["trace"][-1].endswith(" thing")
    assert CANARY not in "".join(lines.text)
