"""Poster, table cards, paper form and summary of an event: readable, scannable, and on the pages they should fill."""

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
import segno

from api.events.prints import TEMPLATES, Invitation, Row, Sheet, Table, paper_form, poster, summary, table_cards
from api.events.service import Event
from api.imports.choices import ChoiceReader
from api.imports.columns import intake_columns
from api.imports.table import Cell
from knowledge.base import Knowledge
from knowledge.intake import MAY_BE_LEFT_OPEN
from knowledge.sites import LOWEST_CONTRAST, Site, SiteContact, contrast
from tests.api.pages_on_paper import MM, Pdf, drawn_code, read_pdf, squeezed

BASE = "https://assistent.regio-utrecht.nl"
EVENT = Event(
    code="ZEIST-4K7",
    name="Ondernemersborrel Zeist",
    day=date(2026, 11, 26),
    municipality="GM0355",
    organiser="Ondernemersvereniging Zeist",
    site="utrecht",
    last_day=date(2026, 12, 10),
    closed_on=None,
)
LONG = "Netwerkbijeenkomst voor ondernemers in binnenstad en bedrijventerrein van Utrechtse Heuvelrug en omstreken 26"
ONE_WORD = "W" * 120
FAR_BASE = "https://digitale-hulp-voor-ondernemers.ondernemersloket-utrechtseheuvelrug.nl"
LONG_SITE = Site(
    id="lang",
    naam="n" * 60,
    aanbieder="de samenwerkende gemeenten en ondernemersorganisaties van Heuvelrug, Vallei en Kromme Rijngebied",
    status="actief",
    telt=True,
    contact=SiteContact(
        "Gezamenlijk Ondernemersloket van de samenwerkende gemeenten Utrechtse Heuvelrug en Vallei",
        "https://www.ondernemersloket-utrechtseheuvelrug-en-vallei.nl/contact",
        "030 123 45 67",
        None,
        "digitalisering@ondernemersloket-utrechtseheuvelrug-en-vallei.nl",
    ),
)
A4, A4_LYING = (210, 297), (297, 210)
INVITATIONS = {"poster": (poster, A4), "kaart": (table_cards, A4_LYING)}
SHEET = Sheet(
    lines=("30 ondernemers deden de scan.",),
    tables=(
        Table("Hoe digitaal zijn ze?", (Row("Je staat aan het begin", "20"), Row("Je bent op weg", "minder dan 5"))),
        Table("Branche", (), "Er zijn te weinig bedrijven om branches te laten zien."),
    ),
    footnotes=("Aantallen zijn afgerond op vijf.",),
)


def event(name: str, code: str = "HEUVELRUG-WXQM4K") -> Event:
    return Event(code, name, EVENT.day, "GM0355", name, "utrecht", EVENT.last_day, None)


@pytest.fixture(scope="module")
def site(knowledge: Knowledge) -> Site:
    return knowledge.sites["utrecht"]


