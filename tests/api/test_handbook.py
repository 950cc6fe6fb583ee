"""`/handboek`: the Markdown of docs/handboek as pages, and nothing else of the folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.handbook import reading
from tests.api.portal_door import Door

TEXT = """\
# Een titel

<!-- run -->
```sh
make start
```

## Zo & zo: wat je doet

Zie [eigenaren](eigenaren.md#beginnen), [het begin](index.md) en [de cijfers](../cijfers.md), op [een site](https://a.example/b).

<script>alert(1)</script>

![Een beeld](beelden/iets.png)
"""


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    client = TestClient(Door(tmp_path_factory.mktemp("handbook")).app, follow_redirects=False)
    yield client
    client.close()


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "proef.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(reading, "FOLDER", tmp_path)
    handbook = reading.read("proef")
    assert handbook
    assert handbook.title == "Een titel"
    return handbook.content


def test_every_handbook_is_a_page_with_its_title(visitor: TestClient) -> None:
    for path in reading.FOLDER.glob("*.md"):
        title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        response = visitor.get("/handboek" if path.stem == "index" else f"/handboek/{path.stem}")
        assert response.status_code == 200
        assert f"<h2>{title}</h2>" in response.text


@pytest.mark.parametrize(
    "name", ["bestaat-niet", "..%2Foperations", "index.md", "beelden/niets.png", "beelden/..%2Fx.png"]
)
def test_what_is_no_handbook_is_not_found(visitor: TestClient, name: str) -> None:
    assert visitor.get(f"/handboek/{name}").status_code == 404


def test_picture_is_served(visitor: TestClient) -> None:
    response = visitor.get("/handboek/beelden/ondernemer-start.png")
    assert response.headers["content-type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")


def test_links_lead_to_pages_of_the_site_and_others_are_text(made: str) -> None:
    assert '<a href="/handboek/eigenaren#beginnen">eigenaren</a>' in made
    assert '<a href="/handboek">het begin</a>' in made
    assert "<span>de cijfers</span>" in made
    assert '<a href="https://a.example/b">een site</a>' in made
    assert 'src="/handboek/beelden/iets.png"' in made


def test_headings_can_be_linked_to(made: str) -> None:
    assert '<h3 id="zo--zo-wat-je-doet">' in made


def test_html_is_escaped_and_comments_are_gone(made: str) -> None:
    assert "<script>" not in made
    assert "run --" not in made
    assert "make start" in made


def test_changed_handbook_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "FOLDER", tmp_path)
    path = tmp_path / "nieuw.md"
    path.write_text("# Eerst\n", encoding="utf-8")
    first = reading.read("nieuw")
    path.write_text("# Daarna\n", encoding="utf-8")
    second = reading.read("nieuw")
    assert [found.title for found in (first, second) if found] == ["Eerst", "Daarna"]
