"""The pages of events in the portal."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.portal.dependencies import FORM_FIELD, User, staff
from tests.api.event_register import move, register
from tests.api.scan_page import Form

TODAY = date.today()
GIVEN = {
    "naam": "Beurs <b>van</b> Zeist",
    "datum": (TODAY + timedelta(days=7)).isoformat(),
    "gemeente": "GM0355",
    "organisator": "Gemeente Zeist",
    "site": "utrecht",
    "laatsteDag": "",
}


class Portal:
    """A browser in which somebody is logged in."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.origin = str(client.base_url)

    def get(self, path: str) -> Response:
        return self.client.get(f"/portaal/evenementen{path}")

    def post(self, path: str, **fields: str) -> Response:
        return self.client.post(
            f"/portaal/evenementen{path}", data={FORM_FIELD: "T", **fields}, headers={"Origin": self.origin}
        )


@pytest.fixture
def portal(scan: Form) -> Iterator[Portal]:
    scan.app.dependency_overrides[staff] = lambda: User("1", "Sam", "sam@zeist.example", "evenement", "T")
    yield Portal(scan.client)
    scan.app.dependency_overrides.clear()


def newest(scan: Form) -> str:
    return max(scan.app.state.parts.events.all(), key=lambda event: event.day).code


class TestNotLoggedIn:
    @pytest.mark.parametrize("path", ["", "/nieuw", "/X-1", "/X-1/druk/poster.pdf"])
    def test_is_sent_to_the_login(self, scan: Form, path: str) -> None:
        response = scan.client.get(f"/portaal/evenementen{path}", follow_redirects=False)
        assert response.status_code == 303
        assert response.headers["location"].startswith("/portaal/inloggen?naar=")

    def test_makes_no_event(self, scan: Form) -> None:
        before = scan.app.state.parts.events.all()
        scan.client.post("/portaal/evenementen", data=GIVEN, follow_redirects=False)
        assert scan.app.state.parts.events.all() == before


class TestNew:
    def test_shows_code_and_key_and_is_in_the_list(self, scan: Form, portal: Portal) -> None:
        response = portal.post("", **GIVEN)
        assert response.status_code == 200
        code = newest(scan)
        assert code in response.text
        assert "Beurs &lt;b&gt;van&lt;/b&gt; Zeist" in response.text
        assert "je ziet hem maar een keer" in response.text
        assert f"/portaal/evenementen/{code}" in portal.get("").text
        assert "je ziet hem maar een keer" not in portal.get(f"/{code}").text

    def test_shown_key_lets_staff_in(self, scan: Form, portal: Portal) -> None:
        page = portal.post("", **GIVEN | {"naam": "Met sleutel"}).text
        key = page.split('<p class="code">')[1].split("<")[0]
        code = next(event.code for event in scan.app.state.parts.events.all() if event.name == "Met sleutel")
        assert scan.app.state.parts.events.log_in(code, key, 0)

    def test_sent_twice_makes_one_event(self, scan: Form, portal: Portal) -> None:
        given = GIVEN | {"naam": "Dubbel"}
        portal.post("", **given)
        again = portal.post("", **given)
        assert again.status_code == 400
        assert "er al een evenement met deze naam" in again.text
        assert sum(event.name == "Dubbel" for event in scan.app.state.parts.events.all()) == 1

    def test_says_all_that_is_wrong_and_keeps_what_was_filled_in(self, portal: Portal) -> None:
        response = portal.post("", naam="", datum="31-12", organisator="Gemeente <i>", laatsteDag="x")
        assert response.status_code == 400
        for field in ("naam", "datum", "gemeente", "site", "laatsteDag"):
            assert f'href="#{field}"' in response.text
        assert 'value="Gemeente &lt;i&gt;"' in response.text
        assert "<title>Fout: " in response.text

    def test_from_a_page_of_another_website_makes_none(self, scan: Form, portal: Portal) -> None:
        portal.origin = "https://ergens.example"
        before = scan.app.state.parts.events.all()
        assert portal.post("", **GIVEN | {"naam": "Vreemd"}).status_code == 403
        assert scan.app.state.parts.events.all() == before


class TestOne:
    def test_offers_what_is_needed_while_its_code_works(self, scan: Form, portal: Portal) -> None:
        code = register(scan.app).event.code
        page = portal.get(f"/{code.lower()}").text
        for link in (f"/intake/{code}", "/druk/poster.pdf", "/druk/tafelkaart.svg", "/druk/formulier.pdf", "/inlezen"):
            assert link in page

    def test_after_it_is_over_there_is_nothing_to_print(self, scan: Form, portal: Portal) -> None:
        code = register(scan.app).event.code
        move(scan.app, code, days=1)
        page = portal.get(f"/{code}").text
        assert "/druk/" not in page
        assert f"/portaal/evenementen/{code}/inlezen" in page
        assert "Voorbij" in page

    def test_new_key_takes_the_place_of_the_old(self, scan: Form, portal: Portal) -> None:
        created = register(scan.app)
        response = portal.post(f"/{created.event.code}/sleutel")
        assert "De oude werkt niet meer" in response.text
        assert created.staff_key not in response.text
        assert scan.app.state.parts.events.log_in(created.event.code, created.staff_key, 0) is None

    def test_unknown_code_is_a_page_that_says_so(self, portal: Portal) -> None:
        for path in ("/NERGENS-123", "/NERGENS-123/druk/poster.pdf"):
            response = portal.get(path)
            assert response.status_code == 404
            assert "bestaat niet" in response.text


class TestPrints:
    @pytest.mark.parametrize("what", ["poster", "tafelkaart"])
    @pytest.mark.parametrize("target", ["gesprek", "formulier", "intake"])
    def test_are_there_for_each_target(self, scan: Form, portal: Portal, what: str, target: str) -> None:
        code = register(scan.app).event.code
        for form, begin, media in (("pdf", b"%PDF-", "application/pdf"), ("svg", b"<svg", "image/svg+xml")):
            response = portal.get(f"/{code}/druk/{what}.{form}?doel={target}")
            assert response.status_code == 200
            assert response.content.startswith(begin)
            assert response.headers["content-type"] == media
            assert f"{what}-{code.lower()}.{form}" in response.headers["content-disposition"]

    def test_paper_form(self, scan: Form, portal: Portal) -> None:
        code = register(scan.app).event.code
        assert portal.get(f"/{code}/druk/formulier.pdf").content.startswith(b"%PDF-")

    @pytest.mark.parametrize("path", ["formulier.svg", "kaart.pdf", "poster.png", "poster.pdf?doel=x"])
    def test_what_there_is_not(self, scan: Form, portal: Portal, path: str) -> None:
        code = register(scan.app).event.code
        assert portal.get(f"/{code}/druk/{path}").status_code in (400, 404)
