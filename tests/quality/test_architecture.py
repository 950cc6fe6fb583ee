"""The architecture page shows what is so."""

from dataclasses import replace

import pytest

from tests.quality.architecture import BEGIN, PAGE, PICTURE, Architecture, architecture, with_table
from tests.quality.architecture_picture import picture

STALE = "run make architecture, look at the picture and commit both files"


@pytest.fixture(scope="module")
def found() -> Architecture:
    return architecture()


def test_picture_is_of_the_code_as_it_is(found: Architecture) -> None:
    assert PICTURE.read_text() == picture(found), f"{PICTURE}: {STALE}"


def test_table_is_of_the_code_as_it_is(found: Architecture) -> None:
    assert PAGE.read_text() == with_table(PAGE.read_text(), found), f"{PAGE}: {STALE}"


def test_every_subject_says_what_it_is_about(found: Architecture) -> None:
    assert [subject.name for subject in found.subjects if not subject.about] == []


def test_three_processes_and_whom_they_call(found: Architecture) -> None:
    assert {each.name: (each.folder, each.port, each.calls) for each in found.processes} == {
        "gateway": ("api", 8000, {"rasa", "actions"}),
        "rasa": ("bot", 5005, {"actions"}),
        "actions": ("actions", 5055, frozenset()),
    }


def test_only_the_gateway_and_the_actions_open_the_database(found: Architecture) -> None:
    assert found.with_database == {"api", "actions"}


def test_new_subject_import_or_call_changes_the_picture_or_asks_for_a_place(found: Architecture) -> None:
    assert picture(replace(found, subjects=found.subjects[1:])) != picture(found)
    assert picture(replace(found, imports=found.imports - {("api", "knowledge")})) != picture(found)
    with pytest.raises(KeyError):
        picture(replace(found, imports=found.imports | {("knowledge", "api")}))


def test_page_without_a_place_for_the_table(found: Architecture) -> None:
    with pytest.raises(ValueError, match="must stand in it once"):
        with_table(PAGE.read_text().replace(BEGIN, ""), found)
