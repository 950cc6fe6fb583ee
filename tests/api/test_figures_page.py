"""The public page of figures: what everybody may see, in numbers that were published."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from analytics.database import migrate
from api.app import create_app
from api.figures.words import WORDS
from api.settings import Settings
from tests.api.released import CROSSED, SECTORS, STAGES, forget_releases, publish, publish_for_everybody

PUBLISHED = {61, 187, *(value for cells in (SECTORS, STAGES, CROSSED) for value in cells.values() if value)}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('figures') / 'x.db'}"
    migrate(url)
    client = TestClient(create_app(Settings(database_url=url)))
    yield client
    client.close()


@pytest.fixture
def engine(client: TestClient) -> Engine:
    return forget_releases(client.app)  # type: ignore[arg-type]


def page(client: TestClient) -> str:
    response = client.get("/cijfers")
    assert response.status_code == 200
    return response.text


def total(reached: str, period: str) -> str:
    return WORDS["totaal"].format(aantal=f"<strong>{reached}</strong>", periode=period)


def cells(html: str) -> list[str]:
    return re.findall(r'<td class="getal">([^<]*)</td>', html)


def test_every_figure_on_the_page_was_published(client: TestClient, engine: Engine) -> None:
    publish_for_everybody(engine)
    html = page(client)
    assert {int(cell) for cell in cells(html) if cell != "&lt;10"} == PUBLISHED - {61, 187}
    assert cells(html).count("&lt;10") == sum(
        value is None for table in (SECTORS, STAGES, CROSSED) for value in table.values()
    )
    assert total("187", "januari tot en met december 2026") in html
    assert f"Oktober tot en met december 2026: {WORDS['gesprekken'].format(aantal=61)}" in html
    assert WORDS["intro"].format(doel=250) in html


def test_length_of_a_bar_is_a_share_of_published_values(client: TestClient, engine: Engine) -> None:
    publish_for_everybody(engine)
    lengths = [int(length) for length in re.findall(r'<rect width="(\d+)"', page(client))]
    highest = {"sector": 55, "fase": 85}
    expected = [100 * value // highest["fase"] for value in STAGES.values() if value]
    expected += [100 * value // highest["sector"] for value in SECTORS.values() if value]
    assert sorted(lengths) == sorted(expected)


def test_every_table_can_be_downloaded(client: TestClient, engine: Engine) -> None:
    publish_for_everybody(engine)
    links = re.findall(r'href="(/v1/cijfers[^"]*)"', page(client))
    assert len([link for link in links if re.fullmatch(r"/v1/cijfers/[0-9-]+/.+", link)]) == 3
    assert all(client.get(link).status_code == 200 for link in links)


def test_says_that_there_is_nothing_yet(client: TestClient, engine: Engine) -> None:
    html = page(client)
    assert WORDS["geen"] in html
    assert "<table" not in html


@pytest.mark.parametrize("threshold", [10, 15])
def test_release_with_only_a_total_below_the_threshold(client: TestClient, engine: Engine, threshold: int) -> None:
    publish(engine, "publiek", "2026-01", totals={"tot_nu": None}, tables={}, threshold=threshold)
    html = page(client)
    assert total(f"minder dan {threshold}", "januari 2026") in html
    assert WORDS["teWeinig"] in html
    assert client.get("/v1/cijfers/2026-01").json()["drempel"] == threshold
    assert "<table" not in html


@pytest.mark.parametrize("threshold", [10, 15])
def test_threshold_is_that_of_the_release(client: TestClient, engine: Engine, threshold: int) -> None:
    publish_for_everybody(engine, threshold=threshold)
    assert f"“Minder dan {threshold}” kan ook 0 zijn." in page(client)
    assert f";te_klein;{threshold};" in client.get("/v1/cijfers/2026-12/tot-nu-sector").text


def test_synthetic_figures_are_called_so(client: TestClient, engine: Engine) -> None:
    publish_for_everybody(engine, synthetic=True)
    assert WORDS["verzonnenKop"] in page(client)


def test_real_figures_are_not(client: TestClient, engine: Engine) -> None:
    publish_for_everybody(engine)
    assert WORDS["verzonnenKop"] not in page(client)
    assert WORDS["leesVerzonnen"] not in page(client)


def test_what_the_newest_release_cannot_show_is_that_of_an_earlier_one(client: TestClient, engine: Engine) -> None:
    publish_for_everybody(engine)
    publish(engine, "publiek", "2027-01", totals={"tot_nu": 23}, tables={})
    html = page(client)
    assert total("23", "januari 2027") in html
    assert f"Januari tot en met december 2026: {WORDS['gesprekken'].format(aantal=187)}" in html
    assert "/v1/cijfers/2026-12/tot-nu-sector" in html


def test_older_releases_stay_to_be_had(client: TestClient, engine: Engine) -> None:
    publish_for_everybody(engine)
    publish_for_everybody(engine, "2027-03")
    html = page(client)
    assert html.index("/v1/cijfers/2027-03") < html.index(WORDS["vanMaand"].format(maand="december 2026"))
