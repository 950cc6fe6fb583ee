"""The texts of domain.yml: a mistake in them is told with file, line and remedy before anybody reads it."""

from pathlib import Path

import pytest

from knowledge.check import DOMAIN, problems
from knowledge.loading import KnowledgeError
from knowledge.responses import NAMES, filled_in, load_responses


@pytest.fixture
def domain(tmp_path: Path) -> Path:
    copied = tmp_path / "domain.yml"
    copied.write_text(DOMAIN.read_text(encoding="utf-8"), encoding="utf-8")
    return copied


THANKS = f"- text: {load_responses(DOMAIN)['utter_bedankt']}"
MISTAKES = [
    ("Klopt dat?", "Klopt dat? {naam}", "{naam} wordt hier niet ingevuld."),
    ("Dus {zin}.", "Dus dat.", "In de tekst ontbreekt {zin}."),
    ("Dus {zin}.", "Dus {zin.", "Een accolade staat alleen"),
    (THANKS, '- text: " "', "Deze tekst is leeg."),
    (THANKS, "- tekst: Graag gedaan!", "Het veld 'tekst' hoort hier niet."),
    (THANKS, f"{THANKS}\n    - text: Fijn!", "Bij 'utter_bedankt' horen geen 2 teksten."),
    ("utter_bedankt:", "utter_dank:", "De tekst 'utter_dank' bestaat niet"),
    ("utter_bedankt:", "utter_dank:", "De tekst 'utter_bedankt' ontbreekt."),
    (THANKS, "- text: Graag: gedaan!", "Dit is geen goede YAML"),
    ("responses:", "antwoorden:", "Het deel 'responses' ontbreekt."),
]


@pytest.mark.parametrize(("old", "new", "told"), MISTAKES, ids=[mistake[2] for mistake in MISTAKES])
def test_mistake_is_told_with_file_line_and_remedy(domain: Path, old: str, new: str, told: str) -> None:
    text = domain.read_text(encoding="utf-8")
    assert old in text
    domain.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        load_responses(domain)
    found = [problem for problem in raised.value.problems if problem.what.startswith(told)]
    assert [problem.file for problem in found] == ["domain.yml"]
    assert found[0].remedy
    if "'responses'" not in told and "'utter_bedankt' ontbreekt" not in told:
        assert abs(found[0].line - (text[: text.index(old)].count("\n") + 1)) <= 1


def test_check_of_all_data_tells_them_too(domain: Path) -> None:
    domain.write_text(domain.read_text(encoding="utf-8").replace("Dus {zin}.", "Dus dat.", 1), encoding="utf-8")
    (problem,) = problems(domain=domain)
    assert str(problem).startswith("domain.yml, regel ")
    assert str(problem).endswith(": In de tekst ontbreekt {zin}. Oplossing: Zet het terug, met de accolades.")


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"domain\.yml, regel 1: Het bestand is er niet"):
        load_responses(tmp_path / "domain.yml")


def test_every_text_is_there() -> None:
    assert set(load_responses(DOMAIN)) == NAMES


def test_variables_are_filled_in_and_others_stay() -> None:
    assert filled_in("Dus {zin}. {iets}", {"zin": "je werkt alleen"}) == "Dus je werkt alleen. {iets}"
