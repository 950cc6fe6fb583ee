"""The summary of an event in the portal and on paper: nothing but published values, and nothing after closing."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from analytics.event_summary import Summary, read_summary
from analytics.models import Publication, PublishedCell, Referral, ReferredInitiative
from analytics.rounding_secret import BadSecret
from analytics.tally import Moved
from api.events import models
from api.events.summaries import Summaries
from api.imports.service import LATE_DAYS
from api.portal.dependencies import FORM_FIELD, User, staff
from tests.analytics.test_event_summary import referral, thirty
from tests.api.event_register import move, register
from tests.api.pages_on_paper import read_pdf
from tests.api.scan_page import Form

SECRET = bytes(range(32))
TODAY = date.today()
NOW = 1_790_000_000


class EventPages:
    """The summary of one new event, in a browser in which somebody is logged in."""

    def __init__(self, scan: Form, number: int) -> None:
        self.app, self.client = scan.app, scan.client
        self.code = register(scan.app, name=f"Ontbijt <{number}>").event.code
        self.address = f"/portaal/evenementen/{self.code}/samenvatting"

    @property
    def parts(self) -> Any:
        return self.app.state.parts

    def read(self, ending: str = "") -> Response:
        return self.client.get(self.address + ending)

    def close(self, **fields: str) -> Response:
        origin = {"Origin": str(self.client.base_url)}
        return self.client.post(self.address, data={FORM_FIELD: "T", **fields}, headers=origin)

    def add(self, records: list[Any]) -> None:
        with Session(self.parts.engine) as session, session.begin():
            for record in records:
                record.event = self.code
                record.id = f"{self.code}-{record.id}"
                for entry in record.initiatives:
                    entry.referral_id = record.id
                session.add(record)

    def published(self) -> Summary:
        found = read_summary(self.parts.engine, self.code)
        assert found is not None
        return found


@pytest.fixture
def pages(scan: Form, request: pytest.FixtureRequest) -> Iterator[EventPages]:
    scan.app.dependency_overrides[staff] = lambda: User("1", "Sam", "sam@zeist.example", "evenement", "T")
    parts = scan.app.state.parts
    with_secret = Summaries(parts.engine, parts.knowledge, parts.events, lambda *, make: SECRET)
    scan.app.state.parts = replace(parts, summaries=with_secret)
    yield EventPages(scan, len(request.node.name))
    scan.app.dependency_overrides.clear()


class TestNotLoggedIn:
    @pytest.mark.parametrize("ending", ["", ".pdf"])
    def test_is_sent_to_the_login(self, scan: Form, ending: str) -> None:
        response = scan.client.get(f"/portaal/evenementen/X-1/samenvatting{ending}", follow_redirects=False)
        assert response.headers["location"].startswith("/portaal/inloggen?naar=")

    def test_closes_nothing(self, scan: Form) -> None:
        code = register(scan.app, name="Niemand ingelogd").event.code
        address = f"/portaal/evenementen/{code}/samenvatting"
        assert scan.client.post(address, data={"zeker": "ja"}, follow_redirects=False).status_code in (303, 403)
        assert scan.app.state.parts.events.find(code).closed_on is None


class TestDemonstration:
    @pytest.mark.parametrize(("site", "said"), [("demo", True), ("utrecht", False)])
    def test_is_called_so_before_and_after_closing(self, pages: EventPages, site: str, *, said: bool) -> None:
        with Session(pages.parts.engine) as session, session.begin():
            session.execute(update(models.Event).where(models.Event.code == pages.code).values(site=site))
        pages.add(thirty())
        assert ("Dit is een demonstratie." in pages.read().text) is said
        pages.close(zeker="ja")
        assert ("Dit is een demonstratie." in pages.read().text) is said
        assert read_pdf(pages.read(".pdf").content).says("Dit is een demonstratie.") is said


class TestBeforeClosing:
    @pytest.mark.parametrize(
        ("records", "told"), [(4, "minder dan 5 bedrijven"), (5, "5 bedrijven"), (6, "6 bedrijven")]
    )
    def test_page_tells_the_total_from_five_and_nothing_else(self, pages: EventPages, records: int, told: str) -> None:
        pages.add(thirty()[:records])
        text = pages.read().text
        assert f"{told}" in re.sub(r"</?strong>", "", text)
        assert "Daarna tellen er geen intakes meer bij." in text
        assert "<table" not in text

    def test_looking_closes_nothing_also_after_the_last_day(self, pages: EventPages) -> None:
        move(pages.app, pages.code, 10)
        assert "werkte tot en met" in pages.read().text
        assert pages.parts.events.find(pages.code).closed_on is None

    def test_there_is_no_pdf(self, pages: EventPages) -> None:
        response = pages.read(".pdf")
        assert response.status_code == 404
        assert "Sluit eerst het evenement af" in response.text

    def test_closing_without_the_tick_changes_nothing(self, pages: EventPages) -> None:
        response = pages.close()
        assert response.status_code == 400
        assert "Er is nog niets veranderd" in response.text
        assert pages.parts.events.find(pages.code).closed_on is None

    def test_foreign_page_closes_nothing(self, pages: EventPages) -> None:
        data = {FORM_FIELD: "T", "zeker": "ja"}
        response = pages.client.post(pages.address, data=data, headers={"Origin": "https://elders.example"})
        assert response.status_code == 403
        assert pages.parts.events.find(pages.code).closed_on is None


class TestClosed:
    def test_page_shows_the_figures(self, pages: EventPages) -> None:
        pages.add(thirty())
        response = pages.close(zeker="ja")  # and on to the page
        assert response.status_code == 200
        assert pages.parts.events.find(pages.code).closed_on == TODAY
        text = " ".join(re.sub(r"<[^>]*>", " ", response.text).split())
        assert "30 bedrijven deden de scan." in text
        assert "Aan het begin 15 Op weg 10 Al ver 5" in text
        assert "Het vaakst: “Aan het begin”, ongeveer 15 van de 30 bedrijven (50%)." in text
        assert "Horeca minder dan 5" in text
        assert "50 mensen of meer minder dan 5" in text
        assert "Digitale MKB Werkplaats" in text
        assert "Ontbijt &lt;" in response.text

    def test_pdf_is_one_page_with_the_same_figures(self, pages: EventPages) -> None:
        pages.add(thirty())
        pages.close(zeker="ja")
        response = pages.read(".pdf")
        assert response.headers["content-type"] == "application/pdf"
        pdf = read_pdf(response.content)
        assert pdf.sizes == [(210, 297)]
        assert "30 bedrijven deden de scan." in pdf.text
        assert "Aan het begin 15 Op weg 10 Al ver 5" in pdf.text

    def test_there_is_no_pdf_when_its_site_is_gone(self, pages: EventPages) -> None:
        pages.close(zeker="ja")
        parts = pages.parts
        pages.app.state.parts = replace(parts, knowledge=replace(parts.knowledge, sites={}))
        response = pages.read(".pdf")
        assert response.status_code == 404
        assert "Bekijk de samenvatting op het scherm" in response.text
        assert pages.read().status_code == 200

    def test_page_and_pdf_hold_nothing_but_what_was_published(self, pages: EventPages) -> None:
        """Without the records both are the same to the last byte, so no count, order or width comes from them."""
        stages = ["adhoc"] * 23 + ["engaged"] * 17 + ["verder"] * 7
        sections = ["G"] * 21 + ["F"] * 13 + ["I"] * 9 + ["R"] * 3 + ["T"]
        offer = ["kvo-d-veenendaal"] * 22 + ["spot035"] * 11
        pages.add(
            [
                referral(
                    number,
                    stage=stages[number],
                    sbi2025=sections[number],
                    nothing_fits=number >= 33,
                    initiatives=offer[number : number + 1],
                )
                for number in range(47)
            ]
        )
        pages.close(zeker="ja")
        page, paper = pages.read().text, pages.read(".pdf").content
        rows = [row for rows in pages.published().tables.values() for row in rows]
        assert {row.value % 5 for row in rows if row.value is not None} == {0}
        with Session(pages.parts.engine) as session, session.begin():
            session.execute(delete(ReferredInitiative))
            session.execute(delete(Referral))
        assert pages.read().text == page
        assert pages.read(".pdf").content == paper

    def test_record_after_closing_changes_nothing(self, pages: EventPages) -> None:
        pages.add(thirty())
        pages.close(zeker="ja")
        before, paper = pages.read().text, pages.read(".pdf").content
        pages.add([referral(77, stage="verder", sbi2025="A", question="weet_niet", size_class="250+")])
        pages.close(zeker="ja")
        assert pages.read().text == before
        assert pages.read(".pdf").content == paper

    def test_small_event_has_no_figures(self, pages: EventPages) -> None:
        pages.add(thirty()[:4])
        text = pages.close(zeker="ja").text
        assert "Minder dan 5 bedrijven deden de scan." in text
        assert "<table" not in text
        assert "Minder dan 5 bedrijven" in read_pdf(pages.read(".pdf").content).text

    def test_event_of_which_everybody_said_the_same_has_its_total_only(self, pages: EventPages) -> None:
        pages.add([referral(number) for number in range(12)])
        text = pages.close(zeker="ja").text
        assert "12 bedrijven deden de scan." in text
        assert "<table" not in text
        assert text.count("Dit laten we niet zien.") == 5


class TestByItself:
    def test_event_is_closed_when_nothing_can_be_added_any_more(self, pages: EventPages) -> None:
        pages.add(thirty())
        last_day = date.fromtimestamp(NOW) - timedelta(days=LATE_DAYS)
        for day, closed in ((last_day, None), (last_day - timedelta(days=1), date.fromtimestamp(NOW))):
            with Session(pages.parts.engine) as session, session.begin():
                changed = update(models.Event).where(models.Event.code == pages.code)
                session.execute(changed.values(day=day, last_day=day))
            while pages.parts.summaries.sweep(NOW):
                pass
            assert pages.parts.events.find(pages.code).closed_on == closed
        assert pages.published().total == 30

    def test_no_event_is_closed_on_a_clock_that_is_far_ahead(self, pages: EventPages) -> None:
        pages.add(thirty())
        pages.parts.summaries.sweep(int(time.time()) + 400 * 86400)
        assert pages.parts.events.find(pages.code).closed_on is None

    def test_figures_are_made_when_closing_was_broken_off(self, pages: EventPages) -> None:
        pages.add(thirty())
        pages.parts.events.close(pages.code, TODAY)
        assert pages.parts.summaries.sweep(NOW) >= 1
        assert pages.parts.summaries.sweep(NOW) == 0
        assert pages.published().total == 30

    def test_other_figures_that_keep_coming_are_told(self, pages: EventPages, monkeypatch: pytest.MonkeyPatch) -> None:
        def moved(*_: Any) -> None:
            raise Moved

        monkeypatch.setattr("api.events.summaries.publish_event", moved)
        response = pages.close(zeker="ja")
        assert response.status_code == 503
        assert "Probeer het straks weer" in response.text
        monkeypatch.undo()
        assert pages.read().status_code == 200
        assert pages.published().total is None


class TestSecretThatCannotBeRead:
    @pytest.fixture(params=[BadSecret("var/secrets/rounding: ..."), PermissionError("var/secrets/rounding")])
    def without_secret(self, pages: EventPages, request: pytest.FixtureRequest) -> EventPages:
        def secret(*, make: bool) -> bytes:
            raise request.param

        parts = pages.parts
        pages.app.state.parts = replace(parts, summaries=Summaries(parts.engine, parts.knowledge, parts.events, secret))
        return pages

    def test_event_stays_open_and_staff_are_told(self, without_secret: EventPages) -> None:
        response = without_secret.close(zeker="ja")
        assert response.status_code == 503
        assert "Waarschuw de beheerder" in response.text
        assert without_secret.parts.events.find(without_secret.code).closed_on is None

    def test_secret_is_made_for_the_first_figures_only(self, pages: EventPages) -> None:
        asked = []

        def secret(*, make: bool) -> bytes:
            asked.append(make)
            return SECRET

        parts = pages.parts
        summaries = Summaries(parts.engine, parts.knowledge, parts.events, secret)
        with Session(parts.engine) as session, session.begin():
            session.execute(delete(PublishedCell))
            session.execute(delete(Publication))
        for _ in range(2):
            summaries.close(register(pages.app, name=f"Beurs {len(asked)}").event, TODAY)
        assert asked == [True, False]

    def test_sweep_goes_on_without(self, without_secret: EventPages) -> None:
        without_secret.parts.events.close(without_secret.code, TODAY)
        assert without_secret.parts.summaries.sweep(NOW) == 0
