"""Every column of every table is accounted for: what it is for, whether it is about a person, how long it is kept."""

from pathlib import Path

import pytest

from analytics.database import Base
from api.accountability.inventory import FILE, columns, kept, processings
from api.administration.retention import KINDS, STAYS, duration
from api.app import create_app
from knowledge.loading import KnowledgeError

assert create_app  # brings every table along

TABLES = Base.metadata.tables


def changed(folder: Path, before: str, after: str) -> Path:
    text = FILE.read_text()
    assert before in text
    path = folder / "inventory.yaml"
    path.write_text(text.replace(before, after, 1))
    return path


def test_every_column_is_accounted_for_and_nothing_else() -> None:
    assert columns() == {name: {column.name for column in table.columns} for name, table in TABLES.items()}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_how_long_a_table_is_kept_comes_from_what_deletes_it(table: str) -> None:
    terms = " ".join(kept(table))
    kinds = [kind for kind in KINDS if table == kind.model.__tablename__]
    for kind in kinds:
        assert f"{duration(kind.seconds)} na {kind.since}" in terms.lower() or kind.name in terms
        assert duration(kind.seconds) in terms
    if table in STAYS:
        assert STAYS[table][1] in terms
    assert terms


def test_unknown_table_has_no_term() -> None:
    with pytest.raises(KeyError):
        kept("bestaat_niet")


def test_where_people_are_named_there_is_a_term_that_ends() -> None:
    for processing in processings():
        for table, held in processing.tabellen.items():
            if "ja" in {column.soort for column in held.kolommen.values()}:
                assert table in {kind.model.__tablename__ for kind in KINDS} | within() | RECORDS_OF_OFFICE, table


# The working group keeps these with its own papers; the officer is asked for how long.
RECORDS_OF_OFFICE = {"proposed_change", "passkey"}


def within() -> set[str]:
    return {model.__tablename__ for kind in KINDS for model in kind.within}


def test_anonymous_count_holds_nothing_of_people() -> None:
    (count,) = (processing for processing in processings() if processing.id == "telling")
    assert not count.personal
    assert "referral" in count.tabellen


def test_contact_data_is_sealed() -> None:
    (contact,) = (processing for processing in processings() if processing.id == "contact")
    sealed = {
        (table, name)
        for table, held in contact.tabellen.items()
        for name, column in held.kolommen.items()
        if column.soort == "verzegeld"
    }
    assert sealed == {("lead", "box"), ("outbox_item", "address")}
    assert not any(column.soort == "ja" for held in contact.tabellen.values() for column in held.kolommen.values())


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("soort: indirect", "soort: misschien", "misschien"),
        ("wat: Kenmerk van het gesprek. Willekeurig.", "watte: Kenmerk", "'watte' hoort hier niet"),
        ("      given_answer:", "      event:", "'event' staat ook bij 'gesprek'"),
    ],
)
def test_fault_in_the_file_is_told_with_its_line(tmp_path: Path, before: str, after: str, said: str) -> None:
    with pytest.raises(KnowledgeError, match=r"inventory\.yaml, regel \d+") as fault:
        processings(changed(tmp_path, before, after))
    assert said in str(fault.value)
