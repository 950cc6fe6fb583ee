"""`/verantwoording` and `/privacy` as they are served: public, quickly, to be kept by nobody longer than they hold."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from analytics.database import migrate
from api.accountability import documents
from api.accountability.documents import DOCUMENTS
from api.app import create_app
from api.settings import Settings


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('accountability') / 'x.db'}"
    migrate(url)
    client = TestClient(create_app(Settings(database_url=url, controller="Gemeente Ergens")), follow_redirects=False)
    yield client
    client.close()


@pytest.mark.parametrize("address", ["/verantwoording", *(document.address for document in DOCUMENTS)])
def test_page_is_there_for_everybody_and_sets_nothing(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    assert "set-cookie" not in response.headers
    assert 'href="/verantwoording"' in response.text or address == "/verantwoording"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.id))
def test_file_is_downloaded_under_its_name(client: TestClient, document: documents.Document) -> None:
    response = client.get(document.download)
    assert response.headers["content-type"] == "text/markdown; charset=utf-8"
    assert response.headers["content-disposition"] == f'attachment; filename="{document.id}.md"'
    assert response.text.startswith(f"# {document.title}\n")


def test_entry_for_the_algorithm_register_is_data(client: TestClient) -> None:
    entry = client.get("/verantwoording/algoritmeregister.json").json()
    assert entry["organization"] == "Gemeente Ergens"
    assert entry["standard_version"] == "1.0"


@pytest.mark.parametrize("path", ["/verantwoording/bestaat-niet", "/verantwoording/bestaat-niet.md"])
def test_unknown_document_says_where_they_are(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "/verantwoording" in response.json()["detail"]


def test_privacy_has_one_address(client: TestClient) -> None:
    response = client.get("/verantwoording/privacy")
    assert (response.status_code, response.headers["location"]) == (308, "/privacy")


def test_documents_are_written_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/verantwoording/dpia").status_code == 200

    def again(*_: object) -> None:
        raise AssertionError("written a second time")

    monkeypatch.setattr(documents, "facts", again)
    assert client.get("/verantwoording/dpia").status_code == 200
    assert client.get("/verantwoording/uitleg.md").status_code == 200
