"""What waits on a tablet is sent once, whatever happens on the way, and what the server refuses is not lost."""

import csv
import io
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from analytics.database import open_database
from api.events.models import Event
from tests.browser.conftest import OpenTablet
from tests.browser.tablet import Tablet, make_event
from tests.product.running import ROOT, Product

INTAKES = "**/v1/intakes"
ANY = "**/v1/**"
PROBLEM = "application/problem+json"


def test_answer_that_is_lost_on_the_way_counts_once(open_tablet: OpenTablet) -> None:
    tablet = open_tablet(service_workers="block")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(str(route.fetch().status))  # the server took it
        route.abort()

    tablet.page.route(INTAKES, lose)
    tablet.visit().begin().core()
    expect(tablet.bar).to_have_text("1 intake wacht op internet")
    assert lost == ["201"]
    # Before it is tried again the answers are changed: the change arrives too.
    tablet.tap("Pas antwoorden aan")
    tablet.page.get_by_role("dialog").get_by_role("button", name="Aantal mensen").click()
    tablet.tap("Alleen ik")
    tablet.until_sent()
    assert [row["size_class"] for row in tablet.records()] == ["1"]


def test_two_tabs_that_send_at_once_count_each_intake_once(open_tablet: OpenTablet, product: Product) -> None:
    tablet = open_tablet().visit()
    expect(tablet.ready).to_be_visible()
    tablet.page.context.set_offline(True)
    tablet.several(5)
    other = Tablet(tablet.page.context.new_page(), product, tablet.code).visit()
    other.several(5)
    expect(other.bar).to_have_text("10 intakes wachten op internet")
    sent: list[str] = []
    tablet.page.context.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    tablet.page.context.set_offline(False)
    tablet.until_stored(0)
    other.until_stored(0)
    assert len(tablet.records()) == 10
    assert len([url for url in sent if url.endswith("/v1/intakes")]) == 10


def test_crash_in_the_middle_of_sending_counts_each_intake_once(open_tablet: OpenTablet, product: Product) -> None:
    tablet = open_tablet(service_workers="block").visit()
    tablet.page.context.route(INTAKES, lambda route: route.abort())
    tablet.several(4)
    taken: list[int] = []

    def answer_the_first(route: Route) -> None:
        if len(taken) == 2:
            return  # it hangs, and the tab dies
        taken.append(route.fetch().status)
        if len(taken) == 1:
            route.continue_()

    tablet.page.context.unroute(INTAKES)
    tablet.page.context.route(INTAKES, answer_the_first)
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.page.wait_for_timeout(500)
    assert taken
    tablet.page.close()
    tablet.page.context.unroute(INTAKES)
    again = Tablet(tablet.page.context.new_page(), product, tablet.code).visit()
    again.until_stored(0)
    assert len(again.records()) == 4


def test_refused_intake_is_set_apart_and_the_others_are_sent(
    open_tablet: OpenTablet, product: Product, tmp_path: Path
) -> None:
    created = make_event(product)
    tablet = open_tablet(created.event.code, service_workers="block").visit()
    refused: list[str] = []

    def refuse_the_first(route: Route) -> None:
        key = route.request.headers["idempotency-key"]
        if not refused:
            refused.append(key)
        if key not in refused:
            return route.continue_()
        body = json.dumps({"status": 400, "title": "Ongeldige aanvraag", "detail": "Dit evenement is afgesloten."})
        return route.fulfill(status=400, body=body, content_type=PROBLEM, headers={"API-Version": "1.0.0"})

    tablet.page.route(INTAKES, refuse_the_first)
    tablet.begin().core()
    tablet.tap("Klaar")
    tablet.several(2)
    tablet.until_stored(1)
    assert len(tablet.records()) == 2
    tablet.log_in(created.staff_key)
    tablet.tap("Niet verstuurd: 1")
    expect(tablet.page.get_by_text("Dit evenement is afgesloten.")).to_be_visible()
    expect(tablet.button("Verwijder ze van dit apparaat")).to_be_disabled()
    with tablet.page.expect_download() as info:
        tablet.tap("Sla op als bestand")
    info.value.save_as(tmp_path / "rest.csv")
    text = (tmp_path / "rest.csv").read_bytes().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert row["Datum"] == date.today().isoformat()
    assert (row["Aantal mensen"], row["Soort bedrijf"], row["Plaats"]) == ("2 tot 9", "?", "Zeist")
    assert (row["Hulpvraag"], row["Administratie"]) == ("Administratie en planning", "c")
    tablet.tap("Verwijder ze van dit apparaat")
    tablet.until_stored(0)
    # The file is one that the import of paper intakes takes.
    command = [sys.executable, "-m", "api.imports", tablet.code, str(tmp_path / "rest.csv"), "--inlezen"]
    subprocess.run(command, cwd=ROOT, env=product.environment, check=True, capture_output=True)
    assert len(tablet.records()) == 3


