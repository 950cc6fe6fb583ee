"""`/initiatieven`: who looks for help finds what there is, and reads all that is known of it."""

import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient

from analytics.database import migrate
from api.app import create_app
from api.initiatives.finding import Asked, find
from api.initiatives.linked_data import linked_data
from api.initiatives.portrait import portrait
from api.initiatives.words import STATUSES, WORDS
from api.page.templates import page as rendered
from api.settings import Settings
from knowledge.base import Knowledge
from knowledge.catalogue import Contact, Initiative

TODAY = date(2026, 11, 26)
# Types and properties of schema.org that descriptions may use: https://schema.org/Service and what it points to.
SCHEMA_ORG = {
    "Service": {
        *("url", "identifier", "name", "alternateName", "description", "sameAs"),
        *("serviceType", "areaServed", "audience", "provider", "availableChannel", "offers"),
    },
    "AdministrativeArea": {"name", "identifier"},
    "Country": {"name"},
    "BusinessAudience": {"audienceType"},
    "Organization": {"name"},
    "GovernmentOrganization": {"name"},
    "ServiceChannel": {"serviceUrl"},
    "Offer": {"description", "availability", "validFrom", "validThrough", "additionalProperty"},
    "PropertyValue": {"name", "value"},
}
OVER = "https://schema.org/Discontinued"
SCHEMA_ORG["GovernmentService"] = SCHEMA_ORG["Service"]


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('pages') / 'x.db'}"
    migrate(url)
    settings = Settings(database_url=url)
    client = TestClient(create_app(settings), base_url="http://localhost", raise_server_exceptions=False)
    yield client
    client.close()


def read(visitor: TestClient, path: str, status: int = 200, **asked: str) -> str:
    response = visitor.get(path, params=asked)
    assert response.status_code == status, response.text
    assert response.headers["content-type"].startswith("text/html")
    return unescape(response.text)


def links(page: str, part: str = "") -> list[str]:
    """Ids of the initiatives that a page links to, after a piece of its text."""
    return re.findall(r'href="/initiatieven/([a-z0-9-]+)"', page[page.index(part) :])


def entry(knowledge: Knowledge, identifier: str, **changed: object) -> Initiative:
    found = knowledge.initiative(identifier)
    assert found is not None
    return msgspec.structs.replace(found, **changed)


def facts(described: dict[str, Any]) -> dict[str, str]:
    """What a description says in words of its own."""
    return {one["name"]: one["value"] for one in described["offers"]["additionalProperty"]}


def summary(page: str) -> str:
    """What search engines show of a page."""
    (found,) = re.findall(r'<meta name="description" content="([^"]*)">', page)
    return unescape(found)


class TestLooking:
    def found(self, knowledge: Knowledge, **asked: str) -> list[str]:
        return [one.id for one in find(knowledge, Asked(**asked), TODAY).running]

    def notes(self, knowledge: Knowledge, **asked: str) -> str:
        return " ".join(find(knowledge, Asked(**asked), TODAY).notes)

    def test_without_anything_all_that_there_is_comes_first(self, knowledge: Knowledge) -> None:
        found = find(knowledge, Asked(), TODAY)
        assert {one.id for one in (*found.running, *found.ended)} == {one.id for one in knowledge.catalogue}
        assert found.running[0].groep == "direct"
        assert {one.id for one in found.ended} >= {"mijn-digitale-zaak", "smart-industry-hub"}
        assert found.notes == ()

    @pytest.mark.parametrize(
        ("words", "first"),
        [
            ("cyberchef", "cyberchef-amersfoort"),
            ("Cyber chef", "cyberchef-amersfoort"),
            ("cyberchev", "cyberchef-amersfoort"),
            ("kamer van koophandel", "kvk"),
            ("veiligheidsscan utrecht", "cybernetwerk-utrecht"),
        ],
    )
    def test_words_find_also_misspelt(self, knowledge: Knowledge, words: str, first: str) -> None:
        assert self.found(knowledge, words=words)[0] == first

    def test_what_has_not_all_the_words_is_said_to_be_near(self, knowledge: Knowledge) -> None:
        assert "cyberchef-amersfoort" in self.found(knowledge, words="cyberchef zweefvliegen")
        assert WORDS["nietAlleWoorden"] in self.notes(knowledge, words="cyberchef zweefvliegen")
        assert self.found(knowledge, words="zweefvliegen") == []

    @pytest.mark.parametrize("place", ["Amersfoort", "amersfort", "3811 AB", "Hoogland"])
    def test_place_is_about_whom_it_serves(self, knowledge: Knowledge, place: str) -> None:
        found = self.found(knowledge, place=place)
        assert {"cyberchef-amersfoort", "kvk"} <= set(found)
        assert "cybernetwerk-utrecht" not in found
        assert "Amersfoort" in self.notes(knowledge, place=place)

    def test_place_that_is_not_in_the_region(self, knowledge: Knowledge) -> None:
        found = self.found(knowledge, place="Groningen")
        assert "kvk" in found
        assert "spot035" not in found
        assert WORDS["buitenRegio"] in self.notes(knowledge, place="Groningen")

    @pytest.mark.parametrize(("place", "told"), [("qqqqqq", "onbekendePlaats"), ("het gooi", "groterGebied")])
    def test_place_that_says_too_little_hides_nothing(self, knowledge: Knowledge, place: str, told: str) -> None:
        assert self.found(knowledge, place=place) == self.found(knowledge)
        assert WORDS[told] in self.notes(knowledge, place=place)

    def test_everything_counts_together(self, knowledge: Knowledge) -> None:
        found = self.found(knowledge, place="Zeist", question="veilig", stage="engaged")
        assert "pvo-midden-nederland" in found
        assert all("engaged" in entry(knowledge, one).fase for one in found)
        assert self.found(knowledge, place="Zeist", question="veilig", words="utrechtinc") == []


