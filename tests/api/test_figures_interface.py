"""`/v1/cijfers`: what was published to everybody, and never anything else, whatever is asked."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from analytics.database import migrate
from analytics.menu import TOTAL
from analytics.metrics import metrics
from api.app import create_app
from api.figures.tables import public_menu, slug
from api.settings import Settings
from tests.api.released import forget_releases, publish, publish_for_everybody, restart

ADDRESS = "/v1/cijfers"
ONE = f"{ADDRESS}/2026-12"
CSV = f"{ONE}/tot-nu-sector"
PROBLEM = "application/problem+json"
FOR_STAFF_ONLY = 115


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('figures') / 'x.db'}"
    migrate(url)
    client = TestClient(create_app(Settings(database_url=url, public_url="https://hulp.example.nl")))
    yield client
    client.close()


@pytest.fixture
def engine(running: TestClient) -> Engine:
    return forget_releases(running.app)  # type: ignore[arg-type]


@pytest.fixture
def client(running: TestClient, engine: Engine) -> TestClient:
    """The interface with a release for everybody, and one for the working group with a value of its own."""
    publish_for_everybody(engine)
    staff_values = {"bouw": FOR_STAFF_ONLY, "horeca": FOR_STAFF_ONLY}
    totals = {"maand": FOR_STAFF_ONLY, "tot_nu": FOR_STAFF_ONLY}
    for month_id in ("2026-11", "2026-12"):
        publish(
            engine,
            "werkgroep",
            month_id,
            totals=totals,
            tables={"maand/sector": staff_values},
            levels={"maand/sector": ["zes"]},
        )
    return running


def stored(engine: Engine) -> dict[tuple[str, str, str], int | None]:
    with engine.connect() as connection:
        rows = connection.execute(
            text('select "table", "row", "column", value from published_cell where publication like \'publiek/%\'')
        )
        return {(row[0], row[1], row[2]): row[3] for row in rows if not row[0].endswith("/totaal")}


def test_release_is_what_is_stored(client: TestClient, engine: Engine) -> None:
    release = client.get(ONE).json()
    found = {
        (table["id"], cell["rij"]["code"], cell["kolom"]["code"] if cell["kolom"] else ""): cell["waarde"]
        for table in release["tabellen"]
        for cell in table["cellen"]
    }
    names = {"tot_nu/sector": "tot-nu-sector", "jaar/fase": "jaar-fase", "kwartaal/fase*sector": "kwartaal-fase-sector"}
    assert found == {(names[table], row, column): value for (table, row, column), value in stored(engine).items()}
    assert release["totalen"] == {"maand": None, "kwartaal": 61, "jaar": 187, "totNu": 187}
    assert (release["drempel"], release["afronding"], release["synthetisch"]) == (10, 5, False)


def test_hidden_value_is_null_and_says_that_it_is_too_small(client: TestClient) -> None:
    cells = {cell["rij"]["code"]: cell for cell in client.get(ONE).json()["tabellen"][0]["cellen"]}
    assert (cells["handel"]["waarde"], cells["handel"]["status"]) == (None, "te_klein")
    assert (cells["horeca"]["waarde"], cells["horeca"]["status"]) == (40, "getoond")
    assert cells["zorg"]["rij"]["titel"] == "Gezondheids- en welzijnszorg"


def test_csv_says_the_same_as_the_release(client: TestClient) -> None:
    for table in client.get(ONE).json()["tabellen"]:
        response = client.get(table["csv"])
        assert response.content.startswith(b"\xef\xbb\xbf")
        lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
        assert [(line["rij"], line["kolom"], line["waarde"], line["status"]) for line in lines] == [
            (
                cell["rij"]["code"],
                cell["kolom"]["code"] if cell["kolom"] else "",
                "" if cell["waarde"] is None else str(cell["waarde"]),
                cell["status"],
            )
            for cell in table["cellen"]
        ]
        assert {line["uitgave"] for line in lines} == {"2026-12"}


def test_list_has_the_newest_release_first(client: TestClient, engine: Engine) -> None:
    publish_for_everybody(engine, "2027-03")
    assert [release["maand"] for release in client.get(ADDRESS).json()] == ["2027-03", "2026-12"]
    assert client.get(client.get(ADDRESS).json()[1]["adres"]).json()["maand"] == "2026-12"


def test_without_a_release_the_list_is_empty(running: TestClient, engine: Engine) -> None:
    assert running.get(ADDRESS).json() == []
    assert running.get(ONE).status_code == 404


def test_synthetic_release_says_so_everywhere(running: TestClient, engine: Engine) -> None:
    publish_for_everybody(engine, synthetic=True)
    release = running.get(ONE).json()
    assert release["synthetisch"] is True
    assert release["toelichting"][0].startswith("Synthetische gegevens")
    assert running.get(ADDRESS).json()[0]["synthetisch"] is True
    assert ";ja\r\n" in running.get(CSV).text
    assert "Synthetische gegevens" in running.get(f"{ADDRESS}/beschrijving").text


def test_what_only_the_working_group_may_see_is_in_no_answer(client: TestClient) -> None:
    assert client.get(f"{ADDRESS}/2026-11").status_code == 404
    for address in (ADDRESS, ONE, CSV, f"{ADDRESS}/beschrijving", f"{ADDRESS}/woordenboek", "/cijfers"):
        response = client.get(address)
        assert response.status_code == 200, address
        assert str(FOR_STAFF_ONLY) not in response.text.replace(response.headers.get("etag", "-"), "")
        assert "maand-sector" not in response.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{ADDRESS}/2026-13", 400),
        (f"{ADDRESS}/2026-12-01", 400),
        (f"{ADDRESS}/werkgroep%2F2026-12", 400),
        (f"{ADDRESS}/alles", 400),
        (f"{ADDRESS}/2026-10", 404),
        (f"{ONE}?sector=bouw", 400),
        (f"{ADDRESS}?limit=1", 400),
        (f"{CSV}?rij=bouw", 400),
        (f"{ONE}/maand-sector", 400),
        (f"{ONE}/tot-nu-sector-grootte", 400),
        (f"{ONE}/jaar-sector-grootte-plaats", 400),
        (f"{ONE}/jaar-score", 400),
        (f"{ONE}/jaar-hulpvraag", 404),
        (f"{ADDRESS}/2026-10/jaar-sector", 404),
        (f"{ONE}/", 404),
    ],
)
def test_there_is_nothing_outside_the_menu(client: TestClient, address: str, status: int) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_figures_can_only_be_read(client: TestClient, method: str) -> None:
    assert client.request(method, ONE).status_code == 405


@pytest.mark.parametrize("address", [ADDRESS, ONE, CSV, f"{ADDRESS}/beschrijving", f"{ADDRESS}/woordenboek"])
def test_who_has_the_newest_already_gets_no_copy(client: TestClient, address: str) -> None:
    version = client.get(address).headers["etag"]
    again = client.get(address, headers={"If-None-Match": f'"x", W/{version}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", version)
    assert client.get(address, headers={"If-None-Match": '"x"'}).status_code == 200


def test_answer_of_a_release_hangs_only_on_what_was_published(client: TestClient, engine: Engine) -> None:
    before = {address: client.get(address) for address in (ADDRESS, ONE, CSV)}
    with engine.begin() as connection:
        connection.execute(text("update publication set decisions = json_set(decisions, '$.audit', 'secret')"))
    restart(client.app)  # type: ignore[arg-type]
    for address, response in before.items():
        after = client.get(address)
        assert (after.content, after.headers["etag"]) == (response.content, response.headers["etag"])
        assert "secret" not in after.text


def test_pages_of_every_website_may_read_and_none_may_write(client: TestClient) -> None:
    website = {"Origin": "https://krant.example"}
    response = client.get(ONE, headers=website)
    assert (response.status_code, response.headers["access-control-allow-origin"]) == (200, "*")
    asking = {**website, "Access-Control-Request-Method": "POST"}
    assert client.options(ONE, headers=asking).status_code == 400


class TestDescription:
    @pytest.fixture
    def dataset(self, client: TestClient) -> dict[str, Any]:
        response = client.get(f"{ADDRESS}/beschrijving")
        assert response.headers["content-type"] == "application/ld+json"
        dataset, _ = response.json()["@graph"]
        return dict(dataset)

    def test_says_what_a_dutch_catalogue_asks(self, client: TestClient, dataset: dict[str, Any]) -> None:
        for name in ("title", "description", "identifier", "publisher", "creator", "accessRights", "temporal"):
            assert dataset[f"dct:{name}"], name
        for name in ("contactPoint", "theme", "distribution"):
            assert dataset[f"dcat:{name}"], name
        service = client.get(f"{ADDRESS}/beschrijving").json()["@graph"][1]
        assert service["dcat:servesDataset"]["@id"] == dataset["@id"]

    def test_covers_the_weeks_of_its_months(self, dataset: dict[str, Any]) -> None:
        temporal = dataset["dct:temporal"]
        assert temporal["dcat:startDate"]["@value"] == "2025-12-29"
        assert temporal["dcat:endDate"]["@value"] == "2027-01-03"

    def test_every_distribution_can_be_got_and_says_that_the_licence_is_not_chosen(
        self, client: TestClient, dataset: dict[str, Any]
    ) -> None:
        assert len(dataset["dcat:distribution"]) == 4
        for distribution in dataset["dcat:distribution"]:
            address = distribution["dcat:downloadURL"]["@id"]
            response = client.get(address.removeprefix("https://hulp.example.nl"))
            media_type = response.headers["content-type"].partition(";")[0]
            assert response.status_code == 200
            assert distribution["dcat:mediaType"]["@id"].endswith(media_type)
            assert distribution["dct:license"]["@id"].endswith("/licentieonbekend")
            assert "nog niet gekozen" in distribution["dct:rights"]["dct:description"]["@value"]

    def test_is_there_before_the_first_release(self, running: TestClient, engine: Engine) -> None:
        dataset = running.get(f"{ADDRESS}/beschrijving").json()["@graph"][0]
        assert dataset["dcat:distribution"] == []
        assert "dct:temporal" not in dataset


def test_dictionary_explains_every_column_and_code_of_a_release(client: TestClient) -> None:
    words = client.get(f"{ADDRESS}/woordenboek").json()
    heading = client.get(CSV).content.decode("utf-8-sig").splitlines()[0].split(";")
    assert [column["kolom"] for column in words["kolommen"]] == heading
    codes = {(code["indeling"], code["niveau"], code["code"], code["titel"]) for code in words["codes"]}
    assert {concept["id"] for concept in words["begrippen"]} >= {"doorverwijzingen", "grootte", "sector"}
    for table in client.get(ONE).json()["tabellen"]:
        for cell in table["cellen"]:
            sides = [cell["rij"], cell["kolom"]] if cell["kolom"] else [cell["rij"]]
            for side, dimension, level in zip(sides, table["indelingen"], table["niveaus"], strict=True):
                assert (dimension, level, side["code"], side["titel"]) in codes


def test_interface_is_described_in_dutch(client: TestClient) -> None:
    described = client.get("/v1/openapi.json").json()
    for path, methods in described["paths"].items():
        if path.startswith("/cijfers"):
            assert set(methods) == {"get"}
            assert methods["get"]["description"]
            assert set(methods["get"]["responses"]) <= {"200", "304", "400", "404", "429"}
    assert "/cijfers/{maand}/{tabel}" in described["paths"]
    assert described["components"]["schemas"]["Uitgave"]["description"].startswith("Een uitgave")


def test_old_address_gives_the_same_table(client: TestClient) -> None:
    old, new = client.get(f"{CSV}.csv"), client.get(CSV)
    assert old.status_code == new.status_code == 200
    assert old.content == new.content
    assert client.head(f"{CSV}.csv").headers["deprecation"] == old.headers["deprecation"]


def test_who_may_see_a_figure_is_who_is_shown_what_it_is_made_of(client: TestClient) -> None:
    """Everybody gets the tables of the menu and exact totals: no live total, pace, coverage or last sign of life."""
    served = {name.partition("-")[2].removeprefix("nu-") for name in public_menu()}
    told = {one["id"] for one in client.get(f"{ADDRESS}/woordenboek").json()["begrippen"]}
    assert told
    for metric in metrics().values():
        made_of = {slug(name) for name in metric.bron} - {TOTAL}
        assert ("publiek" in metric.wie) == (made_of <= served), metric.id
        assert ("publiek" in metric.wie) == (metric.id in told), metric.id
    page = client.get("/cijfers").text
    for words in ("13.500", "Per 1.000", "ondervertegenwoordigd", "levensteken", "tempo"):
        assert words not in page
