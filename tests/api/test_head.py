"""HEAD answers like GET without the body, at every address."""

import pytest
from fastapi.testclient import TestClient

PATHS = (
    "/v1/vragen",
    "/v1/initiatieven",
    "/v1/openapi.json",
    "/?site=een",
    "/initiatieven",
    "/scan?site=een",
    "/healthz",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_tells_what_get_would_answer(client: TestClient, path: str, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding, "X-Request-Id": "5e3d1f5a-6a44-4e0b-b7a5-6a8d3c1d9f10"}
    read, looked = client.get(path, headers=headers), client.head(path, headers=headers)
    assert looked.status_code == read.status_code == 200
    assert looked.content == b"" != read.content
    assert dict(looked.headers) == dict(read.headers)


@pytest.mark.parametrize(("path", "status"), [("/v1/gesprekken", 405), ("/bestaat-niet", 404)])
def test_finds_nothing_where_get_does_not(client: TestClient, path: str, status: int) -> None:
    assert client.head(path).status_code == client.get(path).status_code == status


def test_is_not_in_the_description(client: TestClient) -> None:
    paths = client.get("/v1/openapi.json").json()["paths"]
    assert [path for path, operations in paths.items() if "head" in operations] == []
