"""Import in the portal, by somebody who is logged in: nothing comes in before it was shown and approved."""

import io
import re
import tempfile
from datetime import date, timedelta
from typing import Any

import pytest
from httpx2 import Response
from openpyxl import load_workbook
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from analytics.models import Referral
from api.events import models
from api.imports.service import LATE_DAYS
from api.middleware import LARGEST_UPLOAD
from tests.api.event_register import register
from tests.api.imports.files import csv_file, intake, xlsx_file
from tests.api.portal_door import Door, field

NOW = date.today()
GOOD = [intake(Datum=NOW), intake(Datum=NOW, Plaats="Utrecht")]
UNCLEAR = [intake(Datum=NOW, Soort_bedrijf="autobedrijf"), intake(Datum=NOW, Plaats="Atlantis")]
WRONG = [intake(Datum=NOW, Soort_bedrijf="=cmd()"), intake(Datum=NOW, Hulpvraag="<script>alert(1)</script>")]


class Desk:
    """Somebody of the staff behind a browser, with an event of their own."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.browser = door.browser()
        self.browser.log_in(door.invite())
        self.code = register(door.app, name="Ontbijt <b>Zeist</b>").event.code
        self.path = f"/portaal/evenementen/{self.code}/inlezen"

    def upload(self, data: bytes, name: str = "intakes.csv", **headers: str) -> Response:
        token = self.browser.token(self.path)
        return self.browser.client.post(
            self.path,
            data={"formulier": token},
            files={"bestand": (name, data)},
            headers={"Origin": self.door.url, **headers},
        )

    def looked_at(self, data: bytes, name: str = "intakes.csv") -> str:
        """Address of what was found in a file."""
        response = self.upload(data, name)
        assert response.status_code == 303, response.text
        return str(response.headers["location"])

    def send(self, address: str, stap: str = "inlezen", **fields: str) -> Response:
        token = self.browser.token(address)
        sent: Response = self.browser.send(address, formulier=token, stap=stap, **fields)
        return sent

    def count(self) -> int:
        with Session(self.door.engine) as session:
            return session.scalar(select(func.count()).where(Referral.event == self.code)) or 0

    def change_event(self, **values: Any) -> None:
        with Session(self.door.engine) as session, session.begin():
            session.execute(update(models.Event).where(models.Event.code == self.code).values(**values))


@pytest.fixture
def desk(door: Door) -> Desk:
    return Desk(door)


def question(page: str, label: str) -> str:
    """Name of the list that asks what a text means."""
    found = re.search(f'<label class="label" for="([^"]+)">{label}', page)
    assert found, f"nothing asks about {label}"
    return found[1]


def checkbox(page: str, word: str) -> str:
    """Value of the box that says that a text was understood wrongly."""
    found = re.search(f'name="anders" value="(\\d+)"><span><strong>{word}', page)
    assert found, f"nothing shows how {word} was understood"
    return found[1]


def test_from_the_event_to_the_import(desk: Desk) -> None:
    assert desk.path in desk.browser.get(f"/portaal/evenementen/{desk.code}").text
    page = desk.browser.get(desk.path.lower().replace(desk.code.lower(), desk.code)).text
    assert "sjabloon.xlsx" in page
    assert "Ontbijt &lt;b&gt;Zeist" in page


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_file_is_shown_first_and_taken_when_somebody_says_so(desk: Desk, make: Any) -> None:
    address = desk.looked_at(make(GOOD))
    page = desk.browser.get(address).text
    assert "Lees 2 rijen in" in page
    assert "<strong>kapsalon</strong> → Persoonlijke diensten of reparatie" in page
    assert desk.count() == 0
    response = desk.send(address)
    assert (response.status_code, response.headers["location"]) == (303, address)
    assert "Ingelezen: 2 rijen." in desk.browser.get(address).text
    assert desk.count() == 2


def test_sending_the_approval_twice_counts_once(desk: Desk) -> None:
    address = desk.looked_at(csv_file(GOOD))
    token = desk.browser.token(address)
    for _ in range(2):
        assert desk.browser.send(address, formulier=token, stap="inlezen").status_code == 303
    assert "Ingelezen: 2 rijen." in desk.browser.get(address).text
    assert desk.count() == 2


def test_same_file_again_has_nothing_new(desk: Desk) -> None:
    desk.send(desk.looked_at(csv_file(GOOD)))
    page = desk.browser.get(desk.looked_at(xlsx_file(GOOD), "ander.xlsx")).text
    assert "niets nieuws" in page
    assert "Rij 2, 3." in page
    assert "Lees " not in page.replace("Lees intakes", "")


def test_wrong_rows_are_shown_escaped_and_the_others_taken(desk: Desk) -> None:
    address = desk.looked_at(csv_file([*GOOD, *WRONG]), "<i>.csv")
    page = desk.browser.get(address).text
    assert "<script>" not in page
    assert "<i>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert re.search(r'<th scope="row" class="getal">4</th>\s*<td>Soort bedrijf</td>\s*<td>=cmd\(\)</td>', page)
    desk.send(address)
    after = desk.browser.get(address).text
    assert "Niet ingelezen, want er zitten fouten in: 2 rijen." in after
    assert desk.count() == 2
    report = desk.browser.get(f"{address}/verslag.csv")
    assert report.headers["content-type"] == "text/csv; charset=utf-8"
    assert report.headers["content-disposition"].startswith("attachment")
    assert ";4;Soort bedrijf;'=cmd();" in report.text


def test_page_shows_the_first_faults_and_the_file_all_of_them(desk: Desk) -> None:
    address = desk.looked_at(csv_file([intake(Datum=f"dag {number}") for number in range(350)]))
    page = desk.browser.get(address).text
    assert page.count("<td>Datum</td>") == 200
    assert "350 fouten" in page
    assert desk.browser.get(f"{address}/verslag.csv").text.count("\r\n") == 351


def test_unclear_words_have_to_be_chosen_first(desk: Desk) -> None:
    address = desk.looked_at(csv_file([*GOOD, *UNCLEAR]))
    page = desk.browser.get(address).text
    sector, place = question(page, "Soort bedrijf: autobedrijf"), question(page, "Plaats: Atlantis")
    response = desk.send(address, **{place: "buiten_regio"})
    assert response.status_code == 400
    assert f'href="#{sector}"' in response.text
    assert f'href="#{place}"' not in response.text
    assert '<option value="buiten_regio" selected>' in response.text
    assert desk.count() == 0
    assert desk.send(address, **{place: "buiten_regio", sector: "G/G"}).status_code == 303
    assert desk.count() == 4


@pytest.mark.parametrize("code", ["", "Z/Z", "GM9999", "buiten_regio", "drop table"])
def test_code_that_is_no_answer_is_not_taken(desk: Desk, code: str) -> None:
    address = desk.looked_at(csv_file(UNCLEAR[:1]))
    name = question(desk.browser.get(address).text, "Soort bedrijf: autobedrijf")
    assert desk.send(address, **{name: code}).status_code == 400
    assert desk.count() == 0


def test_clear_words_can_be_chosen_otherwise(desk: Desk) -> None:
    address = desk.looked_at(csv_file(GOOD))
    box = checkbox(desk.browser.get(address).text, "kapsalon")
    shown = desk.send(address, "kiezen", anders=box)
    assert shown.status_code == 200
    name = question(shown.text, "Soort bedrijf: kapsalon")
    assert desk.send(address, anders=box).status_code == 400
    assert desk.count() == 0
    assert desk.send(address, anders=box, **{name: "onbekend"}).status_code == 303
    with Session(desk.door.engine) as session:
        assert set(session.scalars(select(Referral.sbi2025).where(Referral.event == desk.code))) == {"onbekend"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Dit bestand is leeg"),
        (b"zomaar iets", "namen van de kolommen"),
        (b"PK\x03\x04kapot", "beschadigd"),
        (b" " * (10 * 1024 * 1024), "hoogstens 5 MB"),
    ],
)
def test_file_that_cannot_be_read_says_why(desk: Desk, data: bytes, words: str) -> None:
    response = desk.upload(data)
    assert response.status_code == 400
    assert words in response.text
    assert 'href="#bestand"' in response.text


def test_file_never_reaches_a_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", lambda _file: pytest.fail("it went to a disk"))
    assert desk.upload(csv_file(GOOD) + b" " * (10 * 1024 * 1024)).status_code == 400


def test_no_file_at_all(desk: Desk) -> None:
    token = desk.browser.token(desk.path)
    response = desk.browser.send(desk.path, formulier=token)
    assert response.status_code == 400
    assert "Kies een bestand." in response.text


def test_body_that_is_far_too_large_is_not_read(desk: Desk) -> None:
    response = desk.upload(b" " * LARGEST_UPLOAD)
    assert response.status_code == 400
    assert "te groot" in response.text


class TestEvent:
    @pytest.mark.parametrize("part", ["", "/sjabloon.csv", "/abc", "/abc/verslag.csv"])
    def test_unknown(self, desk: Desk, part: str) -> None:
        assert desk.browser.get(f"/portaal/evenementen/NERGENS-1/inlezen{part}").status_code == 404

    def test_closed_between_looking_and_approving(self, desk: Desk) -> None:
        address = desk.looked_at(csv_file(GOOD))
        token = desk.browser.token(address)
        desk.change_event(closed_on=NOW)
        response = desk.browser.send(address, formulier=token, stap="inlezen")
        assert response.status_code == 409
        assert "afgesloten" in response.text
        assert desk.count() == 0
        assert "afgesloten" in desk.browser.get(desk.path).text

    def test_long_over(self, desk: Desk) -> None:
        token = desk.browser.token(desk.path)
        day = NOW - timedelta(days=LATE_DAYS + 1)
        desk.change_event(day=day, last_day=day)
        response = desk.browser.client.post(
            desk.path,
            data={"formulier": token},
            files={"bestand": ("x.csv", csv_file(GOOD))},
            headers={"Origin": desk.door.url},
        )
        assert response.status_code == 409
        assert "nu niet meer" in response.text


class TestTrust:
    def test_who_is_not_logged_in_sees_and_sends_nothing(self, door: Door, desk: Desk) -> None:
        address = desk.looked_at(csv_file(GOOD))
        other = door.browser()
        for path in (desk.path, address, f"{desk.path}/sjabloon.xlsx", f"{address}/verslag.csv"):
            response = other.get(path)
            assert response.status_code == 303
            assert response.headers["location"].startswith("/portaal/inloggen")
        assert other.send(address, formulier="x", stap="inlezen").status_code == 303
        assert desk.count() == 0

    def test_form_of_another_website_does_nothing(self, desk: Desk) -> None:
        assert desk.upload(csv_file(GOOD), Origin="https://evil.example").status_code == 403
        address = desk.looked_at(csv_file(GOOD))
        assert desk.browser.send(address, formulier="oud", stap="inlezen").status_code == 403
        assert desk.count() == 0

    def test_token_of_another_event_or_of_nothing(self, desk: Desk) -> None:
        address = desk.looked_at(csv_file(GOOD))
        other = register(desk.door.app, name="Ander").event.code
        for path in (address.replace(desk.code, other), f"{desk.path}/abc"):
            assert desk.browser.get(path).status_code == 404
            assert desk.browser.get(f"{path}/verslag.csv").status_code == 404
            token = desk.browser.token(desk.path)
            assert desk.browser.send(path, formulier=token, stap="inlezen").status_code == 404

    def test_nothing_that_was_typed_is_left_after_the_hour(self, desk: Desk) -> None:
        rows = [intake(Datum=NOW, Soort_bedrijf="kanariesalon"), intake(Datum=NOW, Inloggen="kanarie")]
        desk.looked_at(csv_file(rows), "kanarie.csv")
        for sweep in desk.door.app.state.parts.sweepers:
            sweep(4_000_000_000)
        with desk.door.engine.connect() as connection:
            assert connection.execute(text("select count(*) from staged_import")).scalar_one() == 0


def test_templates_come_as_files(desk: Desk) -> None:
    workbook = desk.browser.get(f"{desk.path}/sjabloon.xlsx")
    assert f'filename="intakes-{desk.code.lower()}.xlsx"' in workbook.headers["content-disposition"]
    assert load_workbook(io.BytesIO(workbook.content)).sheetnames == ["Intakes", "Uitleg"]
    assert desk.browser.get(f"{desk.path}/sjabloon.csv").content.startswith(b"\xef\xbb\xbfDatum;")
    assert desk.browser.get(f"{desk.path}/sjabloon.pdf").status_code == 400


def test_pages_hold_a_form_token(desk: Desk) -> None:
    assert field(desk.browser.get(desk.looked_at(csv_file(GOOD))).text, "formulier")
