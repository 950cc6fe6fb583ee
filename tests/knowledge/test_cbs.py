"""The CBS figures of the seed, as the seed has them."""

from pathlib import Path

import pytest

from knowledge.base import FOLDER
from knowledge.cbs import load_cbs
from knowledge.loading import KnowledgeError, Problem

SIZES = ("2-9", "10-49", "50-249", "250+")


@pytest.fixture(scope="module")
def cbs():
    return load_cbs(FOLDER / "cbs.yaml")


@pytest.mark.parametrize(
    ("name", "section", "counts", "total"),
    [
        ("Handel", "G", (7434, 1474, 227, 19), 9154),
        ("Specialistische zakelijke dienstverlening", "M", (3340, 837, 140, 23), 4340),
        ("Gezondheids- en welzijnszorg", "Q", (2767, 1187, 172, 38), 4164),
        ("Horeca", "I", (2297, 367, 36, 0), 2700),
        ("Bouw", "F", (1468, 445, 94, 13), 2020),
    ],
)
def test_a_sector_has_the_figures_of_the_seed(cbs, name, section, counts, total):
    (sector,) = [sector for sector in cbs["sectoren"] if sector["naam"] == name]
    assert sector["sbi2008"] == section
    assert sector["vestigingen"] == dict(zip(SIZES, counts, strict=True))
    assert sector["totaal"] == total


def test_all_sectors_together_have_the_figures_of_the_seed(cbs):
    assert cbs["alleSectoren"]["vestigingen"] == dict(zip(SIZES, (26865, 6895, 1400, 247), strict=True))
    assert cbs["alleSectoren"]["totaal"] == 35407


def test_the_target_group_is_forty_percent_of_micro_and_small(cbs):
    target = cbs["doelgroep"]
    assert (target["aandeel"], target["grootteklassen"]) == (0.40, ["2-9", "10-49"])
    assert (target["basis"], target["berekend"], target["afgerond"]) == (33760, 13504, 13500)


def test_the_reach_is_that_of_the_seed(cbs):
    assert (cbs["bereik"]["gehaald"]["jaar"], cbs["bereik"]["gehaald"]["aantal"]) == (2022, 150)
    assert (cbs["bereik"]["doel"]["aantal"], cbs["bereik"]["later"]["aantal"]) == (250, 1000)


def test_the_figures_name_their_source_and_version(cbs):
    assert cbs["bron"]["tekst"].startswith("CBS, 2020")
    assert (cbs["bron"]["gebied"], cbs["bron"]["sbiVersie"]) == ("provincie Utrecht", "2008")


def test_the_sections_are_those_of_the_list_of_sectors(cbs, knowledge):
    pairs = {(sector.sbi2008, sector.sbi2025) for sector in knowledge.sectors.sections.seed.values()}
    assert {(sector["sbi2008"], sector["sbi2025"]) for sector in cbs["sectoren"]} == pairs


@pytest.fixture
def changed(tmp_path: Path):
    """The fault in a copy of the tables in which something was changed, and the line of that change."""

    def make(old: str, new: str) -> tuple[Problem, int]:
        text = (FOLDER / "cbs.yaml").read_text(encoding="utf-8")
        path = tmp_path / "cbs.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(KnowledgeError) as caught:
            load_cbs(path)
        return caught.value.problems[0], text[: text.index(old)].count("\n") + 1

    return make


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("totaal: 9154", "totaal: 9155", "De rij 'handel' telt niet op tot 9155."),
        ("totaal: 22378", "totaal: 22377", "'vijfSectoren' telt niet op."),
        ("totaal: 13029", "totaal: 13030", "'overigeSectoren' telt niet op."),
        ("totaal: 35407", "totaal: 35406", "'alleSectoren' telt niet op."),
    ],
)
def test_a_total_that_does_not_add_up_is_named_with_its_line(changed, old, new, what):
    problem, line = changed(old, new)
    assert (problem.what, problem.line) == (what, line)
    assert "bron" in problem.remedy


@pytest.mark.parametrize(("old", "new"), [("berekend: 13504", "berekend: 13505"), ("basis: 33760", "basis: 33761")])
def test_a_target_group_that_does_not_follow_from_the_table_is_named(changed, old, new):
    problem, _ = changed(old, new)
    assert problem.what == "De doelgroep volgt niet uit de tabel."
    assert problem.remedy


def test_a_column_that_does_not_add_up_is_named(changed):
    # The row still adds up: one establishment moved from the smallest to the next size.
    row = '"2-9": 7434, "10-49": 1474'
    problem, _ = changed(row, '"2-9": 7433, "10-49": 1475')
    assert problem.what == "De kolom telt niet op."
    assert problem.remedy


@pytest.mark.parametrize(("old", "new"), [("sectoren:\n", "branches:\n"), ('"2-9": 7434', '"2-9": veel')])
def test_a_table_that_is_not_complete_is_a_fault_with_a_remedy(changed, old, new):
    problem, _ = changed(old, new)
    assert problem.what.startswith("De tabel is niet compleet")
    assert problem.remedy == "Zet het bestand terug."
