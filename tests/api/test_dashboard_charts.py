"""Charts: what they say to eyes, ears and paper, and that they hold published values only."""

import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from api.dashboard import charts, drawings, tiles
from api.dashboard.charts import Bar, Pair, Point, Square
from api.dashboard.drawings import DARK, Words, image
from knowledge.base import load
from knowledge.loading import KnowledgeError

WORDS = Words("proef", "Titel & <b>", 'Uitleg "hier" \\1')
NASTY = 'a > b "c" <d> role="x" class aria-label 1.23456'
ALL, SOME, NONE = Square("all", "overal"), Square("some", "deels"), Square("none", "nergens")
BOLD_DIGIT = 9.8  # units wide in the widest font that browsers use here
SVG = "{http://www.w3.org/2000/svg}"
EVERY = {
    "bars": charts.bars(WORDS, [Bar(NASTY, 40, "40"), Bar("Horeca", None, "<5"), Bar("Bouw", 10, "10")]),
    "pairs": charts.pairs(WORDS, ("bereik", "bedrijven"), [Pair("Bouw", 12, 9), Pair("Horeca", None, 0)]),
    "pace": charts.pace(WORDS, 250, [Point("jan", 8, 20, "8"), Point("feb", None, 40)]),
    "squares": charts.squares(WORDS, ("Begin", "Al ver"), [("Veilig", (ALL, NONE)), ("Klanten", (SOME, ALL))]),
}


def texts(drawing: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(drawing).iter(f"{SVG}text")]


def lengths(drawing: str) -> list[float]:
    return [float(found) for found in re.findall(r'd="M0,[\d.]+h([\d.]+)v18', drawing)]


@pytest.mark.parametrize("name", EVERY)
class TestEvery:
    def test_has_a_title_and_a_description_and_nothing_in_english(self, name: str) -> None:
        drawn = ElementTree.fromstring(EVERY[name])
        assert drawn.get("role") == "img"
        named = {node.get("id"): node.text for node in drawn if node.tag in (f"{SVG}title", f"{SVG}desc")}
        assert [named[identifier] for identifier in drawn.get("aria-labelledby", "").split()] == [
            WORDS.title,
            WORDS.description,
        ]
        inside = [attribute for node in drawn.iter() for attribute in node.attrib if node is not drawn]
        assert not [attribute for attribute in inside if attribute.startswith(("aria", "role"))]

    def test_has_a_size_by_its_view_box_only_and_no_style_of_its_own(self, name: str) -> None:
        drawn = ElementTree.fromstring(EVERY[name])
        assert drawn.get("viewBox")
        assert drawn.get("width") is None
        assert not [
            node for node in drawn.iter() if node.get("style") or node.tag.endswith(("style", "script", "image"))
        ]

    def test_has_no_colour_that_a_dark_page_does_not_know(self, name: str) -> None:
        assert set(re.findall(r'(?:fill|stroke)="(#[^"]*)"', EVERY[name])) <= set(DARK)

    def test_as_an_image_is_the_same_with_dark_colours(self, name: str) -> None:
        shown = unquote(image(EVERY[name]).removeprefix("data:image/svg+xml,"))
        assert texts(shown) == texts(EVERY[name])
        assert "prefers-color-scheme:dark" in shown
        assert all(f'[fill="{light}"]{{fill:{dark}}}' in shown for light, dark in DARK.items())


