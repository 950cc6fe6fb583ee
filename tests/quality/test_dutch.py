"""The Dutch that people see is spelled right and plain."""

import os
import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from knowledge.base import FOLDER
from knowledge.check import DOMAIN
from knowledge.intake import load_intake
from knowledge.responses import load_responses
from tests.quality.dutch_faults import faults
from tests.quality.dutch_reading import Limits, explained, is_hard, is_rare, read, report
from tests.quality.dutch_spelling import DICTIONARY, own_words, right, unknown
from tests.quality.dutch_texts import Sentence, audience, is_dutch, sentences, settings, texts_of


@pytest.fixture(scope="module")
def found() -> list[Sentence]:
    return sentences()


@pytest.fixture(scope="module")
def spelling() -> None:
    """The dictionary of OpenTaal, from npm."""
    if not DICTIONARY.with_suffix(".dic").exists():
        npm = shutil.which("npm")
        if npm is None:
            give_up = pytest.fail if os.environ.get("CI") else pytest.skip
            give_up("npm is missing: apt-get install npm")
        subprocess.run([npm, "ci", "--silent", "--prefix", DICTIONARY.parents[2]], check=True)


def first_sentence(text: str) -> str:
    """The first sentence of a text that somebody may reword."""
    return re.split(r"(?<=[.!?]) ", text)[0]


def said(text: str, file: str = "domain.yml") -> Sentence:
    return Sentence(file, audience(file), text)


@pytest.mark.usefixtures("spelling")
def test_every_word_is_in_a_dictionary_or_in_the_own_list(found: list[Sentence]) -> None:
    assert unknown(found) == {}


@pytest.mark.usefixtures("spelling")
def test_own_list_holds_only_words_that_are_used(found: list[Sentence]) -> None:
    used = {form for sentence in found for word in sentence.words for form in (word, word[:1].lower() + word[1:])}
    assert [word for word in own_words() if word not in used or right(word)] == []


@pytest.mark.usefixtures("spelling")
@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        ("ondernemer", True),
        ("Ondernemersontbijt", True),
        ("zzp’er", True),
        ("Veenendaal", True),
        ("geregistreert", False),
        ("wachtwoordt", False),
        ("adminstratie", False),
    ],
)
def test_spelling(word: str, verdict: bool) -> None:
    assert right(word) is verdict


@pytest.mark.parametrize("who", [each["for"] for each in settings()["audiences"]])
def test_texts_are_as_plain_as_their_readers_need(found: list[Sentence], who: str) -> None:
    reading, limits = read(found, who), Limits.of(who)
    assert reading.sentences > 100
    assert not reading.longest, report(reading)
    assert reading.mean <= limits.mean, report(reading)
    assert reading.hard <= limits.hard, report(reading)


def test_words_that_may_be_hard_are_used_and_would_be_hard(found: list[Sentence]) -> None:
    used = {word.lower().replace("’", "'") for sentence in found for word in sentence.words}
    assert explained() - used == set()
    assert {word for word in explained() if not is_rare(word)} == set()


def test_sentences_that_may_be_long_are_there_and_are_long(found: list[Sentence]) -> None:
    for each in settings()["long_sentences"]:
        lengths = [len(s.words) for s in found if s.file == each["file"] and s.text.startswith(each["begins"])]
        assert lengths
        assert max(lengths) > Limits.of(audience(each["file"])).words


@pytest.mark.parametrize(
    ("word", "hard"),
    [
        ("bedrijf", False),
        ("netwerkbijeenkomst", False),
        ("invult", False),
        ("implementatietraject", True),
    ],
)
def test_hard_words(word: str, hard: bool) -> None:
    assert is_hard(word) is hard


def test_long_sentence_and_hard_word_are_reported() -> None:
    long = "Wij " + "gaan " * 20 + "weg."
    reading = read([said(long), said("Het subsidiariteitsbeginsel geldt.")], "entrepreneurs")
    assert [each.text for each in reading.longest] == [long]
    assert set(reading.hard_words) == {"subsidiariteitsbeginsel"}
    assert "te lang, 22 woorden: domain.yml" in report(reading)


