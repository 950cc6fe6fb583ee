"""Reading YAML: every fault names the file, the line and the remedy."""

from datetime import date
from pathlib import Path

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
        f"{problem.file}, regel 2: Hier hoort int, er staat str. "
        "Oplossing: Vergelijk met een ander bestand of onderdeel van dezelfde soort."
    )
    assert problem.file.endswith("/firms.yaml")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("mensen: 3\n", 1, "Het veld 'naam' ontbreekt."),
        ("naam: a\n\nkleur: rood\n", 1, "Het veld 'kleur' hoort hier niet."),
        ("naam: 3\n", 1, "Hier hoort str, er staat int."),
        ("naam: a\nmensen: '3'\n", 2, "Hier hoort int, er staat str."),
        ("naam: a\nplaatsen: Zeist\n", 2, "Hier hoort array, er staat str."),
        ("naam: a\nplaatsen:\n  - Zeist\n  - 12\n", 4, "Hier hoort str, er staat int."),
        ("naam: a\nsinds: 31-12-2026\n", 2, "Hier hoort een datum: jaar-maand-dag, bijvoorbeeld 2026-12-31."),
        ("- naam: a\n", 1, "Hier hoort object, er staat array."),
        ("", 1, "Hier hoort object, er staat null."),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_its_line(written, text, line, what):
    problem = fault(written(text))
    assert (problem.line, problem.what) == (line, what)
    assert problem.remedy


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("naam: a\nmensen: [1\n", 3, "did not find expected"),
        ("naam: a: b\n", 1, "mapping values are not allowed"),
        ("naam: a\n\tmensen: 1\n", 2, "tab character"),
        ("naam: a\nmensen: 1\nnaam: b\n", 3, "de sleutel 'naam' staat er twee keer"),
        ("naam: a\nsinds: 2026-02-30\n", 2, "'2026-02-30' bestaat niet als datum of getal"),
        ("naam: a\nsinds: 2026-13-01\n", 2, "'2026-13-01' bestaat niet als datum of getal"),
        ("naam: a\nsinds: {{sinds}}\n", 2, "hier hoort een woord en dan een dubbele punt"),
        ("naam: a\n---\nnaam: b\n", 2, "another document"),
        ("naam: \x00\n", 1, "control characters are not allowed"),
    ],
)
def test_a_file_that_is_not_yaml_says_where(written, text, line, what):
    problem = fault(written(text))
    assert problem.line == line
    assert problem.what.startswith("Dit is geen goede YAML")
    assert what in problem.what
    assert "inspringing" in problem.remedy


def test_a_missing_file_is_a_fault_with_a_remedy(tmp_path):
    problem = fault(tmp_path / "weg.yaml")
    assert (problem.line, problem.what) == (1, "Het bestand is niet te lezen (FileNotFoundError).")
    assert "git checkout" in problem.remedy


def test_a_file_that_is_no_text_is_a_fault_with_a_remedy(written):
    problem = fault(written(b"\xff\xfe\x00"))
    assert problem.what == "Het bestand is niet te lezen (UnicodeDecodeError)."


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
