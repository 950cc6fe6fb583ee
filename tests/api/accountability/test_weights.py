"""A change of the questions shows wherever they are accounted for, without anybody writing it down twice."""

import shutil
from dataclasses import replace

import pytest

from knowledge.base import FOLDER, Knowledge, load
from knowledge.maturity import assess
from tests.api.accountability.installation import plain, text, written

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


NOW = load()
ON_PAPER = NOW.intake.question("administratie").opties[0].titel
LAST_RESORT = next(one.naam for one in NOW.catalogue if one.id == "kvk")
CHANGES = {
    "intake.yaml": (
        ("id: administratie\n    deel: kern\n    gewicht: 2", "id: administratie\n    deel: kern\n    gewicht: 4"),
        ("van: 0, tot: 11", "van: 0, tot: 13"),
        ("van: 12, tot: 20", "van: 14, tot: 20"),
        (f"titel: {ON_PAPER}", "titel: In een schoenendoos"),
    ),
    "initiatives/kvk.yaml": (("naam: ", "naam: Nieuwe "),),
}


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The data with another weight, threshold, button and name, as somebody changes them in the files."""
    folder = tmp_path_factory.mktemp("other") / "knowledge"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for name, changes in CHANGES.items():
        content = (folder / name).read_text()
        for before, after in changes:
            assert before in content
            content = content.replace(before, after, 1)
        (folder / name).write_text(content)
    return load(folder)


def test_weight_shows_in_the_score(knowledge: Knowledge, other: Knowledge) -> None:
    assert (assess(knowledge.intake, ANSWERS).score, assess(other.intake, ANSWERS).score) == (17, 21)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("uitleg", "Administratie: gewicht 2", "Administratie: gewicht 4"),
        ("uitleg", "van de korte scan zijn samen 7", "van de korte scan zijn samen 9"),
        ("uitleg", "Samen 8 van 21", "Samen 10 van 27"),
        ("uitleg", "Je bent op weg 12 20", "Je bent op weg 14 20"),
        ("uitleg", f"{ON_PAPER}: 0 punten", "In een schoenendoos: 0 punten"),
        ("uitleg", f"Anders is het {LAST_RESORT}", f"Anders is het Nieuwe {LAST_RESORT}"),
        ("dpia", "Administratie kern 2", "Administratie kern 4"),
        ("dpia", "0 tot en met 11", "0 tot en met 13"),
        ("algoritmeregister", "Administratie (kern) 2,", "Administratie (kern) 4,"),
        ("algoritmeregister", "0 tot en met 11", "0 tot en met 13"),
    ],
)
def test_change_shows_in_a_document(
    knowledge: Knowledge, other: Knowledge, *, name: str, before: str, after: str
) -> None:
    assert before in text(written(knowledge), name)
    assert before not in text(written(other), name)
    assert after in text(written(other), name)


def test_change_shows_in_the_data_for_the_register(knowledge: Knowledge, other: Knowledge) -> None:
    assert "Administratie (kern) 2," in written(knowledge).algorithm["methods_and_models"]
    assert "Administratie (kern) 4," in written(other).algorithm["methods_and_models"]


def test_each_change_has_a_version_of_its_own(knowledge: Knowledge, other: Knowledge) -> None:
    assert knowledge.scoring_version != other.scoring_version
    for name in ("uitleg", "dpia", "algoritmeregister"):
        assert other.scoring_version in text(written(other), name)


def test_every_answer_of_every_scored_question_is_explained(knowledge: Knowledge) -> None:
    page = text(written(knowledge), "uitleg")
    for question in knowledge.intake.scored:
        assert f"{question.kort}: gewicht {question.gewicht}" in page
        for code, title in question.choices():
            assert plain(title) in page, code


def test_catalogue_that_changed_is_written_anew(knowledge: Knowledge) -> None:
    fewer = replace(knowledge.now(), editions=knowledge.editions.current())
    assert written(knowledge) is written(knowledge)
    assert written(fewer) is not written(knowledge)