class TestOverview:
    def test_shows_what_was_filled_in_and_what_fits(self, visitor: TestClient) -> None:
        page = read(visitor, "/initiatieven", woorden='"cyberchef" <b>', hulpvraag="veilig", fase="adhoc")
        assert 'value=""cyberchef" <b>"' in page  # as read: escaped on the page
        assert '"cyberchef" <b>' not in visitor.get("/initiatieven", params={"woorden": '"cyberchef" <b>'}).text
        assert page.count(" selected>") == 2
        assert links(page, 'id="gevonden"')[0] == "cyberchef-amersfoort"

    def test_links_to_every_initiative(self, visitor: TestClient, knowledge: Knowledge) -> None:
        page = read(visitor, "/initiatieven")
        assert set(links(page, 'id="gevonden"')) == {one.id for one in knowledge.catalogue}
        assert "mijn-digitale-zaak" in links(page, 'id="voorbij"')

    def test_without_results_says_where_to_turn_to(self, visitor: TestClient) -> None:
        page = read(visitor, "/initiatieven", woorden="zweefvliegen")
        assert WORDS["meerGevonden"].format(aantal=0) in page
        link = '<a href="{}">{}</a>'
        scan, kvk = link.format("/", WORDS["doeScan"]), link.format("https://www.kvk.nl", "kvk.nl")
        assert WORDS["niets"].format(scan=scan, kvk=kvk) in page

    @pytest.mark.parametrize("asked", [{"fase": "x"}, {"hulpvraag": "x"}, {"woorden": "a" * 101}, {"plaats": "a" * 61}])
    def test_what_the_form_cannot_send_is_refused_on_a_page(self, visitor: TestClient, asked: dict[str, str]) -> None:
        page = read(visitor, "/initiatieven", 400, **asked)
        assert WORDS["alle"] in page
        assert "aaaa" not in page