class TestBars:
    def test_label_is_written_as_it_is(self) -> None:
        assert NASTY in texts(charts.bars(WORDS, [Bar(NASTY.replace('role="x" ', ""), 5, "5"), Bar(NASTY, 5, "5")]))

    def test_length_is_that_of_the_value(self) -> None:
        long, short = lengths(charts.bars(WORDS, [Bar("a", 40, "40"), Bar("b", 10, "10")]))
        assert long / short == pytest.approx(4, abs=0.01)

    def test_hidden_value_is_a_hatched_stub_whatever_the_others_are(self) -> None:
        few = charts.bars(WORDS, [Bar("a", None, "<5"), Bar("b", 5, "5")])
        many = charts.bars(WORDS, [Bar("a", None, "<5"), Bar("b", 5000, "5.000")])
        for drawing in (few, many):
            (stub,) = re.findall(r'<path d="(M0,[^"]*)" fill="url\(#proef-dun\)"', drawing)
            assert "h12v18" in stub
            assert "<5" in texts(drawing)

    @pytest.mark.parametrize("shown", ["5", "14.432", "1.234.567", "minstens 8.570"])
    def test_there_is_room_for_the_number_at_the_longest_bar(self, shown: str) -> None:
        drawing = charts.bars(WORDS, [Bar("a", 10, shown)])
        width = float(re.findall(r'viewBox="0 0 ([\d.]+)', drawing)[0])
        (start,) = re.findall(rf"translate\(([\d.]+),[\d.]+\)[^>]*>{re.escape(shown)}<", drawing)
        assert width - float(start) >= BOLD_DIGIT * len(shown)

    def test_only_hidden_values(self) -> None:
        assert texts(charts.bars(WORDS, [Bar("a", None, "<5")])) == ["a", "<5"]

    def test_number_of_thousands_keeps_its_digits(self) -> None:
        assert "12.345" in texts(charts.bars(WORDS, [Bar("a", 12345, "12.345")]))

    def test_order_is_that_of_the_rows(self) -> None:
        drawn = texts(charts.bars(WORDS, [Bar("z", 5, "5"), Bar("a", 90, "90"), Bar("m", 20, "20")]))
        assert [text for text in drawn if text.isalpha()] == ["z", "a", "m"]


class TestPairs:
    def test_each_share_is_written_beside_its_bar(self) -> None:
        assert texts(EVERY["pairs"])[2:] == ["12% bereik", "niet te zien bereik", "9% bedrijven", "<1% bedrijven"]

    def test_second_is_told_from_the_first_by_a_pattern(self) -> None:
        assert len(re.findall(r'fill="url\(#proef-schuin\)"', EVERY["pairs"])) == 2


class TestPace:
    def test_hidden_month_has_no_point(self) -> None:
        assert len(re.findall("<path[^>]*A", EVERY["pace"])) == 1

    def test_goal_is_written(self) -> None:
        assert "doel 250" in texts(EVERY["pace"])

    def test_more_than_the_goal_stays_inside(self) -> None:
        drawing = charts.pace(WORDS, 250, [Point("jan", 9000, 20, "9.000"), Point("feb", 12000, 40, "12.000")])
        height = float(re.findall(r'viewBox="0 0 [\d.]+ ([\d.]+)"', drawing)[0])
        assert all(0 <= float(y) <= height for y in re.findall(r"<text[^>]*translate\([-\d.]+,([-\d.]+)\)", drawing))


class TestSquares:
    def test_every_square_has_its_word(self) -> None:
        assert sorted(texts(EVERY["squares"])) == sorted(
            ["Begin", "Al ver", "Veilig", "Klanten", "overal", "nergens", "deels", "overal"]
        )


def test_same_drawing_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [Bar("eenmaal", 15, "15")]
    first = charts.bars(WORDS, rows)
    monkeypatch.setattr(drawings, "vl_convert", None)
    assert charts.bars(WORDS, rows) == first


class TestTiles:
    def test_every_municipality_and_deelregio_has_one(self) -> None:
        known = load().municipalities
        layouts = tiles.load_layouts(Path(tiles.__file__).parent / "tiles.yaml", known)
        assert {place.code for place in layouts.gemeente} == {municipality.code for municipality in known.gemeenten}
        assert {place.code for place in layouts.deelregio} == set(known.deelregios)

    @pytest.mark.parametrize(
        ("line", "instead", "said"),
        [
            ("code: GM0355,", "code: GM9999,", "GM9999 bestaat niet"),
            ("kort: Zeist,", "kort: Zeist-Oost,", "past niet in een tegel"),
            ("kort: Zeist, kolom: 4, rij: 4", "kort: Zeist, kolom: 3, rij: 4", "ligt al een tegel"),
            ("  - {code: GM0355, kort: Zeist, kolom: 4, rij: 4}\n", "", "GM0355 heeft geen tegel"),
            ("kolom: 4, rij: 4", "kolom: vier, rij: 4", "Hier hoort een heel getal"),
        ],
    )
    def test_fault_names_file_and_line(self, tmp_path: Path, line: str, instead: str, said: str) -> None:
        text = (Path(tiles.__file__).parent / "tiles.yaml").read_text()
        assert line in text
        path = tmp_path / "tiles.yaml"
        path.write_text(text.replace(line, instead))
        with pytest.raises(KnowledgeError, match=r"tiles\.yaml, regel \d+") as caught:
            tiles.load_layouts(path, load().municipalities)
        assert said in str(caught.value)