@pytest.fixture(params=list(INVITATIONS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def invite(knowledge: Knowledge, kind: str, invitation: Invitation, form: Any = "pdf") -> bytes:
    return INVITATIONS[kind][0](knowledge, invitation, form)


def test_invitation_says_what_it_is_and_of_whom(knowledge: Knowledge, site: Site, kind: str) -> None:
    found = read_pdf(invite(knowledge, kind, Invitation(EVENT, site, BASE, "gesprek")))
    for part in (
        "digitale hulp?",
        "9 korte vragen",
        "3 minuten",
        "assistent.regio-utrecht.nl/e/ZEIST-4K7",
        "Ondernemersborrel Zeist",
        "26 november 2026",
        "Ondernemersvereniging Zeist",
        site.aanbieder,
        f"{site.contact.naam}, ",
        site.contact.telefoon or "www.utrecht.nl",
        "Wat je typt bewaren we niet.",
    ):
        assert found.says(part)
    assert not found.says("https://")


@pytest.mark.parametrize(
    ("target", "path"), [("gesprek", "e/ZEIST-4K7"), ("formulier", "f/ZEIST-4K7"), ("intake", "intake/ZEIST-4K7")]
)
def test_code_and_typed_address_lead_where_they_should(
    knowledge: Knowledge, site: Site, kind: str, target: Any, path: str
) -> None:
    invitation = Invitation(EVENT, site, f"{BASE}/", target)
    svg = ElementTree.fromstring(invite(knowledge, kind, invitation, "svg"))
    expected = [list(map(bool, row)) for row in segno.make_qr(f"{BASE}/{path}", error="q").matrix]
    codes = drawn_code(svg)
    assert len(codes) == {"poster": 1, "kaart": 4}[kind]
    for code in codes:
        assert code.modules == expected
        assert code.margin == 4
        assert round(code.side / MM) >= {"poster": 80, "kaart": 45}[kind]
    assert read_pdf(invite(knowledge, kind, invitation)).says(f"assistent.regio-utrecht.nl/{path}")


def test_code_is_told_to_who_cannot_see_it(knowledge: Knowledge, site: Site, kind: str) -> None:
    found = read_pdf(invite(knowledge, kind, Invitation(EVENT, site, BASE, "gesprek")))
    told = b"/Alt(QR-code die het adres assistent.regio-utrecht.nl/e/ZEIST-4K7 opent.)"
    figures = [body for body in found.objects if b"/S/Figure/" in body]
    assert len(figures) == 1
    assert told in figures[0]


@pytest.mark.parametrize("name", [EVENT.name, LONG, ONE_WORD])
@pytest.mark.parametrize(("base", "reached"), [(BASE, "u10"), (FAR_BASE, "lang")])
def test_every_page_stays_one_page(knowledge: Knowledge, kind: str, name: str, base: str, reached: str) -> None:
    site = LONG_SITE if reached == "lang" else knowledge.sites[reached]
    found = read_pdf(invite(knowledge, kind, Invitation(event(name), site, base, "intake")))
    assert found.sizes == [INVITATIONS[kind][1]]
    assert found.says("HEUVELRUG-WXQM4K")


def test_drawing_stands_on_its_own(knowledge: Knowledge, site: Site, kind: str) -> None:
    svg = invite(knowledge, kind, Invitation(event("<script>&\"'</svg>"), site, BASE, "gesprek"), "svg")
    root = ElementTree.fromstring(svg)
    width, height = (float(root.get(side, "").removesuffix("pt")) / MM for side in ("width", "height"))
    assert (round(width), round(height)) == INVITATIONS[kind][1]
    for element in root.iter():
        assert element.tag.rpartition("}")[2] not in {"script", "image", "foreignObject", "a", "style"}
        for name, value in element.attrib.items():
            assert not name.rpartition("}")[2].startswith("on")
            assert not name.endswith("href") or value.startswith("#")
    assert b"url(http" not in svg


def test_same_event_same_bytes_and_another_event_others(knowledge: Knowledge, site: Site, kind: str) -> None:
    one, same, other = (
        invite(knowledge, kind, Invitation(held, site, BASE, "gesprek"), form)
        for held, form in ((EVENT, "pdf"), (EVENT, "pdf"), (event("Anders"), "pdf"))
    )
    assert one == same != other
    assert not read_pdf(one).holds("CreationDate")


def test_paper_form_has_every_question_on_two_pages(knowledge: Knowledge, site: Site) -> None:
    found = read_pdf(paper_form(knowledge, EVENT, site))
    assert found.sizes == [A4, A4]
    titles = intake_columns(knowledge.intake).titles
    for number, question in enumerate(knowledge.intake.vragen, start=1):
        assert found.says(f"{number}. {titles[question.id]} {question.vraag}")
        for option in question.opties if question.id not in MAY_BE_LEFT_OPEN else ():
            assert found.says(option.titel)
    for part in ("Ondernemersborrel Zeist", "ZEIST-4K7", "26 november 2026", "Schrijf geen namen"):
        assert found.says(part)


def test_signs_on_paper_are_those_of_the_import(knowledge: Knowledge, site: Site) -> None:
    rest = squeezed(read_pdf(paper_form(knowledge, EVENT, site)).text)
    for question in knowledge.intake.vragen:
        rest = rest.partition(squeezed(question.vraag))[2]
        answers = ((question.unknown, "Weet ik niet"),) if question.id in MAY_BE_LEFT_OPEN else question.choices()
        for code, words in answers:
            sign = rest[rest.index(squeezed(words)) - 1]
            assert ChoiceReader(question).read(Cell(sign)) == code


@pytest.mark.parametrize("name", [LONG, ONE_WORD])
def test_paper_form_of_long_names_stays_two_pages(knowledge: Knowledge, name: str) -> None:
    assert read_pdf(paper_form(knowledge, event(name), LONG_SITE)).sizes == [A4, A4]


def test_summary_shows_the_figures_as_they_were_given(knowledge: Knowledge, site: Site) -> None:
    found = read_pdf(summary(knowledge, EVENT, site, SHEET))
    for part in (
        "Ondernemersborrel Zeist",
        "30 ondernemers deden de scan.",
        "Je staat aan het begin 20 Je bent op weg minder dan 5",
        "Branche Er zijn te weinig bedrijven om branches te laten zien.",
        "Aantallen zijn afgerond op vijf.",
        "Deze cijfers komen van de gemeente Utrecht.",
    ):
        assert found.says(part)
    assert found.holds("/S/TH/")


@pytest.mark.parametrize("name", [EVENT.name, LONG, ONE_WORD])
def test_summary_is_one_page_with_every_initiative(knowledge: Knowledge, name: str) -> None:
    initiatives = tuple(Row(f"{LONG[:70]} {number}", str(5 * number)) for number in range(1, 21))
    tables = tuple(Table(f"Tabel {number}", initiatives[:6]) for number in range(5))
    sheet = Sheet((LONG,) * 4, (*tables, Table("Initiatieven", initiatives)), (LONG, LONG))
    found = read_pdf(summary(knowledge, event(name), LONG_SITE, sheet))
    assert found.sizes == [A4]
    assert found.says(f"{LONG[:70]} 20")


@pytest.mark.parametrize("page", ["poster", "kaart", "formulier", "samenvatting"])
def test_every_pdf_is_tagged_and_titled(knowledge: Knowledge, site: Site, page: str) -> None:
    made: dict[str, bytes] = {
        "formulier": paper_form(knowledge, EVENT, site),
        "samenvatting": summary(knowledge, EVENT, site, SHEET),
    }
    found: Pdf = read_pdf(made.get(page) or invite(knowledge, page, Invitation(EVENT, site, BASE, "gesprek")))
    for part in ("<pdfuaid:part>1<", "/Marked true", "/Lang(nl-NL)", "/S/H1/", ": Ondernemersborrel Zeist<"):
        assert found.holds(part), part


def test_letters_stand_out_from_what_is_behind_them() -> None:
    colours = dict(re.findall(r'#let ([a-z-]+) = rgb\("(#[0-9a-f]{6})"\)', (TEMPLATES / "house.typ").read_text()))
    for front, back in (
        (colours["ink"], "#ffffff"),
        (colours["soft"], "#ffffff"),
        (colours["accent"], "#ffffff"),
        (colours["ink"], colours["accent-light"]),
    ):
        assert contrast(front, back) >= LOWEST_CONTRAST