class TestPage:
    def test_tells_all_that_is_known(self, visitor: TestClient, knowledge: Knowledge) -> None:
        page = read(visitor, "/initiatieven/cybernetwerk-utrecht")
        known = entry(knowledge, "cybernetwerk-utrecht")
        for told in (known.naam, known.biedt, known.voorWie, known.kosten, known.eigenaar, "Voor het laatst gezien in"):
            assert told
            assert " ".join(told.split()) in page
        assert 'href="https://cybernetwerkutrecht.nl"' in page
        assert known.toelichting
        assert known.toelichting[:30] not in page

    def test_says_what_is_not_known(self, visitor: TestClient) -> None:
        page = read(visitor, "/initiatieven/spot035")
        assert page.count(WORDS["nietBekend"]) == 2
        assert WORDS["geenWeg"] in page

    def test_every_initiative_has_one(self, visitor: TestClient, knowledge: Knowledge) -> None:
        for one in knowledge.catalogue:
            assert f"<h2>{one.naam}</h2>" in read(visitor, f"/initiatieven/{one.id}")

    def test_of_what_ended_says_so_and_tells_what_there_is(self, visitor: TestClient) -> None:
        page = read(visitor, "/initiatieven/smart-industry-hub")
        assert WORDS["opgegaan"].format(naam="EDIH") in page
        assert WORDS["hoeErKomen"] not in page
        assert {"edih-noordwest", "kvk"} <= set(links(page, WORDS["wel"]))
        assert WORDS["gestopt"] in read(visitor, "/initiatieven/mijn-digitale-zaak")

    def test_tells_search_engines_what_it_is_about(self, visitor: TestClient, knowledge: Knowledge) -> None:
        told = {one.id: summary(visitor.get(f"/initiatieven/{one.id}").text) for one in knowledge.catalogue}
        assert len(set(told.values())) == len(told)
        assert all(len(text) <= 160 for text in told.values())
        assert told["kvk"].startswith("KVK. KVK heeft een website voor ondernemers")
        assert WORDS["opgegaan"].format(naam="EDIH") in told["smart-industry-hub"]

    def test_that_is_not_there(self, visitor: TestClient) -> None:
        assert WORDS["onbekend"] in read(visitor, "/initiatieven/bestaat-niet", 404)

    def test_is_described_for_search_engines(self, visitor: TestClient, knowledge: Knowledge) -> None:
        page = visitor.get("/initiatieven/cyberchef-amersfoort").text
        (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        described = json.loads(written)
        assert described["@type"] == "GovernmentService"
        assert described["@id"] == "http://localhost/initiatieven/cyberchef-amersfoort"
        assert described["areaServed"] == [
            {"@type": "AdministrativeArea", "name": "Amersfoort", "identifier": "GM0307"}
        ]
        assert described["provider"] == {"@type": "GovernmentOrganization", "name": "Gemeente Amersfoort"}
        assert described["offers"]["description"] == entry(knowledge, "cyberchef-amersfoort").kosten
        assert facts(described) == {
            "Status": STATUSES["actief"],
            "Laatste teken van leven": "2022-03",
            "Wie zit erachter": "Gemeente Amersfoort",
        }


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"begin": date(2026, 12, 1)}, WORDS["begintOp"].format(dag="1 december 2026")),
        ({"einde": date(2026, 12, 31)}, WORDS["laatsteDag"].format(dag="31 december 2026")),
        ({"einde": date(2026, 11, 25)}, WORDS["gestoptOp"].format(dag="25 november 2026")),
        ({}, None),
    ],
)
def test_days_are_told(knowledge: Knowledge, changed: dict[str, object], told: str | None) -> None:
    shown = portrait(knowledge, entry(knowledge, "spot035", **changed), TODAY)
    assert shown.standing == told
    assert bool(shown.instead) == (changed.get("einde") == date(2026, 11, 25))


@pytest.mark.parametrize(
    ("contact", "url", "told", "address"),
    [
        (Contact("website", "https://a.nl"), "https://b.nl", WORDS["kijkWebsite"], "https://a.nl"),
        (
            Contact("loket", "het loket van Zeist"),
            "https://b.nl",
            WORDS["gaNaar"].format(loket="het loket van Zeist"),
            "https://b.nl",
        ),
        (Contact("onbekend"), "https://b.nl", WORDS["kijkWebsite"], "https://b.nl"),
        (None, None, WORDS["geenWeg"], None),
    ],
)
def test_way_to_get_there(
    knowledge: Knowledge, contact: Contact | None, url: str | None, told: str, address: str | None
) -> None:
    shown = portrait(knowledge, entry(knowledge, "spot035", contact=contact, url=url), TODAY)
    assert shown.contact == told
    assert shown.contact_address == address


@pytest.mark.parametrize(
    ("source", "title", "address"),
    [
        ("https://www.a.nl/b 2026-11", "a.nl 2026-11", "https://www.a.nl/b"),
        ("https://a.nl", "a.nl", "https://a.nl"),
        ("jaarverslag 2025 van de provincie", "jaarverslag 2025 van de provincie", None),
        ("seed", "Het startdocument van de werkgroep", None),
    ],
)
def test_source_is_told_with_its_address_when_it_has_one(
    knowledge: Knowledge, source: str, title: str, address: str | None
) -> None:
    shown = portrait(knowledge, entry(knowledge, "spot035", bronnen=(source,)), TODAY)
    assert [(one.title, one.address) for one in shown.sources] == [(title, address)]