def test_texts_are_found_where_people_see_them(found: list[Sentence]) -> None:
    expected = {
        "knowledge/intake.yaml": first_sentence(load_intake(FOLDER / "intake.yaml").vragen[0].vraag),
        "domain.yml": first_sentence(load_responses(DOMAIN)["utter_bedankt"]),
        "api/portal/templates/inloggen.html": "Je krijgt een mail met een link waarmee je inlogt.",
        "api/events/print_templates/poster.typ": "hoe digitaal je bedrijf werkt",
        "analytics/rounding_secret.py": "Zet het bestand terug uit de kopie.",
    }
    for file, text in expected.items():
        assert any(each.file == file and each.text == text for each in found), (file, text)


def test_of_the_languages_only_dutch_is_read(found: list[Sentence]) -> None:
    assert {each.file for each in found if each.file.startswith("knowledge/languages/")} == {
        "knowledge/languages/nl.yaml"
    }
    skipped = settings()["no_texts"]
    for code, read_as_dutch in {"nl": True, "en": False, "de": False, "no": False, "pl": False}.items():
        assert any(fnmatch(f"knowledge/languages/{code}.yaml", each) for each in skipped) is not read_as_dutch, code


def test_code_and_english_are_no_dutch() -> None:
    assert not is_dutch("The gateway answers with the turn that belongs to this conversation")
    assert not is_dutch(r"(?:ik|we) (?:heb|hebben) (?:geen|niet)\b")
    assert is_dutch("Geef een getal van 1 tot en met 9.")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("knowledge/languages/nl.yaml", "Je praat met een computerprogramma, niet met een mens."),  # of the start page
        ("knowledge/languages/nl.yaml", "Je kunt ook terecht bij"),
        ("knowledge/languages/nl.yaml", "Menu"),
        ("knowledge/intake.yaml", "Administratie"),
    ],
)
def test_no_text_is_passed_over(found: list[Sentence], file: str, text: str) -> None:
    assert any(each.file == file and each.text == text for each in found)


@pytest.mark.usefixtures("spelling")
def test_one_misspelt_word_is_found(tmp_path: Path) -> None:
    path = tmp_path / "intake.yaml"
    path.write_text("kort: Adminstratie\nbron: Adminstration\n", encoding="utf-8")
    assert list(texts_of(path)) == ["Adminstratie", "Adminstration"]
    assert set(unknown([said("Adminstratie")])) == {"Adminstratie"}


@pytest.mark.parametrize(
    "file",
    [
        "api/outbox/templates/mail/bevestigen.html",
        "api/outbox/templates/mail/ervaring.html",
        "api/leads/consent.py",
        "api/events/print_templates/poster.typ",
    ],
)
def test_what_entrepreneurs_get_is_judged_as_theirs(file: str) -> None:
    assert audience(file) == "entrepreneurs"


def test_parts_of_a_file_have_readers_of_their_own(found: list[Sentence]) -> None:
    readers = {
        path: dict.fromkeys(parts, each["for"])
        for each in settings()["audiences"]
        for path, parts in each.get("parts", {}).items()
    }
    for file, named in readers.items():
        here = [each for each in found if each.file == file]
        for part, words in yaml.safe_load(Path(file).read_text(encoding="utf-8")).items():
            reader = named.pop(part, audience(file))
            assert reader in {each.audience for each in here if each.text in words.values()}, part
        assert not named, "these are no parts of it"


@pytest.mark.usefixtures("spelling")
def test_fault_is_told_in_dutch_with_line_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "teksten.yaml"
    long = "Wij " + "gaan " * 20 + "weg."
    path.write_text(f"een: Hier\ntwee: Adminstratie en subsidiariteitsbeginsel\ndrie: {long}\n", encoding="utf-8")
    told = faults(Sentence(str(path), "entrepreneurs", text) for text in texts_of(path))
    assert [line.removeprefix(f"{path}, ").split(" Oplossing: ")[0] for line in told] == [
        "regel 2: 'Adminstratie' is een moeilijk woord.",
        "regel 2: 'Adminstratie' staat niet in het woordenboek.",
        "regel 2: 'subsidiariteitsbeginsel' is een moeilijk woord.",
        f"regel 3: Deze zin heeft 22 woorden, hoogstens 20 mag: {long}",
    ]
    assert all(line.split(" Oplossing: ")[1] for line in told)
