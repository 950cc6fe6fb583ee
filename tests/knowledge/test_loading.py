"""Reading YAML: every fault names the file, the line and the remedy."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest

from knowledge.loading import KnowledgeError, Problem, convert, read


class Firm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    naam: str
    mensen: int = 1
    sinds: date | None = None
    plaatsen: tuple[str, ...] = ()


class Firms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bedrijven: tuple[Firm, ...]


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str | bytes) -> Path:
        path = tmp_path / "firms.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def fault(path: Path, into: type = Firm) -> Problem:
    """The one fault in a file."""
    with pytest.raises(KnowledgeError) as caught:
        convert(read(path), into)
    (problem,) = caught.value.problems
    return problem


def test_a_good_file_becomes_a_typed_value(written):
    path = written("naam: Jansen\nmensen: 3\nsinds: 2020-02-29\nplaatsen: [Zeist, Soest]\n")
    assert convert(read(path), Firm) == Firm("Jansen", 3, date(2020, 2, 29), ("Zeist", "Soest"))


def test_a_fault_says_file_line_and_remedy(written):
    problem = fault(written("naam: Jansen\nmensen: veel\n"))
    assert str(problem) == (
        f"{problem.file}, regel 2: Hier hoort een heel getal, er staat een tekst. "
        "Oplossing: Schrijf een getal in cijfers, zonder aanhalingstekens. "
        "Vergelijk met een ander bestand of onderdeel van dezelfde soort."
    )
    assert problem.file.endswith("/firms.yaml")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("mensen: 3\n", 1, "Het veld 'naam' ontbreekt."),
        ("naam: a\n\nkleur: rood\n", 3, "Het veld 'kleur' hoort hier niet."),
        ("naam: 3\n", 1, "Hier hoort een tekst, er staat een heel getal."),
        ("naam: a\nmensen: '3'\n", 2, "Hier hoort een heel getal, er staat een tekst."),
        ("naam: a\nplaatsen: Zeist\n", 2, "Hier hoort een lijst, er staat een tekst."),
        ("naam: a\nplaatsen:\n  - Zeist\n  - 12\n", 4, "Hier hoort een tekst, er staat een heel getal."),
        ("naam: a\nsinds: 31-12-2026\n", 2, "Hier hoort een datum: jaar-maand-dag, bijvoorbeeld 2026-12-31."),
        ("- naam: a\n", 1, "Hier hoort een deel met sleutels, er staat een lijst."),
        ("", 1, "Hier hoort een deel met sleutels, er staat niets."),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_its_line(written, text, line, what):
    problem = fault(written(text))
    assert (problem.line, problem.what) == (line, what)
    assert problem.remedy


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("naam: a\nmensen: [1\n", 2, "een lijst met [ is niet gesloten"),
        ("naam: a: b\n", 1, "hier staat een dubbele punt die er niet hoort"),
        ("naam: a\n\tmensen: 1\n", 2, "de regel springt in met een tab"),
        ("naam: a\nmensen: 1\nnaam: b\n", 3, "de sleutel 'naam' staat er twee keer"),
        ("naam: a\nsinds: 2026-02-30\n", 2, "'2026-02-30' bestaat niet als datum of getal"),
        ("naam: a\nsinds: 2026-13-01\n", 2, "'2026-13-01' bestaat niet als datum of getal"),
        ("naam: a\nsinds: {{sinds}}\n", 2, "hier hoort een woord en dan een dubbele punt"),
        ("naam: a\n---\nnaam: b\n", 2, "een regel met --- midden in het bestand"),
        ("naam: a\nmensen: \x00\n", 2, "er staat een teken dat je niet ziet"),
        ("naam: a\nplaatsen:\n  - Zeist\n mensen: 2\n", 4, "deze regel past niet bij de regels ervoor"),
        ("naam: 'a\nmensen: 2\n", 1, "een aanhalingsteken is niet gesloten"),
        ("naam: {a\nmensen: 2\n", 1, "een deel met { is niet gesloten"),
        ("naam: a\nplaatsen:\n\t- Zeist\n", 3, "de tekst begint met een tab"),
        ("naam: @a\n", 1, "een teken als @"),
        ("naam: a\nmensen\n", 2, "op deze regel ontbreekt een dubbele punt"),
        ("- a\nnaam: b\n", 2, "in deze lijst hoort hier een streepje"),
        ("naam: - a\n", 1, "een lijst met streepjes"),
        ("naam: *a\n", 1, "de tekst begint met een sterretje"),
        ("a: &b 1\nc: &b 2\n", 2, "de tekst begint met een &-teken"),
        ("naam: & a\n", 1, "een sterretje of een &-teken"),
        ('naam: "\\q"\n', 1, "achter een schuine streep"),
        ("naam: !a b\n", 1, "de tekst begint met een uitroepteken"),
        ("naam: > a\n", 1, "achter | of > staat tekst op dezelfde regel"),
        ("naam: ]\n", 1, "hier staat een ] of } te veel"),
        ("%a\nnaam: b\n", 1, "de computer kan deze regel niet lezen"),
    ],
)
def test_a_file_that_is_not_yaml_says_where(written, text, line, what):
    problem = fault(written(text))
    assert problem.line == line
    assert problem.what.startswith("Dit is geen goede YAML")
    assert what in problem.what
    assert not is_english(problem), problem


def is_english(problem: Problem) -> bool:
    """Whether a word of PyYAML or msgspec came through."""
    words = set(re.findall(r"[a-z]+", f"{problem.what} {problem.remedy}".lower()))
    return bool(words & {"not", "found", "expected", "character", "allowed", "invalid", "object", "str", "int", "null"})


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stand: Literal["aan", "uit"] = "aan"
    dagen: dict[str, tuple[Literal["ja", "nee"], ...]] = {}
    aantal: Annotated[int, msgspec.Meta(ge=1)] | None = None
    naam: str | None = None
    telt: bool = True


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        ("stand: half\n", 1, "De waarde 'half' bestaat niet.", "Kies uit: aan, uit."),
        ("dagen:\n  ma: [ja]\n  di: [ja, soms]\n", 3, "De waarde 'soms' bestaat niet.", "Kies uit: ja, nee."),
        ("aantal: 0\n", 1, "Hier hoort een heel getal van 1 of meer.", "Pas het getal aan."),
        ("naam: 3\n", 1, "Hier hoort een tekst, er staat een heel getal.", "Zet de waarde tussen aanhalingstekens."),
        ("naam: [a]\n", 1, "Hier hoort een tekst, er staat een lijst.", "Schrijf één tekst"),
        ("telt: ja\n", 1, "Hier hoort true of false, er staat een tekst.", "Schrijf true of false"),
        ("telt:\n", 1, "Hier hoort true of false, er staat niets.", "Vul het in."),
        ("\nkleur: rood\n", 2, "Het veld 'kleur' hoort hier niet.", "stand, dagen, aantal, naam, telt."),
    ],
)
def test_a_remedy_says_what_can_be_chosen(written, text, line, what, remedy):
    problem = fault(written(text), Settings)
    assert (problem.line, problem.what) == (line, what)
    assert remedy in problem.remedy
    assert not is_english(problem), problem


def test_a_missing_file_is_a_fault_with_a_remedy(tmp_path):
    problem = fault(tmp_path / "weg.yaml")
    assert (problem.line, problem.what) == (1, "Het bestand is er niet.")
    assert "git checkout" in problem.remedy


def test_a_file_that_is_no_text_is_a_fault_with_a_remedy(written):
    problem = fault(written(b"\xff\xfe\x00"))
    assert problem.what == "Het bestand is niet te lezen."
    assert "UTF-8" in problem.remedy


def test_the_line_is_that_of_the_value_inside_lists(written):
    text = "bedrijven:\n  - naam: a\n  - naam: b\n    mensen: 2\n  - naam: c\n    mensen: drie\n"
    assert fault(written(text), Firms).line == 6


def test_a_part_of_a_file_can_be_converted(written):
    document = read(written("bedrijven:\n  - naam: a\n  - naam: b\n    mensen: x\n"))
    assert convert(document, Firm, "bedrijven", 0) == Firm("a")
    with pytest.raises(KnowledgeError) as caught:
        convert(document, Firm, "bedrijven", 1)
    assert caught.value.problems[0].line == 4


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ((), 1),
        (("bedrijven",), 2),
        (("bedrijven", 1), 3),
        (("bedrijven", 1, "mensen"), 4),
        (("bedrijven", 1, "kleur"), 3),
        (("bedrijven", 9), 2),
        (("bedrijven", 0, "naam", "x"), 2),
    ],
)
def test_a_document_knows_the_line_of_a_value_or_of_the_nearest_above_it(written, steps, line):
    assert read(written("bedrijven:\n  - naam: a\n  - naam: b\n    mensen: 2\n")).line(*steps) == line


def test_all_faults_are_told_in_the_order_of_file_and_line():
    later, earlier = Problem("b.yaml", 1, "Fout.", "Herstel."), Problem("a.yaml", 10, "Fout.", "Herstel.")
    error = KnowledgeError([later, earlier, Problem("a.yaml", 9, "Fout.", "Herstel.")])
    assert [str(problem).split(":")[0] for problem in error.problems] == [
        "a.yaml, regel 9",
        "a.yaml, regel 10",
        "b.yaml, regel 1",
    ]
    assert str(error).count("\n") == 2
