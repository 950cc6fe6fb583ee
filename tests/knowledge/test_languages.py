"""The languages of the interface: the same in each but for the words, and one file to add."""

import re
from pathlib import Path

import pytest

from knowledge.base import Knowledge
from knowledge.languages import DUTCH, FOLDER, TRANSLATED, Languages, load_languages
from knowledge.loading import KnowledgeError
from knowledge.placeholders import FILLED_IN

# The folders of api/ whose pages fill in what stands between braces.
READERS = (
    *("page", "intakes", "widget", "contact", "leads", "initiatives"),
    *("events", "figures", "accountability", "handbook"),
)
NL = """\
script:
  knop: Begin
widget:
  kop: Hulp
  vraag: "Vraag {nummer} van {totaal}."
paginas:
  naam: Nederlands
uitslag:
  van: Jouw uitslag van {dag}
"""
EN = """\
script:
  knop: Begin
widget:
  kop: Help
  vraag: "Question {nummer} of {totaal}."
paginas:
  naam: English
"""


def load(folder: Path, en: str = EN, nl: str = NL, code: str = "en") -> Languages:
    (folder / "nl.yaml").write_text(nl, encoding="utf-8")
    (folder / f"{code}.yaml").write_text(en, encoding="utf-8")
    return load_languages(folder)


def test_a_language_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "ar.yaml").write_text(EN.replace("English", "العربية"), encoding="utf-8")

    languages = load(tmp_path)

    assert list(languages) == ["nl", "ar", "en"]  # Dutch first
    assert languages["ar"]["paginas"]["naam"] == "العربية"


def test_words_of_a_site_come_first_in_their_own_language_only(tmp_path: Path) -> None:
    languages = load(tmp_path)
    own = {"nl": {"kop": "Hulp in Proef"}}
    assert languages.widget("nl", own) == {"kop": "Hulp in Proef", "vraag": "Vraag {nummer} van {totaal}."}
    assert languages.widget("en", own) == {"kop": "Help", "vraag": "Question {nummer} of {totaal}."}


def test_languages_of_this_installation_say_the_same_things(knowledge: Knowledge) -> None:
    dutch = knowledge.languages[DUTCH]
    for code, parts in knowledge.languages.items():
        translated = {part: words.keys() for part, words in parts.items() if part in TRANSLATED}
        assert translated == {part: dutch[part].keys() for part in TRANSLATED}, code
    files = {path.stem for path in FOLDER.glob("*.yaml")}
    assert list(knowledge.languages) == [DUTCH, *sorted(files - {DUTCH})]  # Dutch first
    assert "en" in files


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "remedy"),
    [
        ("  kop: Help\n", "", 4, "Bij widget ontbreekt 'kop'.", "begint met 'kop:'"),
        ("  kop: Help\n", "  kop: Help\n  close: Close\n", 5, "De tekst 'close' staat niet in nl.yaml.", "gespeld"),
        ("script:\n  knop: Begin\n", "", 1, "Het deel 'script' ontbreekt.", "begint met 'script:'"),
        ("English\n", "English\nuitslag:\n  van: Result\n", 9, "Het deel 'uitslag' hoort hier niet.", "nl.yaml"),
        ("of {totaal}", "now", 5, "Tussen accolades staat iets anders", "{nummer}, {totaal}"),
        (
            "{nummer} of {totaal}",
            "{totaal} for {nummer}",
            5,
            "Tussen accolades staat iets anders",
            "{nummer}, {totaal}",
        ),
        ("kop: Help", "kop: Help {naam}", 4, "Tussen accolades staat iets anders", "volgorde: niets"),
        ("{nummer} of", "{nummer of", 5, "Een accolade staat alleen.", "zoals {naam}"),
        ("kop: Help", "kop: ''", 4, "Deze tekst is leeg.", "Vul hem in."),
        ("kop: Help", "kop: 12", 4, "Hier hoort een tekst, er staat een heel getal.", "Zet de waarde tussen"),
    ],
)
def test_fault_is_told_with_line_and_remedy(
    tmp_path: Path, *, old: str, new: str, line: int, what: str, remedy: str
) -> None:
    assert old in EN
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path, EN.replace(old, new, 1))
    problem = caught.value.problems[0]
    assert problem.file.endswith("en.yaml")
    assert problem.what.startswith(what)
    assert remedy in problem.remedy
    assert problem.line == line


def test_a_name_that_the_code_does_not_fill_in_is_told_of_the_file_that_has_it(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path, nl=NL.replace("{nummer}", "{nr}"))
    (problem,) = caught.value.problems
    assert problem.file.endswith("nl.yaml")
    assert problem.line == 5
    assert problem.remedy == "Tussen accolades hoort hier, op volgorde: {nummer}, {totaal}."


def test_every_name_stands_at_a_text_that_is_there(knowledge: Knowledge) -> None:
    for part, keys in FILLED_IN.items():
        assert keys.keys() <= knowledge.languages[DUTCH][part].keys()


def test_what_templates_and_pages_fill_in_is_what_is_listed() -> None:
    listed = {(key, frozenset(names)) for keys in FILLED_IN.values() for key, names in keys.items()}
    calls = re.compile(r"""(?:\b\w+\.|\[")(\w+)(?:"\])?(?:\.format\(| \| fill\()((?:[^()]|\([^()]*\))*)\)""")
    found = {
        (key, frozenset(re.findall(r"(\w+)=(?!=)", re.sub(r"'[^']*'|\([^()]*\)", "", values))))
        for folder in READERS
        for path in Path("api", folder).rglob("*.*")
        if path.suffix in (".html", ".py")
        for key, values in calls.findall(path.read_text(encoding="utf-8"))
    }
    known = {key for key, _ in listed}
    filled = {(key, names) for key, names in found if key in known}
    assert len(filled) > 20
    assert filled - listed == set()


def test_dutch_without_one_of_its_parts(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="Het deel 'paginas' ontbreekt"):
        load(tmp_path, nl=NL.replace("paginas:\n  naam: Nederlands\n", ""))


def test_file_that_is_not_named_by_a_language(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="'Engels' is geen code van een taal"):
        load(tmp_path, code="Engels")
