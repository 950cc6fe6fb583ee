"""`make check-knowledge`: each kind of mistake in a data file is told with file, line and remedy."""

import shutil
from pathlib import Path

import pytest

from knowledge import check
from knowledge.base import FOLDER, load
from knowledge.check import problems
from knowledge.loading import KnowledgeError, Problem
from tests.knowledge.sentences import read

FEW_ACTIVITIES = """\
activiteiten:
  - {naam: kapper, zin: je bent kapper, sbi2025: T, sbi2008: S, ook: [kapsalon]}
  - {naam: loodgieter, zin: je bent loodgieter, sbi2025: F, sbi2008: F}
twijfel:
  - naam: bakker
    vraag: Bak je zelf?
    opties: [{titel: Ja, sbi2025: C, sbi2008: C}, {titel: Nee, sbi2025: G, sbi2008: G}]
"""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """All data but for a short list of activities, which makes the reading fast."""
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "activities.yaml"))
    (folder / "activities.yaml").write_text(FEW_ACTIVITIES, encoding="utf-8")
    return folder


def change(path: Path, old: str, new: str) -> str:
    """Put a mistake in a file; gives the text with the mistake in it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    path.write_text(changed, encoding="utf-8")
    return changed


def line_of(text: str, marker: str) -> int:
    return text[: text.index(marker)].count("\n") + 1


def test_the_data_are_in_order():
    assert problems() == []


def test_a_copy_without_a_mistake_is_in_order(copied):
    assert problems(copied) == []


UTECH, NU = "initiatives/u-tech-community.yaml", "initiatives/nudigitaal.yaml"


@pytest.mark.parametrize("mistake", read("mistakes.yaml"), ids=lambda mistake: mistake["fout"])
def test_a_mistake_is_told_with_file_line_and_remedy(copied, mistake):
    file = mistake["bestand"]
    text = change(copied / file, mistake["stond"], mistake["staat"])
    found = [problem for problem in problems(copied) if problem.what.startswith(mistake["melding"])]
    assert [(problem.file.split("/")[-1], problem.line) for problem in found[:1]] == [
        (file.split("/")[-1], line_of(text, mistake["regel"]))
    ]
    assert found[0].remedy
    assert "regel" in str(found[0])


@pytest.mark.parametrize(
    "file",
    ["intake.yaml", "municipalities.yaml", "sectors.yaml", "activities.yaml", "texts.yaml", "cbs.yaml"],
)
def test_a_missing_file_is_told(copied, file):
    (copied / file).unlink()
    (problem,) = problems(copied)
    assert (problem.file, problem.line) == (f"knowledge/{file}", 1)
    assert "git checkout" in problem.remedy


@pytest.mark.parametrize("folder", ["initiatives", "sites"])
def test_an_empty_folder_is_told(copied, folder):
    shutil.rmtree(copied / folder)
    (problem,) = problems(copied)
    assert (problem.file, problem.remedy) == (f"{folder}/", "Zet de bestanden terug.")


@pytest.mark.parametrize("vangnet", ["kvk", "ncsc", "pvo-midden-nederland", "rom-utrecht-region"])
def test_a_vangnet_that_is_gone_is_told(copied, vangnet):
    (copied / "initiatives" / f"{vangnet}.yaml").unlink()
    (problem,) = problems(copied)
    assert problem.what == f"Het vangnet '{vangnet}' ontbreekt."
    assert problem.remedy == f"Zet initiatives/{vangnet}.yaml terug."


def test_a_site_that_the_pages_need_is_told(copied):
    (copied / "sites" / "demo.yaml").unlink()
    (problem,) = problems(copied)
    assert problem.what.startswith("De site 'demo' ontbreekt.")
    assert "sites/demo.yaml" in problem.remedy


def test_the_mistakes_of_every_file_are_told_at_once(copied):
    change(copied / UTECH, "status: actief", "status: weg")
    change(copied / NU, "verwijst: false", "verwijst: true")
    change(copied / "municipalities.yaml", "opvolger: GM0402", "opvolger: GM9999")
    change(copied / "cbs.yaml", "totaal: 9154", "totaal: 9155")
    files = {problem.file for problem in problems(copied)}
    assert files == {UTECH, NU, "knowledge/municipalities.yaml", "knowledge/cbs.yaml"}


def test_the_product_does_not_start_with_a_mistake(copied):
    change(copied / UTECH, "status: actief", "status: weg")
    with pytest.raises(KnowledgeError, match=r"u-tech-community\.yaml, regel 6: De waarde 'weg' bestaat niet"):
        load(copied)


def test_the_product_starts_with_two_initiatives_of_one_name(copied):
    change(copied / "initiatives/spot035.yaml", "naam: SPOT035", "naam: KVK")
    assert load(copied).initiative("spot035").naam == "KVK"
    (problem,) = problems(copied)
    assert problem.file == "initiatives/spot035.yaml"


def test_the_versions_name_the_contents(copied):
    before = load(copied)
    change(copied / UTECH, "naam: U-Tech Community", "naam: U-Tech")
    after = load(copied)
    assert before.catalogue_version != after.catalogue_version
    assert before.scoring_version == after.scoring_version
    change(copied / "intake.yaml", "gewicht: 2", "gewicht: 3")
    assert load(copied).scoring_version != before.scoring_version


def test_the_check_says_what_is_in_order(capsys):
    assert check.main() == 0
    files = {folder: len(list((FOLDER / folder).glob("*.yaml"))) for folder in ("initiatives", "sites")}
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"In orde: {files['initiatives']} initiatieven, 14 vragen, 32 gemeenten, ")
    assert f" {files['sites']} sites, " in first
    assert last.endswith("make taal.")


def test_the_check_says_what_is_wrong_and_fails(monkeypatch, capsys):
    monkeypatch.setattr(check, "problems", lambda: [Problem("intake.yaml", 3, "Dit klopt niet.", "Maak het goed.")])
    assert check.main() == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "intake.yaml, regel 3: Dit klopt niet. Oplossing: Maak het goed.",
        "1 fout(en) gevonden.",
    ]
    assert said.out == ""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("nietBekend: [kosten]", "nietBekend: []", "'kosten' ontbreekt en staat niet bij nietBekend."),
        ("nietBekend: [kosten]", "nietBekend: [kosten, url]", "Bij nietBekend staat 'url', maar dat is ingevuld."),
    ],
)
def test_what_is_not_known_is_listed_and_what_is_known_is_not(copied, old, new, told):
    change(copied / "initiatives/kvk.yaml", old, new)
    (problem,) = problems(copied)
    assert (problem.what, problem.file) == (told, "initiatives/kvk.yaml")
