"""The report as a document: readable by everybody, and with published numbers only."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from analytics.figures import Figures
from api.events.repository import Events
from api.events.service import EventPlan, EventService
from api.reports.service import Reports
from knowledge.base import Knowledge
from tests.analytics.desk import Desk, firms
from tests.api.made_reports import TODAY, Made, engine_in, made, nothing
from tests.api.pages_on_paper import read_pdf
from tests.api.released import publish
from tests.api.report_numbers import allowed, numbers


def test_every_number_was_published_or_is_in_every_report(
    report: Made, all_made: dict[str, Made], knowledge: Knowledge
) -> None:
    same_in_all = numbers(all_made["nothing"].text.text)
    words = re.sub(r"Pagina ?\d+ ?van ?\d+", "", report.text.text)
    unknown = numbers(words) - same_in_all - allowed(knowledge, report.releases, report.live, TODAY)
    assert unknown == set()


def test_published_values_are_there(all_made: dict[str, Made]) -> None:
    values = {cell.value for cell in all_made["thousands"].releases[-1].tables["tot_nu/sector"].cells} - {None}
    assert {f"{value:,}".replace(",", ".") for value in values} <= numbers(all_made["thousands"].text.text)


def test_every_number_in_a_drawing_was_published(report: Made, knowledge: Knowledge) -> None:
    groups = numbers("2 tot en met 9, 10 tot 49, 50 tot 249, 250 of meer, doel 250")
    for drawing in report.drawings.values():
        said = " ".join(re.findall(r"<text[^>]*>([^<]+)<", drawing.decode())).replace("&lt;5", "")
        assert numbers(said) - groups - allowed(knowledge, report.releases, report.live, TODAY) == set()


def test_is_tagged_for_who_hears_it(report: Made) -> None:
    with pikepdf.open(io.BytesIO(report.pdf)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("nl")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Rapport van oktober 2026"
        tags = list(elements(pdf.Root.StructTreeRoot))
    kinds = [str(tag.get("/S", "")) for tag in tags]
    assert kinds.count("/H1") == 6
    assert kinds.count("/Figure") == len(report.drawings)
    assert all(str(tag.Alt).startswith("Grafiek: ") for tag in tags if tag.get("/S") == "/Figure")


def test_every_table_has_headings(report: Made) -> None:
    with pikepdf.open(io.BytesIO(report.pdf)) as pdf:
        tables = [tag for tag in elements(pdf.Root.StructTreeRoot) if tag.get("/S") == "/Table"]
        assert tables
        known = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        for table in tables:
            head, *rows = [tag for tag in elements(table) if tag.get("/S") == "/TR"]
            assert rows
            assert [scope(cell) for cell in elements(head)] == ["/Column"] * len(head.K)
            for row in rows:
                first, *others = [cell for cell in elements(row) if cell.get("/S") in ("/TH", "/TD")]
                assert (first.S, scope(first), first.P.objgen) == ("/TH", "/Row", row.objgen)
                assert known[str(first.ID)].objgen == first.objgen
                for cell, column in zip(others, list(head.K)[1:], strict=True):
                    assert cell.S == "/TD"
                    assert {bytes(one) for one in headings(cell)} == {bytes(first.ID), bytes(column.ID)}
        assert pdf.check_pdf_syntax() == []


def test_has_the_parts_of_the_meeting(report: Made) -> None:
    for words in ("Doel en tempo", "Wie we bereiken", "Gaten in het aanbod", "Wat ervan kwam", "Agenda"):
        assert report.text.says(words)
    assert report.text.says("Cijfers van januari tot en met oktober 2026.")
    assert report.text.says("Gemaakt op 26 november 2026.")


def test_what_cannot_be_shown_yet_is_said_once_in_a_part(all_made: dict[str, Made]) -> None:
    text = all_made["nothing"].text
    assert text.says("Nog niet te zien")
    assert text.text.count("Zo blijft iedereen anoniem") <= 5


def test_events_that_were_closed_are_in_it(tmp_path: Path, knowledge: Knowledge) -> None:
    engine = engine_in(tmp_path)
    nothing(engine, knowledge)
    plan = EventPlan("Ontbijt in Zeist", TODAY, "GM0355", "Gemeente Zeist", "utrecht")
    code = EventService(Events(engine), knowledge).create(plan, TODAY).event.code
    assert not made(engine, knowledge).text.says("Per evenement")
    publish(engine, "evenement", code, totals={}, tables={"totaal": {"": 17}})
    text = made(engine, knowledge).text
    assert text.says("Ontbijt in Zeist")
    assert "17" in numbers(text.text)
    engine.dispose()


def test_demonstration_is_not_among_the_events(tmp_path: Path, knowledge: Knowledge) -> None:
    engine = engine_in(tmp_path)
    nothing(engine, knowledge)
    events = EventService(Events(engine), knowledge)
    plan = EventPlan("Demo-ontbijt", TODAY, "GM0355", "Gemeente Zeist", "demo")
    code = events.create(plan, TODAY).event.code
    publish(engine, "evenement", code, totals={}, tables={"totaal": {"": 12}})
    text = made(engine, knowledge).text
    assert not text.says("Demo-ontbijt")
    assert not text.says("Per evenement")
    engine.dispose()


def test_total_of_today_is_the_same_in_a_report_of_an_earlier_month(tmp_path: Path, knowledge: Knowledge) -> None:
    desk = Desk(engine_in(tmp_path), knowledge)
    desk.add(firms(60, "2026-W38"))
    desk.make("2026-09", TODAY)
    desk.add(firms(40, start=60))
    desk.make("2026-10", TODAY)
    desk.add(firms(10, "2026-W47", start=100))
    reports = Reports(desk.engine, knowledge, Figures(desk.engine, knowledge), tmp_path)
    for month_id in ("2026-09", "2026-10"):
        assert read_pdf(reports.make(month_id, "pdf", TODAY)).says("110 gesprekken in 2026.")
    desk.engine.dispose()


def test_says_that_figures_are_made_up_only_when_they_are(all_made: dict[str, Made]) -> None:
    assert all_made["60 records"].text.says("Synthetische gegevens")
    assert not all_made["thousands"].text.says("Synthetische gegevens")


def scope(cell: Any) -> str | None:
    """What a heading is the heading of."""
    return next((str(one.Scope) for one in cell.A if "/Scope" in one), None)


def headings(cell: Any) -> list[Any]:
    """The ids of the headings of a cell."""
    return [name for one in cell.A if one.get("/O") == "/Table" for name in one.Headers]


def elements(tag: Any) -> Iterator[Any]:
    """Every element of the structure under one."""
    kids = tag.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)
