"""Names of columns: recognised loosely, and what is missing or too much is named."""

import pytest
from msgspec.structs import replace

from api.imports.columns import Columns, intake_columns
from api.imports.table import Unreadable
from knowledge.base import Knowledge
from tests.api.imports.files import CORE, FURTHER, Hall, csv_file, intake


def test_columns_are_the_date_and_every_question_by_its_short_name(columns: Columns) -> None:
    assert tuple(column.title for column in columns.all) == (*CORE, *FURTHER)
    assert [column.title for column in columns.all if column.needed] == list(CORE)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("  AANTAL   mensen ", "personen"),
        ("aantal_mensen:", "personen"),
        ("Soort bedrjif", "bedrijf"),
        ("Branche", "bedrijf"),
        ("Gemeente", "gemeente"),
        ("Backups & updates", "backup_updates"),
        ("Online vindbaar?", "vindbaar"),
        ("Plan", "plan"),
        ("plaats", "gemeente"),
    ],
)
def test_names_are_recognised_loosely(columns: Columns, heading: str, key: str) -> None:
    found = columns.match(heading)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("heading", ["", "Opmerkingen", "Plak", "Nummer", "Bedrijf", "Achternaam"])
def test_other_names_are_no_columns(columns: Columns, heading: str) -> None:
    assert columns.match(heading) is None


def test_order_does_not_matter(hall: Hall) -> None:
    assert hall.look(csv_file([intake()], CORE[::-1])).new == 1


def test_missing_columns_are_all_named(hall: Hall) -> None:
    with pytest.raises(Unreadable) as raised:
        hall.look(csv_file([intake()], [name for name in CORE if name not in ("Plaats", "Inloggen")]))
    assert "Plaats, Inloggen" in str(raised.value)


def test_column_that_is_there_twice_is_refused_with_both_places(hall: Hall) -> None:
    with pytest.raises(Unreadable, match="kolom D en K"):
        hall.look(csv_file([intake()], (*CORE, "plaats")))


@pytest.mark.parametrize("data", [b"a;b;c\r\n1;2;3\r\n", b"Datum\r\n", b"x"])
def test_file_without_names_of_columns_is_refused_with_all_names(hall: Hall, data: bytes) -> None:
    with pytest.raises(Unreadable) as raised:
        hall.look(data)
    assert all(name in str(raised.value) for name in (*CORE, *FURTHER))


def test_columns_with_personal_data_are_named_and_not_read(hall: Hall) -> None:
    names = ("Naam", "E-mail", "Telefoonnummer", "KvK-nummer", "Opmerking")
    row = {**intake(), "Naam": "Jan Jansen", "E-mail": "jan@bakker.example", "Telefoonnummer": "06-12345678"}
    report = hall.look(csv_file([row], (*CORE, *names)))
    assert report.new == 1
    (personal,) = [note for note in report.notes if "Persoonsgegevens" in note]
    assert all(name in personal for name in names[:4])
    assert any("Opmerking" in note for note in report.notes if note != personal)
    assert not any(secret in repr(report) for secret in ("Jansen", "jan@", "12345678"))


def test_column_without_a_name_is_told_by_its_letter(hall: Hall) -> None:
    report = hall.look(csv_file([{**intake(), "": "los"}], (*CORE, "")))
    assert any("kolom K" in note for note in report.notes)


def test_title_above_the_names_is_passed_over(hall: Hall) -> None:
    report = hall.look(b"Ontbijt Zeist\r\n\r\n" + csv_file([intake(Datum="ooit")], encoding="utf-8"))
    assert [fault.row for fault in report.faults] == [4]


def test_every_question_has_a_column_of_its_own(columns: Columns) -> None:
    letters = [columns.match(column.title) for column in columns.all]
    assert letters == list(columns.all)


def test_columns_follow_the_questions(knowledge: Knowledge) -> None:
    questions = tuple(
        replace(question, kort="Boekhouding") if question.id == "administratie" else question
        for question in knowledge.intake.vragen
    )
    assert intake_columns(replace(knowledge.intake, vragen=questions)).titles["administratie"] == "Boekhouding"
