"""The page about the interface says all that the description says, without anything of others."""

import html
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient


@pytest.fixture(scope="module")
def page(client: TestClient) -> str:
    response = client.get("/v1/docs")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    return response.text


def test_every_operation_and_shape_is_on_it(page: str, described: dict[str, Any]) -> None:
    shown = html.unescape(re.sub(r"<[^>]+>", "", page))
    for path, item in described["paths"].items():
        for method, operation in item.items():
            assert f"{method.upper()} /v1{path}" in shown
            assert operation["summary"] in shown
    for name, schema in described["components"]["schemas"].items():
        assert f'id="vorm-{name}"' in page
        for field in schema.get("properties", {}).values():
            assert field["description"].rstrip(".") in shown, name


def test_every_link_within_the_page_leads_somewhere(page: str) -> None:
    identifiers = re.findall(r'\bid="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert len(targets) > 40
    assert targets <= set(identifiers)


def test_nothing_comes_from_elsewhere_and_nothing_runs(page: str) -> None:
    assert "<script" not in page
    loaded = re.findall(r'<link rel="stylesheet" href="([^"]+)"|src="([^"]+)"', page)
    assert [first or second for first, second in loaded] == ["/pagina/pagina.css", "/v1/docs/docs.css"]


def test_example_with_curl_is_one_that_works(client: TestClient, page: str) -> None:
    (address,) = set(re.findall(r"^ *<pre[^>]*>curl (http\S+/initiatieven/\S+)</pre>", page, re.MULTILINE))
    assert client.get(address).json()["id"] == "digitale-mkb-werkplaats-utrecht"


def test_its_looks_are_served(client: TestClient) -> None:
    response = client.get("/v1/docs/docs.css")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/css")