def test_descriptions_use_only_what_schema_org_has(knowledge: Knowledge) -> None:
    def check(item: Any) -> None:
        if isinstance(item, list):
            for one in item:
                check(one)
        elif isinstance(item, dict):
            names = {name for name in item if not name.startswith("@")}
            assert names <= SCHEMA_ORG[item["@type"]], item
            check(list(item.values()))

    for one in knowledge.catalogue:
        described = linked_data(knowledge, one, f"https://x.nl/{one.id}", TODAY)
        assert described["@context"] == "https://schema.org"
        check(described)
        assert {"Status", "Laatste teken van leven"} <= set(facts(described))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, {}),
        ({"begin": date(2026, 12, 1)}, {"validFrom": "2026-12-01"}),
        ({"begin": date(2026, 11, 26)}, {"validFrom": "2026-11-26"}),
        ({"einde": date(2026, 11, 26)}, {"validThrough": "2026-11-26"}),
        ({"einde": date(2026, 11, 25)}, {"validThrough": "2026-11-25", "availability": OVER}),
        ({"status": "gestopt"}, {"availability": OVER}),
        ({"status": "gestopt", "begin": date(2026, 12, 1)}, {"validFrom": "2026-12-01", "availability": OVER}),
        ({"status": "opgegaan_in", "opvolger": "KVK"}, {"availability": OVER}),
    ],
)
def test_description_says_that_it_is_over_only_when_it_is(
    knowledge: Knowledge, changed: dict[str, object], told: dict[str, str]
) -> None:
    described = linked_data(knowledge, entry(knowledge, "spot035", **changed), "x", TODAY)
    offer = described["offers"]
    assert (facts(described)["Status"] in (STATUSES["gestopt"], STATUSES["opgegaan_in"])) == ("availability" in told)
    assert (facts(described)["Status"] == "Begint nog") == (told == {"validFrom": "2026-12-01"})
    assert {name: offer[name] for name in ("validFrom", "validThrough", "availability") if name in offer} == told


@pytest.mark.parametrize(
    ("owner", "kind"),
    [
        ("Gemeente Utrecht", "GovernmentOrganization"),
        ("De gemeente De Bilt", "GovernmentOrganization"),
        ("Provincie Utrecht", "GovernmentOrganization"),
        ("Kamer van Koophandel (KVK)", "GovernmentOrganization"),
        ("Ministerie van Justitie en Veiligheid", "GovernmentOrganization"),
        ("Hogeschool Utrecht", "Organization"),
        ("Gemeente Utrecht, met VNO-NCW Midden", None),
        ("Gemeente Utrecht en Hogeschool Utrecht", None),
        ("Ministerie van Economische Zaken en Klimaat, uitgevoerd door RVO", None),
        ("Universiteit Utrecht, Hogeschool Utrecht en UMC Utrecht", None),
        ("De gemeente waar je bedrijf zit", None),
        ("Je gemeente", None),
    ],
)
def test_only_one_body_with_a_name_is_a_provider(knowledge: Knowledge, owner: str, kind: str | None) -> None:
    described = linked_data(knowledge, entry(knowledge, "spot035", eigenaar=owner), "x", TODAY)
    assert described.get("provider") == (kind and {"@type": kind, "name": owner})
    assert (described["@type"] == "GovernmentService") == (kind == "GovernmentOrganization")
    assert facts(described)["Wie zit erachter"] == owner


def test_country_has_its_own_name(knowledge: Knowledge) -> None:
    described = linked_data(knowledge, entry(knowledge, "kvk"), "x", TODAY)
    assert described["areaServed"] == [{"@type": "Country", "name": "Nederland"}]


def test_description_cannot_leave_its_place_on_the_page(knowledge: Knowledge) -> None:
    shown = portrait(knowledge, entry(knowledge, "spot035"), TODAY)
    described = {"name": "</script><script>alert(1)</script>"}
    html = rendered("gids-initiatief.html", address="x", shown=shown, described=described, service="x").body
    assert b"alert(1)</script>" not in bytes(html)


class TestForRobots:
    def test_sitemap_has_every_initiative_by_its_public_address(
        self, visitor: TestClient, knowledge: Knowledge
    ) -> None:
        response = visitor.get("/sitemap.xml")
        assert response.headers["content-type"] == "application/xml"
        listed = set(re.findall("<loc>(.*?)</loc>", response.text))
        assert {f"http://localhost/initiatieven/{one.id}" for one in knowledge.catalogue} <= listed
        assert all(visitor.get(address).status_code == 200 for address in listed)

    def test_robots_leave_alone_what_is_somebody_s_own(self, visitor: TestClient) -> None:
        told = visitor.get("/robots.txt").text.splitlines()
        assert {"Disallow: /portaal", "Disallow: /contact", "Disallow: /scan"} <= set(told)
        assert "Sitemap: http://localhost/sitemap.xml" in told
