"""The preview shows real conversations, and marks what an editor of the texts changed."""

import ast
import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from actions.preview.__main__ import PAGE, main
from actions.preview.firms import levels_by_stage
from actions.preview.parts import Part
from actions.preview.versions import BUILT_IN, TRAINED, current, needed
from api.tablet.script_words import PARTS
from knowledge.base import CATALOGUE_FOLDER, FOLDER, Knowledge, load
from knowledge.catalogue_folder import CHANGES_FILE
from knowledge.responses import load_responses
from tests.knowledge.test_check import FEW_ACTIVITIES

ROOT = FOLDER.parent
GIT = ("git", "-c", "user.name=Cor", "-c", "user.email=cor@gemeente.example")


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All texts of a few sites in a git folder of their own, committed."""
    folder = tmp_path_factory.mktemp("inhoud")
    left_out = ("*.py", "__pycache__", *(f"{site}.yaml" for site in ("amersfoort", "hilversum", "u10", "veenendaal")))
    shutil.copytree(FOLDER, folder / "knowledge", ignore=shutil.ignore_patterns(*left_out))
    (folder / "knowledge/activities.yaml").write_text(FEW_ACTIVITIES, encoding="utf-8")
    shutil.copy(ROOT / "domain.yml", folder)
    for command in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message", "Begin")):
        subprocess.run((*GIT, *command), cwd=folder, check=True)
    return folder


@pytest.fixture
def editor(committed: Path, tmp_path: Path) -> Path:
    """A copy of that folder in which somebody edits."""
    return Path(shutil.copytree(committed, tmp_path / "inhoud"))


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def written(folder: Path) -> str:
    return html.unescape((folder / PAGE).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shown(committed: Path) -> tuple[Part, ...]:
    return current(committed)


def test_every_site_and_stage_has_a_whole_conversation_with_a_result(
    shown: tuple[Part, ...], knowledge: Knowledge, committed: Path
) -> None:
    labels = {stage.id: stage.label for stage in knowledge.intake.scoring.fasen}
    for path in (committed / "knowledge/sites").glob("*.yaml"):
        site = knowledge.sites[path.stem]
        whole = [part for part in shown if part.group == f"Site: {site.naam}" and part.title.startswith("Heel gesprek")]
        assert len(whole) == len(labels)
        for part, label in zip(whole, labels.values(), strict=True):
            said = [bubble.text for bubble in part.bubbles]
            assert site.aanbieder in said[0]
            assert said[-1].startswith("Dank je wel, we zijn klaar")
            assert sum(label in text for text in said) == 2  # after nine questions, and after fourteen
            asked = {question.vraag for question in knowledge.intake.vragen}
            assert asked <= set(said)


def test_every_question_shows_its_help(shown: tuple[Part, ...], knowledge: Knowledge) -> None:
    questions = [part for part in shown if part.group == "Vragen"]
    for question, part in zip(knowledge.intake.vragen, questions, strict=True):
        said = " ".join(bubble.text for bubble in part.bubbles)
        assert all(text in said for text in (question.waarom, question.uitleg, question.nogeens))


def test_every_initiative_and_every_text_of_the_domain_is_there(shown: tuple[Part, ...], committed: Path) -> None:
    initiatives = [part for part in shown if part.group == "Initiatieven"]
    assert len(initiatives) == len(list((committed / "knowledge/initiatives").glob("*.yaml")))
    rest = next(part for part in shown if "domain.yml" in part.title)
    assert 0 < len(rest.bubbles) < 20  # those that need a sentence that is read in two ways


def test_stages_are_reached_also_after_a_change_of_weights(knowledge: Knowledge) -> None:
    assert list(levels_by_stage(knowledge.intake)) == ["adhoc", "engaged", "verder"]


def test_nothing_changed_and_the_page_says_so(editor: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], editor) == 0
    assert "0 bericht(en) zijn anders dan in git (HEAD)." in capsys.readouterr().out
    page = written(editor)
    assert "Alle teksten zijn hetzelfde als in git." in page
    assert page.count("<ins>") == page.count("<del>") == 1  # the legend


NOW = load()
FIRST = NOW.intake.vragen[0]
SPOT = next(one.naam for one in NOW.catalogue if one.id == "spot035")
KVK, DEMO = NOW.sites["kvk"], NOW.sites["demo"]
THANKS = load_responses(ROOT / "domain.yml")["utter_bedankt"]
# File, what stood there, what stands there now, where it is read, and what it needs to be read there.
CHANGES = [
    (
        "intake.yaml",
        f" vraag: {FIRST.vraag}",
        f" vraag: {FIRST.vraag} Bijna goed.",
        f"Site: {KVK.naam} – Heel gesprek",
        "stop en start, zonder trainen",
    ),
    (
        "intake.yaml",
        f" waarom: {FIRST.waarom}",
        f" waarom: Daarom. {FIRST.waarom}",
        f"Vragen – {FIRST.kort}",
        "zonder trainen",
    ),
    ("initiatives/spot035.yaml", f"naam: {SPOT}", "naam: Spot 35", "Initiatieven – Spot 35", "zonder trainen"),
    (
        "sites/kvk.yaml",
        f"aanbieder: {KVK.aanbieder}",
        f"aanbieder: {KVK.aanbieder} hier",
        f"Site: {KVK.naam} – Wie dit is",
        "binnen twee seconden",
    ),
    (
        "sites/demo.yaml",
        f"aanbieder: {DEMO.aanbieder}",
        f"teksten:\n  nl: {{kop: Hulp in de buurt}}\naanbieder: {DEMO.aanbieder}",
        f"Site: {DEMO.naam} – Eigen woorden van de widget",
        "binnen twee seconden",
    ),
    (
        "terms.yaml",
        "begrippen:",
        "begrippen:\n  - {naam: kei, uitleg: Een steen.}",
        "Onderweg – Woorden",
        "zonder trainen",
    ),
    ("../domain.yml", f"text: {THANKS}", f"text: {THANKS} Echt.", "Onderweg – Als iemand iets", "make start traint"),
]


def test_changes_are_marked_where_they_are_read_and_told_what_they_need(editor: Path) -> None:
    for file, old, new, _, _ in CHANGES:
        edit(editor, f"knowledge/{file}", old, new)
    assert main([], editor) == 0
    page = written(editor)
    told = re.findall(r"<li><a href=\"#deel-\d+\">(.*?)</a>", page)
    for file, _, _, where, need in CHANGES:
        assert any(part.startswith(where) for part in told), where
        name = f"knowledge/{file}".removeprefix("knowledge/../")
        assert re.search(rf"<code>{re.escape(name)}</code>: .*{need}", page), file
    assert re.search(r"<ins>[^<]*Echt\.</ins>", page)


def test_mistake_is_told_in_dutch_and_nothing_is_written(editor: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(editor, "knowledge/sites/kvk.yaml", "telt: true", "telt: misschien")
    edit(editor, "domain.yml", "Dus {zin}.", "Dus {zn}.")
    assert main([], editor) == 1
    told = capsys.readouterr().err
    assert re.search(r"domain\.yml, regel \d+: \{zn\} wordt hier niet ingevuld\. Oplossing: ", told)
    assert re.search(r"sites/kvk\.yaml, regel \d+: .*Oplossing: ", told)
    assert "2 fout(en) gevonden. Er is geen voorbeeld gemaakt." in told
    assert not (editor / PAGE).exists()


def test_earlier_version_can_be_named_and_one_that_is_not_there_is_told(
    editor: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(editor, "domain.yml", f"text: {THANKS}", f"text: {THANKS} Echt.")
    subprocess.run((*GIT, "commit", "--quiet", "--all", "--message", "Vriendelijker"), cwd=editor, check=True)
    main([], editor)
    assert "0 bericht(en)" in capsys.readouterr().out
    main(["--tegen", "HEAD~1"], editor)
    assert "1 bericht(en) zijn anders dan in git (HEAD~1)" in capsys.readouterr().out
    assert main(["--tegen", "nergens"], editor) == 0
    assert "die versie bestaat niet. Er is niet vergeleken." in capsys.readouterr().out


def test_version_that_this_program_cannot_read_is_told(editor: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = editor / "knowledge/terms.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text("begrippen: {}", encoding="utf-8")
    subprocess.run((*GIT, "commit", "--quiet", "--all", "--message", "Stuk"), cwd=editor, check=True)
    file.write_text(good, encoding="utf-8")
    assert main([], editor) == 0
    assert "passen niet meer bij dit programma" in capsys.readouterr().out
    assert "knowledge/terms.yaml" in written(editor)


def test_words_that_a_script_holds_need_that_script_built_again() -> None:
    assert needed("knowledge/languages/nl.yaml") == (
        "stop en start, zonder trainen; bij script eerst make widget, bij tablet en uitslag eerst make tablet"
    )
    assert needed("knowledge/languages/en.yaml") == "stop en start, zonder trainen; bij script eerst make widget"
    assert set(BUILT_IN["make tablet"]) == set(PARTS)


def test_what_an_owner_changed_is_told(editor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = tmp_path / "catalogue"
    changes.mkdir()
    told = "initiatieven:\n  kvk:\n    wijzigingen: {kosten: Tien euro}\n"
    (changes / CHANGES_FILE).write_text(told, encoding="utf-8")
    monkeypatch.setenv(CATALOGUE_FOLDER, str(changes))
    assert main([], editor) == 0
    assert "initiatives/kvk.yaml: kosten. Hier telt het portaal, en niet het bestand." in written(editor)


def test_files_that_need_training_are_those_that_the_model_is_made_of() -> None:
    tree = ast.parse((ROOT / "bot/train.py").read_text(encoding="utf-8"))
    sources = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "SOURCES"
    )
    texts = {file for file in sources if file == "domain.yml" or re.fullmatch(r"knowledge/\w+\.yaml", file)}
    assert texts == set(TRAINED)
