"""Own words in sector and place: taken, asked about or not recognised, and never with personal data."""

from datetime import date

import pytest

from api.imports import words
from api.imports.cells import Wrong
from api.imports.words import Word, WordReader
from api.intakes.lists import places, read_place, read_sector, sectors
from api.intakes.service import IntakeService
from knowledge.base import Knowledge
from tests.api.imports.files import TODAY, Hall, csv_file, intake


@pytest.fixture
def reader(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> WordReader:
    return WordReader(knowledge, IntakeService(knowledge, recorder=None))  # type: ignore[arg-type]


def word(reader: WordReader, question: str, text: str, day: date = TODAY) -> Word:
    found = reader.read(question, text, day)
    assert isinstance(found, Word)
    return found


def test_clear_words_mean_what_they_mean_in_the_form(reader: WordReader, knowledge: Knowledge) -> None:
    sector, place = word(reader, "bedrijf", "kapsalon"), word(reader, "gemeente", "Maarn")
    assert (sector.state, sector.choices) == ("zeker", (("T/S", "Persoonlijke diensten of reparatie"),))
    assert (place.state, place.choices) == ("zeker", (("GM1581", "Utrechtse Heuvelrug"),))
    assert read_sector(knowledge, "kapsalon", TODAY).choices[0][0] == "T/S"  # type: ignore[union-attr]
    assert read_place(knowledge, "Maarn", TODAY).choices[0][0] == "GM1581"  # type: ignore[union-attr]


def test_doubtful_words_give_the_choices_of_the_form(reader: WordReader, knowledge: Knowledge) -> None:
    found = word(reader, "bedrijf", "autobedrijf")
    expected = read_sector(knowledge, "autobedrijf", TODAY)
    assert expected is not None
    assert (found.state, found.choices) == ("twijfel", expected.choices)


@pytest.mark.parametrize(
    ("question", "text"), [("bedrijf", "xqzw"), ("gemeente", "Atlantis"), ("gemeente", "de Veluwe")]
)
def test_unknown_words_come_with_a_remedy(reader: WordReader, question: str, text: str) -> None:
    found = word(reader, question, text)
    assert (found.state, found.choices) == ("onbekend", ())
    assert found.fault.remedy


@pytest.mark.parametrize(
    ("question", "text", "code"),
    [
        ("bedrijf", "?", "onbekend"),
        ("gemeente", "Weet ik niet", "onbekend"),
        ("bedrijf", "T/S", "T/S"),
        ("gemeente", "GM0355", "GM0355"),
        ("gemeente", "buiten_regio", "buiten_regio"),
    ],
)
def test_codes_and_not_known_need_no_approval(reader: WordReader, question: str, text: str, code: str) -> None:
    assert reader.read(question, text, TODAY) == code


def test_titles_of_the_lists_are_understood(reader: WordReader, knowledge: Knowledge) -> None:
    listed = [("bedrijf", *choice) for choice in sectors(knowledge)]
    listed += [("gemeente", *choice) for choice in places(knowledge, TODAY)]
    for question, code, title in listed:
        found = reader.read(question, title, TODAY)
        assert found == code if isinstance(found, str) else (found.state, found.choices[0][0]) == ("zeker", code), title


def test_what_a_remedy_proposes_is_understood(reader: WordReader, knowledge: Knowledge) -> None:
    for doubt in knowledge.sectors.activities.twijfel:
        for option in doubt.opties:
            found = word(reader, "bedrijf", option.titel)
            code = f"{option.sbi2025}/{option.sbi2008}"
            assert code in [meant for meant, _ in found.choices], option.titel
            assert found.state == "zeker" or len(found.choices) == len({meant for meant, _ in found.choices}) > 1
    for name in knowledge.municipalities.dubbelzinnig:
        for choice in name.opties:
            assert word(reader, "gemeente", choice.titel).choices[0][0] == choice.code, choice.titel


def test_place_is_that_of_the_day_of_the_intake(reader: WordReader) -> None:
    assert word(reader, "gemeente", "Wijdemeren", date(2026, 12, 31)).choices[0][0] == "GM1696"
    assert word(reader, "gemeente", "Wijdemeren", date(2027, 1, 1)).choices[0][0] == "GM0402"


def test_personal_data_is_taken_out_before_anything_else(reader: WordReader) -> None:
    found = word(reader, "bedrijf", "kapsalon, bel 06-12345678")
    assert (found.text, found.personal, found.state) == ("kapsalon, bel", True, "zeker")
    assert isinstance(reader.read("bedrijf", "jan@bakker.example", TODAY), Wrong)


def test_personal_data_is_told_and_never_kept(hall: Hall) -> None:
    rows = [intake(Soort_bedrijf="kapsalon jan@bakker.example"), intake(Plaats="xqzw 06-12345678")]
    rows.append(intake(Soort_bedrijf="06-12345678"))
    report = hall.look(csv_file(rows)).without_asking(hall.service.columns)
    assert any("persoonsgegevens" in note for note in report.notes)
    assert [(fault.row, fault.value) for fault in report.faults] == [(3, "xqzw"), (4, "")]
    assert "12345678" not in repr(report)
    assert "jan@" not in repr(report)


def test_each_text_is_looked_up_once(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setitem(
        words.LOOKED_UP,
        "bedrijf",
        lambda knowledge, text, day: asked.append(text) or read_sector(knowledge, text, day),
    )
    report = hall.look(csv_file([intake(Soort_bedrijf=text) for text in ("kapsalon", "Kapsalon", " kapsalon ") * 5]))
    assert asked == ["kapsalon"]
    assert [(use.word.text, use.rows) for use in report.used("zeker")] == [("kapsalon", 15), ("Zeist", 15)]
