"""The changes that docs/handboek/inhoud.md tells people to make, made in a copy of the files."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from knowledge.base import load
from knowledge.check import DOMAIN
from knowledge.languages import DUTCH
from knowledge.responses import load_responses
from tests.docs.documents import ROOT

NEW_INITIATIVE = "knowledge/initiatives/proefhulp-zeist.yaml"
NEW_SITE = "knowledge/sites/zeist.yaml"
NEW_LANGUAGE = "knowledge/languages/de.yaml"


def copy(folder: Path) -> Path:
    """Everything that git has, where somebody can change it."""
    names = subprocess.run(("git", "ls-files"), cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(lambda name: (ROOT / name).is_file(), names.splitlines()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def new_initiative(folder: Path) -> None:
    """Copy the file of an initiative and fill it in."""
    _copied(
        folder,
        "knowledge/initiatives/spot035.yaml",
        NEW_INITIATIVE,
        {
            "id: spot035": "id: proefhulp-zeist",
            "naam: SPOT035": "naam: Proefhulp Zeist",
            "[SPOT 035]": "[Proefhulp]",
            'gezien: "2022-11"': 'gezien: "2026-11"',
            "regio: [gooi]": "regio: [GM0355]",
            "  - seed": "  - https://www.zeist.nl",
        },
    )


def new_site(folder: Path) -> None:
    """Copy the file of a site and fill it in."""
    renamed = {"veenendaal": "zeist", "Veenendaal": "Zeist", "GM0345": "GM0355"}
    _copied(folder, "knowledge/sites/veenendaal.yaml", NEW_SITE, renamed)


def new_language(folder: Path) -> None:
    """Copy the English and translate it, as far as a test has to."""
    _copied(folder, "knowledge/languages/en.yaml", NEW_LANGUAGE, {"naam: English": "naam: Deutsch"})


def reworded(folder: Path) -> None:
    """Other words for a question, a button, what an initiative costs, how to reach a site, an answer and a page."""
    now = load()
    first = now.intake.vragen[0]
    cost = next(one.kosten for one in now.catalogue if one.id == "cyberchef-amersfoort")
    intake = folder / "knowledge/intake.yaml"
    change(intake, f" vraag: {first.vraag}", " vraag: Met hoeveel mensen werk je? Tel jezelf ook mee.")
    change(intake, f"titel: {first.opties[0].titel},", "titel: Ik alleen,")
    change(folder / "knowledge/initiatives/cyberchef-amersfoort.yaml", f"{cost}", "Het kost niets.")
    site = folder / "knowledge/sites/utrecht.yaml"
    change(site, "contact:\n", 'contact:\n  telefoon: "14 030"\n')
    change(site, " telefoon,", "")
    thanks = load_responses(DOMAIN)["utter_bedankt"]
    change(folder / "domain.yml", f"- text: {thanks}", "- text: Met plezier gedaan!")
    unknown = now.languages[DUTCH]["initiatieven"]["nietBekend"]
    change(folder / "knowledge/languages/nl.yaml", f" nietBekend: {unknown}", " nietBekend: We zoeken dit nog uit.")


CHANGES: tuple[Callable[[Path], None], ...] = (new_initiative, new_site, reworded, new_language)


def change(path: Path, old: str, new: str) -> None:
    """Put other words in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text, (path.name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _copied(folder: Path, file: str, to: str, filled_in: dict[str, str]) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    for old, new in filled_in.items():
        assert old in text, (file, old)
        text = text.replace(old, new)
    (folder / to).write_text(text, encoding="utf-8")
