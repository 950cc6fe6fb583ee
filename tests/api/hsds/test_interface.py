"""`/hsds`: other directories read the initiatives as the standard says."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from analytics.database import migrate
from api.app import create_app
from api.description.texts import LICENCE_NOT_CHOSEN, RIGHTS
from api.hsds.standard import identifier, schema
from api.settings import Settings
from knowledge.base import Knowledge
from tests.api.description.test_document import ENGLISH
from tests.api.hsds.official import faults, page_faults

LISTS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
PAGE = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents")


def page(guide: TestClient, path: str, **asked: Any) -> dict[str, Any]:
    response = guide.get(f"/hsds/{path}", params=asked)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def everything(guide: TestClient, path: str, **asked: Any) -> list[dict[str, Any]]:
    found = page(guide, path, per_page=500, **asked)
    assert found["last_page"]
    contents: list[dict[str, Any]] = found["contents"]
    return contents


def names(guide: TestClient, path: str = "services", **asked: Any) -> set[str]:
    return {item["name"] for item in everything(guide, path, **asked)}


def term(code: str) -> str:
    taxonomy, _, own = code.partition(":")
    return identifier("taxonomy_term", taxonomy, own)


def test_start_says_which_version_and_where_the_description_is(guide: TestClient) -> None:
    for path in ("/hsds", "/hsds/"):
        about = guide.get(path).json()
        assert about["version"] == "3.2"
        assert about["profile"].startswith("https://docs.openreferral.org/")
        assert guide.get(about["openapi_url"]).status_code == 200


@pytest.mark.parametrize(("path", "name"), LISTS.items())
@pytest.mark.parametrize("full", ["true", "false"])
def test_lists_hold_to_the_official_schemas(guide: TestClient, path: str, name: str, full: str) -> None:
    asked = {"full": full} if not path.startswith("taxonom") else {}
    found = page(guide, path, per_page=500, **asked)
    assert tuple(found) == PAGE
    assert page_faults(found) == []
    assert found["contents"]
    assert [fault for item in found["contents"] for fault in faults(name, item)] == []


@pytest.mark.parametrize(("path", "name"), LISTS.items())
def test_each_of_a_list_can_be_read_whole(guide: TestClient, path: str, name: str) -> None:
    for item in everything(guide, path):
        UUID(item["id"])
        found = page(guide, f"{path}/{item['id']}")
        assert item.items() <= found.items()
        assert faults(name, found) == []


def test_organization_shows_its_services_whole_when_asked(guide: TestClient) -> None:
    (organization,) = everything(guide, "organizations", search="Kamer van Koophandel")
    short = page(guide, f"organizations/{organization['id']}")
    whole = page(guide, f"organizations/{organization['id']}", full_service="true")
    assert [service["name"] for service in short["services"]] == ["KVK"]
    assert "attributes" not in short["services"][0]
    assert whole["services"][0]["attributes"]
    assert faults("organization", whole) == []


def test_every_initiative_is_there_with_its_facts(guide: TestClient, knowledge: Knowledge) -> None:
    assert names(guide) == {entry.naam for entry in knowledge.catalogue}
    service = page(guide, f"services/{identifier('service', 'cyberchef-amersfoort')}")
    assert service["organization"]["name"] == "Gemeente Amersfoort"
    assert service["fees_description"] == next(
        one.kosten for one in knowledge.catalogue if one.id == "cyberchef-amersfoort"
    )
    assert service["assured_date"] == "2022-03-01"
    assert [area["name"] for area in service["service_areas"]] == ["Amersfoort"]
    assert {"thema:veilig", "fase:engaged", "grootte:2-9"} <= {
        attribute["taxonomy_term"]["code"] for attribute in service["attributes"]
    }


def test_id_stays_what_it_was(guide: TestClient) -> None:
    assert page(guide, "services/a8114f9b-3e02-5d10-b636-29baa4318b39")["name"] == "KVK"


def test_ended_initiatives_are_said_to_be(guide: TestClient) -> None:
    status = {item["name"]: item["status"] for item in everything(guide, "services")}
    assert (status["Mijn Digitale Zaak"], status["Smart Industry Hub"]) == ("defunct", "defunct")
    assert status["KVK"] == "active"


def test_what_only_the_working_group_reads_is_in_nothing(guide: TestClient, knowledge: Knowledge) -> None:
    written = guide.get("/hsds/services", params={"full": "true", "per_page": 500}).text
    kvk = knowledge.initiative("kvk")
    assert kvk is not None
    assert kvk.toelichting
    assert kvk.toelichting[:40] not in written
    assert term("veld:toelichting") not in {item["id"] for item in everything(guide, "taxonomy_terms")}


class TestPages:
    def test_are_as_long_as_asked_and_say_where_they_are(self, guide: TestClient, knowledge: Knowledge) -> None:
        total = len(knowledge.catalogue)
        pages, rest = -(-total // 10), total % 10 or 10
        first, last = (page(guide, "services", per_page=10, page=number) for number in (1, pages))
        assert (first["total_items"], first["total_pages"], first["size"]) == (total, pages, 10)
        assert (first["first_page"], first["last_page"]) == (True, False)
        assert (last["page_number"], last["size"], last["first_page"], last["last_page"]) == (pages, rest, False, True)

    def test_after_the_last_are_empty(self, guide: TestClient, knowledge: Knowledge) -> None:
        found = page(guide, "services", page=99)
        assert (found["empty"], found["contents"], found["total_items"]) == (True, [], len(knowledge.catalogue))

    def test_together_are_everything_once(self, guide: TestClient, knowledge: Knowledge) -> None:
        pages = range(1, -(-len(knowledge.catalogue) // 7) + 1)
        ids = [item["id"] for n in pages for item in page(guide, "services", per_page=7, page=n)["contents"]]
        assert len(ids) == len(set(ids)) == len(knowledge.catalogue)

    @pytest.mark.parametrize("asked", [{"page": 0}, {"page": "x"}, {"per_page": 0}, {"per_page": 501}])
    def test_that_cannot_be_are_refused(self, guide: TestClient, asked: dict[str, Any]) -> None:
        response = guide.get("/hsds/services", params=asked)
        assert response.status_code == 400
        assert response.headers["content-type"] == "application/problem+json"

    def test_line_by_line_there_are_none(self, guide: TestClient, knowledge: Knowledge) -> None:
        response = guide.get("/hsds/services", params={"format": "ndjson", "per_page": 1})
        assert response.headers["content-type"].startswith("application/x-ndjson")
        assert len([json.loads(line) for line in response.text.splitlines()]) == len(knowledge.catalogue)

    def test_in_another_format_are_refused(self, guide: TestClient) -> None:
        assert guide.get("/hsds/services", params={"format": "xml"}).status_code == 400


class TestFilters:
    def test_words_all_count(self, guide: TestClient) -> None:
        assert "Cyberchef Amersfoort" in names(guide, search="cyberchef")
        assert names(guide, search="cyberchef amersfoort") == {"Cyberchef Amersfoort"}
        assert names(guide, search="cyberchef zweefvliegen") == set()

    def test_term_and_taxonomy(self, guide: TestClient) -> None:
        safe = names(guide, taxonomy_term_id=term("thema:veilig"))
        assert "Cyberchef Amersfoort" in safe
        assert "UtrechtInc" not in safe
        assert names(guide, taxonomy_id=identifier("taxonomy", "status")) == names(guide)
        assert names(guide, taxonomy_term_id="x") == set()

    def test_count_together(self, guide: TestClient) -> None:
        (kvk,) = everything(guide, "organizations", search="kamer van koophandel")
        assert names(guide, organization_id=kvk["id"]) == {"KVK"}
        assert names(guide, organization_id=kvk["id"], taxonomy_term_id=term("soort:cyber")) == set()

    def test_organizations_are_chosen_by_what_they_offer(self, guide: TestClient) -> None:
        found = names(guide, "organizations", taxonomy_term_id=term("soort:cyber"))
        assert "Gemeente Amersfoort" in found
        assert "Kamer van Koophandel (KVK)" not in found

    def test_modified_after(self, guide: TestClient) -> None:
        assert names(guide, modified_after="2020-01-01T00:00:00Z") == names(guide)
        assert names(guide, modified_after="2099-01-01") == set()
        assert guide.get("/hsds/services", params={"modified_after": "gisteren"}).status_code == 400

    def test_minimal_gives_what_following_changes_needs(self, guide: TestClient) -> None:
        found = everything(guide, "services", minimal="true")
        assert {tuple(item) for item in found} == {("id", "last_modified")}

    def test_postcode_is_about_whom_it_serves(self, guide: TestClient) -> None:
        found = {
            item["service"]["name"]
            for item in everything(guide, "service_at_locations", postcode="3811 AB", full="true")
        }
        assert {"Cyberchef Amersfoort", "KVK"} <= found
        assert "Cybernetwerk Utrecht" not in found

    @pytest.mark.parametrize("asked", [{"postcode": "Marsepein"}, {"postcode": "3811", "proximity": "5000"}])
    def test_of_place_that_cannot_be_answered_are_refused(self, guide: TestClient, asked: dict[str, str]) -> None:
        response = guide.get("/hsds/service_at_locations", params=asked)
        assert response.status_code == 400
        assert "Marsepein" not in response.text

    def test_terms_of_one_taxonomy(self, guide: TestClient) -> None:
        found = everything(guide, "taxonomy_terms", taxonomy_id=identifier("taxonomy", "fase"))
        assert [item["code"] for item in found] == ["fase:adhoc", "fase:engaged", "fase:verder"]
        assert everything(guide, "taxonomy_terms", parent_id=found[0]["id"]) == []


@pytest.mark.parametrize("path", LISTS)
def test_unknown_id_is_not_found(guide: TestClient, path: str) -> None:
    response = guide.get(f"/hsds/{path}/{UUID(int=0)}")
    assert response.status_code == 404
    assert response.json()["detail"] == "Dit staat niet in de gids."


def test_description_names_every_address_and_the_official_schemas(guide: TestClient) -> None:
    described = guide.get("/hsds/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert described["servers"] == [{"url": "http://testserver/hsds"}]
    single = {f"/{path}/{{id}}" for path in LISTS}
    assert set(described["paths"]) == {"/", "/export.zip", *(f"/{path}" for path in LISTS), *single}
    one, sheet = (
        described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        for path in ("/services/{id}", "/services")
    )
    assert one["$ref"].endswith("/3.2/schema/compiled/service.json")
    assert schema("page") in sheet["allOf"]
    assert not any(path.startswith("/hsds") for path in guide.get("/v1/openapi.json").json()["paths"])


class TestDescription:
    @pytest.fixture
    def described(self, guide: TestClient) -> dict[str, Any]:
        found: dict[str, Any] = guide.get("/hsds/openapi.json").json()
        return found

    def test_says_whom_to_ask_and_that_no_licence_is_chosen(self, guide: TestClient, described: dict[str, Any]) -> None:
        settings = guide.app.state.parts.settings  # type: ignore[attr-defined]
        info = described["info"]
        assert info["contact"]["email"] == settings.api_contact
        assert info["license"] == {"name": RIGHTS, "url": LICENCE_NOT_CHOSEN}
        assert RIGHTS in info["description"]
        assert described["externalDocs"]["url"] == guide.get("/hsds/").json()["profile"]

    def test_is_in_dutch_with_examples(self, described: dict[str, Any]) -> None:
        ours = {path: item["get"] for path, item in described["paths"].items()}
        for path, operation in ours.items():
            told = [operation["summary"], operation["description"]]
            for parameter in operation.get("parameters", ()):
                assert parameter["schema"]["examples"], f"{path}: {parameter['name']}"
                told.append(parameter["description"])
            assert [text for text in told if ENGLISH.search(text)] == [], path
        summaries = {path: operation["summary"] for path, operation in ours.items()}
        assert summaries["/service_at_locations/{id}"] == "Lees waar een initiatief werkt"
        assert [text for text in summaries.values() if text.istitle()] == []  # as FastAPI makes them of names
        assert [
            schema["description"]
            for schema in described["components"]["schemas"].values()
            if ENGLISH.search(schema["description"])
        ] == []

    def test_says_of_every_answer_what_it_is(self, guide: TestClient, described: dict[str, Any]) -> None:
        ids = {path: everything(guide, path)[0]["id"] for path in LISTS}
        for path, item in described["paths"].items():
            said = item["get"]["responses"]
            address = f"/hsds{path}".replace("{id}", ids.get(path.split("/")[1], ""))
            forms = ("json", "ndjson") if path.strip("/") in LISTS else ("",)
            given = {kind(guide.get(address, params={"format": form} if form else {})) for form in forms}
            assert given == set(said["200"]["content"]), path
            wrong = guide.get(address, params={"page": "x", "full_service": "x"}).status_code
            assert str(wrong) in said, path
            assert {"429", *(["404"] if "{id}" in path else [])} <= set(said), path
            assert all("API-Version" in answer["headers"] for answer in said.values()), path
            assert "Retry-After" in said["429"]["headers"], path

    def test_what_it_refers_to_is_there(self, described: dict[str, Any]) -> None:
        assert re.findall(r'"#/[^"]+"', json.dumps(described))
        for reference in set(re.findall(r'"#/([^"]+)"', json.dumps(described))):
            found = described
            for step in reference.split("/"):
                found = found[step]


def kind(response: Any) -> str:
    assert response.status_code == 200, response.text
    return str(response.headers["content-type"]).partition(";")[0]


def test_who_asks_too_often_is_refused_as_described(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    client = TestClient(create_app(Settings(database_url=url, limit_reads=1)), client=("203.0.113.9", 50000))
    said = described_answers(client)
    for path in ("/hsds/services", "/hsds/export.zip"):
        refused = [client.get(path) for _ in range(3)][-1]
        assert refused.status_code == 429
        assert refused.headers["content-type"] in said[path.removeprefix("/hsds")]["429"]["content"]
        assert refused.headers["retry-after"]


def described_answers(client: TestClient) -> dict[str, Any]:
    return {path: item["get"]["responses"] for path, item in client.get("/hsds/openapi.json").json()["paths"].items()}


def test_pages_of_every_website_may_read_it(guide: TestClient) -> None:
    for path in ("/hsds/", "/hsds/services", "/hsds/services/x", "/hsds/export.zip"):
        response = guide.get(path, headers={"Origin": "https://gids.example"})
        assert response.headers["access-control-allow-origin"] == "*", path
    assert guide.post("/hsds/services", headers={"Origin": "https://gids.example"}).status_code == 403
