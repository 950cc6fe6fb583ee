"""A change of the questions shows wherever they are accounted for, without anybody writing it down twice."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.base import FOLDER, Knowledge, load
from knowledge.maturity import assess
from tests.api.accountability.installation import plain, texts, written

# Answers of a core scan: the bookkeeping in a program, and little else.
ANSWERS = {
    "personen": "2-9",
    "bedrijf": "G/G",
    "gemeente": "GM0344",
    "hulpvraag": "klanten",
    "administratie": "3",
    "vindbaar": "0",
    "gegevens": "1",
    "backup_updates": "1",
    "inloggen": "1",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data that may be changed."""
    return Path(shutil.copytree(FOLDER, tmp_path / "knowledge", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def change(folder: Path, before: str, after: str) -> Knowledge:
    path = folder / "intake.yaml"
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))
    return load(folder)


def test_weight_shows_in_score_explanation_dpia_and_algorithm_register(folder: Path, knowledge: Knowledge) -> None:
    heavier = change(
        folder, "id: administratie\n    deel: kern\n    gewicht: 2", "id: administratie\n    deel: kern\n    gewicht: 4"
    )
    assert assess(knowledge.intake, ANSWERS).score == 17
    assert assess(heavier.intake, ANSWERS).score == 21
    before, after = texts(written(knowledge)), texts(written(heavier))
    assert "Administratie: gewicht 2" in before["uitleg"]
    assert "Administratie: gewicht 4" in after["uitleg"]
    assert "van de korte scan zijn samen 9" in after["uitleg"]
    assert "Administratie kern 2" in before["dpia"]
    assert "Administratie kern 4" in after["dpia"]
    assert "Administratie (kern) 2," in before["algoritmeregister"]
    assert "Administratie (kern) 4," in after["algoritmeregister"]
    assert "Administratie (kern) 4," in written(heavier).algorithm["methods_and_models"]


def test_worked_example_is_worked_out_anew(folder: Path, knowledge: Knowledge) -> None:
    heavier = change(
        folder, "id: administratie\n    deel: kern\n    gewicht: 2", "id: administratie\n    deel: kern\n    gewicht: 4"
    )
    assert "Samen 8 van 21" in texts(written(knowledge))["uitleg"]
    assert "Samen 10 van 27" in texts(written(heavier))["uitleg"]


def test_threshold_shows_everywhere(folder: Path, knowledge: Knowledge) -> None:
    path = folder / "intake.yaml"
    path.write_text(
        path.read_text().replace("van: 0, tot: 11", "van: 0, tot: 13").replace("van: 12, tot: 20", "van: 14, tot: 20")
    )
    higher = load(folder)
    after = texts(written(higher))
    assert "0 tot en met 13" in after["dpia"]
    assert "0 tot en met 13" in after["algoritmeregister"]
    assert "Je bent op weg 14 20" in after["uitleg"]
    assert "0 tot en met 11" in texts(written(knowledge))["dpia"]


def test_question_and_answer_show_as_they_are_asked(folder: Path) -> None:
    other = change(folder, "titel: Op papier of in een schrift", "titel: In een schoenendoos")
    assert "In een schoenendoos: 0 punten" in texts(written(other))["uitleg"]


def test_each_change_has_a_version_of_its_own(folder: Path, knowledge: Knowledge) -> None:
    other = change(folder, "titel: Op papier of in een schrift", "titel: In een schoenendoos")
    assert knowledge.scoring_version != other.scoring_version
    for name in ("uitleg", "dpia", "algoritmeregister"):
        assert other.scoring_version in texts(written(other))[name]


def test_name_of_a_fallback_follows_the_catalogue(folder: Path) -> None:
    path = folder / "initiatives/kvk.yaml"
    path.write_text(path.read_text().replace("naam: ", "naam: Nieuwe ", 1))
    assert "Anders is het Nieuwe " in texts(written(load(folder)))["uitleg"]


def test_every_answer_of_every_scored_question_is_explained(knowledge: Knowledge) -> None:
    page = texts(written(knowledge))["uitleg"]
    for question in knowledge.intake.scored:
        assert f"{question.kort}: gewicht {question.gewicht}" in page
        for code, title in question.choices():
            assert plain(title) in page, code


def test_catalogue_that_changed_is_written_anew(knowledge: Knowledge) -> None:
    fewer = replace(knowledge.now(), editions=knowledge.editions.current())
    assert written(knowledge) is written(knowledge)
    assert written(fewer) is not written(knowledge)
