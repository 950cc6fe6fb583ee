"""What goes out compressed: the files that are the same for everybody, and nothing that holds somebody's secret."""

import pytest
from fastapi.testclient import TestClient

from api.widget.releases import newest


@pytest.mark.parametrize("path", [newest().address, "/intake/app/intake.js", "/intake/regels.json", "/scan/scan.css"])
def test_public_files_are_compressed_for_who_can_read_that(client: TestClient, path: str) -> None:
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.status_code == plain.status_code == 200
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["vary"]
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.content == plain.content


@pytest.mark.parametrize("path", ["/portaal/inloggen", "/scan?site=een", "/v1/vragen"])
def test_pages_with_a_secret_and_answers_are_not(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200
    assert "content-encoding" not in response.headers


def test_conversations_are_not(client: TestClient, assistant: list[str | None]) -> None:
    response = client.post(
        "/v1/gesprekken", json={"site": "een", "kanaal": "widget"}, headers={"Accept-Encoding": "gzip"}
    )
    assert response.status_code == 201
    assert assistant == ["begin"]
    assert "content-encoding" not in response.headers
