"""Values on paper: as typed, tagged for who hears the page, and the same bytes each time."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import typst

from api.typesetting import FONTS, typeset
from tests.api.pages_on_paper import read_pdf

TEMPLATE = """\
#let values = json(bytes(sys.inputs.values))
#set document(title: values.name, date: none)
#set text(lang: "nl", font: "Atkinson Hyperlegible Next")
= #values.name
#for line in values.at("lines", default: ()) [- #line]
"""
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h2v2z"/></svg>'


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "page.typ"
    path.write_text(TEMPLATE)
    return path


def pdf(template: Path, name: str, **values: Any) -> bytes:
    return typeset(template, {"name": name, **values}, form="pdf")


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x") *vet* _schuin_ ]',
        '$x^2$ "aanhaling" \'enkel\' <label> @bron',
        "#read(\"/etc/passwd\") \\ `code` // geen commentaar /* ook niet */",
        "Café Ünal & Zn. – 't Gőzgép, Łódź, İstanbul… €5",
        "Ελλάς Жуковский",
    ],
)  # fmt: skip
def test_names_come_out_as_typed(template: Path, name: str) -> None:
    found = read_pdf(pdf(template, name))
    assert found.text == name


def test_pdf_is_tagged_for_who_hears_it(template: Path) -> None:
    found = read_pdf(pdf(template, "Borrel"))
    for part in ("/MarkInfo<</Marked true", "/Lang(nl)", "<pdfuaid:part>1<", "/S/H1", "/DisplayDocTitle true"):
        assert found.holds(part), part


def test_pdf_without_a_title_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.typ"
    path.write_text("= Kop")
    with pytest.raises(typst.TypstError, match="title"):
        typeset(path, {}, form="pdf")


def test_a_drawing_needs_words_for_who_cannot_see_it(tmp_path: Path) -> None:
    path = tmp_path / "page.typ"
    path.write_text('#set document(title: "x")\n#image(bytes(sys.inputs.code), format: "svg")')
    with pytest.raises(typst.TypstError, match="alt"):
        typeset(path, {}, images={"code": DRAWING}, form="pdf")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Feest 🎉 voor jou", "Feest voor jou"),
        ("商会 Utrecht", "?? Utrecht"),
        ("regel een\nregel twee\x00\x07", "regel een regel twee"),
        ("Cafe\u0301", "Café"),
        ("\u202eomgekeerd", "omgekeerd"),
    ],
)
def test_what_no_font_has_does_not_stop_the_printing(template: Path, typed: str, printed: str) -> None:
    assert read_pdf(pdf(template, typed)).text == printed
    assert typeset(template, {"name": typed}, form="svg") == typeset(template, {"name": printed}, form="svg")


def test_values_inside_lists_are_printed_too(template: Path) -> None:
    assert read_pdf(pdf(template, "Kop", lines=["een 🎉", "twee"])).text.split() == ["Kop", "•", "een", "•", "twee"]


@pytest.mark.parametrize("form", ["pdf", "svg"])
def test_equal_values_give_equal_bytes_and_others_do_not(template: Path, form: Any) -> None:
    one, same, other = (typeset(template, {"name": name}, form=form) for name in ("Zeist", "Zeist", "Breda"))
    assert one == same != other


def test_drawings_are_part_of_the_svg_and_not_files_within_it(tmp_path: Path) -> None:
    path = tmp_path / "page.typ"
    path.write_text('#image(bytes(sys.inputs.code), format: "svg", width: 4cm)')
    root = ElementTree.fromstring(typeset(path, {}, images={"code": DRAWING}, form="svg"))
    tags = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert "image" not in tags
    (inner,) = [element for element in root.iter() if element.get("viewBox") == "0 0 2 2"]
    assert float(inner.get("width", "0")) == pytest.approx(4 / 2.54 * 72)


def test_letters_are_of_our_own_font(template: Path) -> None:
    assert read_pdf(pdf(template, "Borrel")).holds("+AtkinsonHyperlegibleNext-Bold")
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()
