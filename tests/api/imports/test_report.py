"""What is told of a file: complete, in words, and harmless wherever it is opened."""

import csv
import io

import pytest

from api.imports.report import faults_csv, harmless, lines
from tests.api.imports.files import Hall, csv_file, intake

ATTACKS = ('=cmd|"/c calc"!A1', '=HYPERLINK("http://x.example";"klik")', "+31 6", "@SUM(1)", "-2+3")


def test_text_names_file_counts_meanings_and_faults(hall: Hall) -> None:
    rows = [intake(), intake(Aantal_mensen=9), {}, intake(Datum="ooit"), intake(Inloggen="")]
    hall.take(csv_file(rows[:1]))
    report = hall.look(csv_file(rows), "ontbijt.csv")
    text = "\n".join(lines(report, hall.service.columns))
    assert "Bestand: ontbijt.csv" in text
    assert "Rijen: 1 goed, 2 met fouten, 1 al eerder ingelezen, 1 leeg." in text
    assert "Soort bedrijf: kapsalon → Persoonlijke diensten of reparatie, 1 rij" in text
    assert 'rij 5, Datum: "ooit": Dit is geen datum die we kunnen lezen. Schrijf dag, maand en jaar' in text
    assert "rij 6, Inloggen: Dit antwoord ontbreekt." in text


def test_faults_of_unclear_words_stand_in_the_order_of_the_file(hall: Hall) -> None:
    rows = [intake(Plaats="Atlantis"), intake(Datum="ooit"), intake(Soort_bedrijf="autobedrijf")]
    report = hall.look(csv_file(rows)).without_asking(hall.service.columns)
    assert [fault.row for fault in report.faults] == [2, 3, 4]
    assert "Ik verkoop auto's" in report.faults[2].remedy


@pytest.mark.parametrize("attack", ATTACKS)
def test_formula_in_a_file_works_nowhere(hall: Hall, attack: str) -> None:
    data = csv_file([intake(Soort_bedrijf=attack), intake(Hulpvraag=attack), intake(Plaats=attack), intake()])
    report = hall.look(data, f"{attack}.csv")
    assert [(fault.row, fault.column) for fault in report.faults] == [
        (2, "Soort bedrijf"),
        (3, "Hulpvraag"),
        (4, "Plaats"),
    ]
    assert report.new == 1
    cells = [
        cell for row in csv.reader(io.StringIO(faults_csv(report).decode("utf-8-sig")), delimiter=";") for cell in row
    ]
    assert len(cells) == 4 * 6
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert sum(cell.startswith("'" + attack[0]) for cell in cells) >= 3


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_signs_that_begin_a_formula_get_an_apostrophe(sign: str) -> None:
    assert harmless(f"{sign}1") == f"'{sign}1"
    assert harmless(f"1{sign}") == f"1{sign}"


def test_csv_of_faults_opens_in_a_dutch_excel_with_all_of_them(hall: Hall) -> None:
    rows = [intake(Datum=f"dag {number}; of\nlater") for number in range(300)]
    data = faults_csv(hall.look(csv_file(rows), "ontbijt.csv"))
    assert data.startswith(b"\xef\xbb\xbf")
    head, *told = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert head[:4] == ["Bestand", "Rij", "Kolom", "Waarde"]
    assert [row[:4] for row in told] == [
        ["ontbijt.csv", str(number + 2), "Datum", f"dag {number}; of later"] for number in range(300)
    ]


def test_value_is_short_and_on_one_line(hall: Hall) -> None:
    (fault,) = hall.look(csv_file([intake(Hulpvraag="x\x1b[31m\ny " * 100)])).faults
    assert len(fault.value) <= 81
    assert fault.value.isprintable()


def test_name_of_the_file_is_told_without_personal_data(hall: Hall) -> None:
    assert hall.look(csv_file([intake()]), "intakes jan@bakker.example.csv").file == "intakes"
    assert hall.look(csv_file([intake()]), "\x00\n").file == "zonder naam"
