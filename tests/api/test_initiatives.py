"""`/v1/initiatieven`, without the processes behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from analytics.database import migrate
from api.app import create_app
from api.settings import Settings
from knowledge.base import Knowledge
from tests.knowledge.agreed import INITIATIVES


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('api') / 'x.db'}"
    migrate(url)
    app = create_app(Settings(database_url=url))
    # Without the lifespan: nothing behind the gateway runs here.
    client = TestClient(app, raise_server_exceptions=False)
    yield client
    client.close()


def ids(client: TestClient, query: str = "") -> set[str]:
    """Of the initiatives that are agreed with others, those that are found; a region may have more."""
    response = client.get(f"/v1/initiatieven{query}")
    assert response.status_code == 200, response.text
    return {entry["id"] for entry in response.json()} & {initiative["id"] for initiative in INITIATIVES}


def test_all_are_there_with_their_status(client: TestClient, knowledge: Knowledge) -> None:
    entries = {entry["id"]: entry for entry in client.get("/v1/initiatieven").json()}
    assert set(entries) == {initiative.id for initiative in knowledge.catalogue}
    assert entries["mijn-digitale-zaak"]["status"] == "gestopt"
    assert (entries["smart-industry-hub"]["status"], entries["smart-industry-hub"]["opvolger"]) == (
        "opgegaan_in",
        "EDIH",
    )
    assert entries["u-tech-community"]["einde"] == "2026-12-31"
    assert "toelichting" not in entries["spot035"]


def test_filters_count_together(client: TestClient) -> None:
    assert ids(client, "?gemeente=GM0345&hulpvraag=veilig&status=actief&fase=engaged&grootteklasse=1") == {
        "kvo-d-veenendaal",
        "pvo-midden-nederland",
        "ncsc",
    }


def test_municipality_filter_is_about_whom_it_serves(client: TestClient) -> None:
    found = ids(client, "?gemeente=GM0402")
    assert "spot035" in found
    assert "kvk" in found
    assert "cybernetwerk-utrecht" not in found


def test_status_filter(client: TestClient) -> None:
    assert ids(client, "?status=opgegaan_in") == {"media-perspectives", "smart-industry-hub"}


@pytest.mark.parametrize(
    "query", ["?fase=gevorderd", "?hulpvraag=x", "?gemeente=GM9999", "?gemeente=Zeist", "?status=x"]
)
def test_filter_with_a_value_that_does_not_exist(client: TestClient, query: str) -> None:
    response = client.get(f"/v1/initiatieven{query}")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"


def test_one_initiative(client: TestClient) -> None:
    entry = client.get("/v1/initiatieven/cyberchef-amersfoort").json()
    assert (entry["naam"], entry["regio"], entry["verouderd"]) == ("Cyberchef Amersfoort", ["GM0307"], True)
    assert client.get("/v1/initiatieven/bestaat-niet").status_code == 404


def test_unexpected_error_has_the_one_shape_and_no_detail_of_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr("api.initiatives.service.select", fail)
    response = client.get("/v1/initiatieven")
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["api-version"]
    assert "geheim" not in response.text


def test_every_setting_is_documented() -> None:
    readme = Path("README.md").read_text()
    missing = [name.upper() for name in Settings.model_fields if f"`{name.upper()}`" not in readme]
    assert missing == []