def test_intakes_of_after_the_last_day_are_kept_and_told(open_tablet: OpenTablet, product: Product) -> None:
    tablet = open_tablet().visit()
    expect(tablet.ready).to_be_visible()
    tablet.page.context.set_offline(True)
    tablet.several(2)
    end_yesterday(product, tablet.code)
    tablet.page.context.set_offline(False)
    tablet.page.reload()
    expect(tablet.heading).to_have_text("Dit evenement is voorbij")
    expect(tablet.button("Niet verstuurd: 2")).to_be_visible()
    tablet.tap("Niet verstuurd: 2")
    expect(tablet.page.get_by_text("Deze intake telt niet meer mee.").first).to_be_visible()
    assert tablet.records() == []


def end_yesterday(product: Product, code: str) -> None:
    """Let the code have worked until yesterday."""
    engine = open_database(product.database_url)
    with Session(engine) as session, session.begin():
        session.execute(update(Event).where(Event.code == code).values(last_day=date.today() - timedelta(days=1)))


@pytest.mark.parametrize(
    ("status", "content_type"),
    [(200, "text/html"), (403, "text/html"), (503, PROBLEM), (429, PROBLEM), (502, "text/html")],
)
def test_what_is_no_answer_of_the_server_is_tried_again(
    open_tablet: OpenTablet, status: int, content_type: str
) -> None:
    tablet = open_tablet(service_workers="block").visit()
    headers = {"API-Version": "1.0.0"} if content_type == PROBLEM else {}
    body = '{"detail": "Even niet."}' if content_type == PROBLEM else "<title>Welkom op het netwerk van de zaal</title>"
    tablet.page.route(
        ANY, lambda route: route.fulfill(status=status, body=body, content_type=content_type, headers=headers)
    )
    tablet.begin().core()
    expect(tablet.bar).to_have_text("1 intake wacht op internet")
    tablet.page.unroute(ANY)
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.until_sent()
    assert len(tablet.records()) == 1


@pytest.mark.parametrize("days", [-1, 1])
def test_clock_that_is_a_day_off_is_corrected(open_tablet: OpenTablet, days: int) -> None:
    tablet = open_tablet().visit()
    expect(tablet.ready).to_be_visible()
    tablet.page.context.set_offline(True)
    # After the start without a connection the clock is another, so the server's is not known for this one.
    tablet.page.context.add_init_script(
        f"""const real = Date.now;
        Date.now = () => real() + {days} * 24 * 60 * 60 * 1000;"""
    )
    tablet.page.reload()
    tablet.begin().core()
    expect(tablet.bar).to_have_text("1 intake wacht op internet")
    sent: list[str] = []
    tablet.page.on(
        "request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None
    )
    tablet.page.context.set_offline(False)
    tablet.until_sent()
    assert [json.loads(body)["datum"] for body in sent] == [date.today().isoformat()]
    year, week, _ = date.today().isocalendar()
    assert [row["week"] for row in tablet.records()] == [f"{year}-W{week:02}"]


@pytest.mark.parametrize(
    ("broken", "before", "after"),
    [
        (
            "indexedDB.open = () => { throw new Error('blocked'); };",
            "Deze browser bewaart niets.",
            "Deze browser bewaart niets.",
        ),
        (
            """const put = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = function (row) {
                if (this.name === 'intakes') throw new DOMException('full', 'QuotaExceededError');
                return put.call(this, row);
            };""",
            "",
            "Het geheugen van dit apparaat is vol.",
        ),
        ("navigator.storage.estimate = async () => ({ quota: 1000, usage: 900 });", "bijna vol", ""),
    ],
)
def test_device_that_cannot_keep_an_intake_says_so_and_sends_it_all_the_same(
    open_tablet: OpenTablet, broken: str, before: str, after: str
) -> None:
    tablet = open_tablet(service_workers="block")
    tablet.page.add_init_script(broken)
    tablet.visit()
    alarm = tablet.page.get_by_role("alert")
    expect(alarm.filter(has_text=before).first).to_be_attached()
    tablet.begin().core()
    expect(alarm.filter(has_text=after).first).to_be_attached()
    tablet.until_sent()
    assert len(tablet.records()) == 1
