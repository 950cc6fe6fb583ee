"""Answers of questions with options: letters, words and slips, and what is too unclear to take."""

import pytest

from api.imports.cells import Wrong
from api.imports.choices import ChoiceReader
from api.imports.table import Cell
from knowledge.base import Knowledge
from knowledge.intake import DO_NOT_KNOW


@pytest.fixture(scope="module")
def readers(knowledge: Knowledge) -> dict[str, ChoiceReader]:
    return {question.id: ChoiceReader(question) for question in knowledge.intake.vragen if question.opties}


def read(readers: dict[str, ChoiceReader], question: str, text: str) -> str | Wrong:
    return readers[question].read(Cell(text))


def test_every_answer_by_its_letter_and_by_its_words(readers: dict[str, ChoiceReader], knowledge: Knowledge) -> None:
    for question in knowledge.intake.vragen:
        for letter, option in zip("abcdef", question.opties, strict=False):
            for written in (letter, letter.upper(), f"{letter})", f"({letter})", f"{letter}.", option.titel):
                assert read(readers, question.id, written) == option.waarde, (question.id, written)
            if option.titelAlleen:
                assert read(readers, question.id, option.titelAlleen) == option.waarde


def test_everything_that_the_conversation_offers(readers: dict[str, ChoiceReader], knowledge: Knowledge) -> None:
    for question in knowledge.intake.vragen:
        if question.opties:
            for code, title in question.choices():
                assert read(readers, question.id, title) == code


@pytest.mark.parametrize("text", ["?", "weet niet", DO_NOT_KNOW, "WEET IK NIET", "onbekend"])
def test_not_known_is_an_answer_everywhere(readers: dict[str, ChoiceReader], knowledge: Knowledge, text: str) -> None:
    for name in readers:
        assert read(readers, name, text) == knowledge.intake.question(name).unknown


@pytest.mark.parametrize("text", ["-", "n.v.t.", "nvt", "N.v.t", "niet van toepassing", "Past niet bij mijn bedrijf"])
def test_does_not_fit_only_where_it_exists(readers: dict[str, ChoiceReader], text: str) -> None:
    assert read(readers, "online_bestellen", text) == "nvt"
    assert isinstance(read(readers, "administratie", text), Wrong)


@pytest.mark.parametrize("text", ["0", "1", "3", "4", "12"])
def test_bare_digit_is_refused_at_scored_questions_with_the_letters(
    readers: dict[str, ChoiceReader], knowledge: Knowledge, text: str
) -> None:
    for question in knowledge.intake.scored:
        for cell in (Cell(text), Cell(text, "getal")):
            found = readers[question.id].read(cell)
            assert isinstance(found, Wrong)
            assert "a, b, c, d" in found.remedy


@pytest.mark.parametrize(
    ("question", "text", "code"),
    [
        ("administratie", "in een boekhoud programma", "2"),
        ("administratie", "In Word of Exel", "1"),
        ("backup_updates", "ja gaat vanzelf", "2"),
        ("backup_updates", "Soms met de hand!", "1"),
        ("backup_updates", "nee", "0"),
        ("plan", "Nee", "0"),
        ("hulpvraag", "Adminstratie en planning", "administratie"),
        ("hulpvraag", "gegevens_ai", "gegevens_ai"),
        ("personen", "2 tot 9", "2-9"),
        ("personen", "2-9", "2-9"),
        ("personen", "Alleen ik", "1"),
        ("personen", "2 tot 8", "2-9"),
        ("personen", "12", "10-49"),
    ],
)
def test_words_and_small_slips(readers: dict[str, ChoiceReader], question: str, text: str, code: str) -> None:
    assert read(readers, question, text) == code


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("administratie", "misschien"),
        ("administratie", "e"),
        ("administratie", "ab"),
        ("automatisering", "niet"),
        ("backup_updates", "gaat"),
        ("hulpvraag", "g"),
        ("hulpvraag", "2"),
        ("personen", "2 tot 90"),
    ],
)
def test_answer_that_does_not_exist(readers: dict[str, ChoiceReader], question: str, text: str) -> None:
    found = read(readers, question, text)
    assert isinstance(found, Wrong)
    assert found.remedy


def test_answer_that_is_nearly_right_is_asked_about(readers: dict[str, ChoiceReader]) -> None:
    found = read(readers, "administratie", "boekhoudprogramma")
    assert isinstance(found, Wrong)
    assert "Bedoel je c?" in found.remedy


def test_slips_never_turn_one_answer_into_another(readers: dict[str, ChoiceReader], knowledge: Knowledge) -> None:
    for question in knowledge.intake.scored:
        for option in question.opties:
            for position in range(len(option.titel)):
                slip = option.titel[:position] + option.titel[position + 1 :]
                found = read(readers, question.id, slip)
                assert isinstance(found, Wrong) or found == option.waarde, (question.id, slip)
