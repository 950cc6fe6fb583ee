"""The catalogue with what owners changed: a change of the file counts without a restart."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event

import pytest
import yaml

from knowledge import following
from knowledge.base import load
from knowledge.catalogue_folder import CHANGES_FILE
from knowledge.result import result

WERKPLAATS, UTECH = "digitale-mkb-werkplaats-utrecht", "u-tech-community"
TODAY = date(2026, 11, 26)


@pytest.fixture
def data(tmp_path, clock):
    """The data with a folder for changes, that is not there yet."""
    return load(changes=tmp_path / "catalogue")


def write(tmp_path: Path, text: str | None = None, **initiatives: object) -> None:
    """Put another file in place, as the gateway does."""
    folder = tmp_path / "catalogue"
    folder.mkdir(exist_ok=True)
    content = {"initiatieven": {name.replace("_", "-"): change for name, change in initiatives.items()}}
    made = folder / "concept"
    made.write_text(yaml.safe_dump(content, allow_unicode=True) if text is None else text, encoding="utf-8")
    made.replace(folder / CHANGES_FILE)


def costs(text: object) -> dict[str, object]:
    return {"wijzigingen": {"kosten": text}}


def test_without_changes_the_files_hold(data, knowledge):
    assert (data.catalogue, data.catalogue_version) == (knowledge.catalogue, knowledge.catalogue_version)


def test_changes_that_are_there_at_the_start_count(tmp_path, knowledge):
    write(tmp_path, u_tech_community={"bevestigd": TODAY, **costs("tien euro")})
    initiative = load(changes=tmp_path / "catalogue").initiative(UTECH)
    assert (initiative.kosten, initiative.gezien) == ("tien euro", "2026-11")
    assert knowledge.initiative(UTECH).kosten != "tien euro"


def test_change_counts_after_a_second(tmp_path, clock, data):
    before = data.initiative(UTECH)
    write(tmp_path, u_tech_community=costs("tien euro"))
    clock.now = 0.9
    assert data.initiative(UTECH) == before
    clock.now = 1.0
    assert data.initiative(UTECH).kosten == "tien euro"
    write(tmp_path)
    clock.now = 2.0
    assert data.initiative(UTECH) == before


def test_version_names_the_contents(tmp_path, clock, data):
    files = data.catalogue_version
    versions = []
    for price in ("tien euro", "elf euro", "tien euro"):
        write(tmp_path, u_tech_community=costs(price))
        clock.now += 1
        versions.append(data.catalogue_version)
    assert versions[0] == versions[2]
    assert len({files, *versions}) == 3
    assert load(changes=tmp_path / "catalogue").catalogue_version == versions[2]
    write(tmp_path, u_tech_community=costs(data.now().initiative(WERKPLAATS).kosten), kvk={})
    write(tmp_path)
    clock.now += 1
    assert data.catalogue_version == files


def test_look_up_by_name_gives_what_holds_now(tmp_path, clock, data):
    assert data.initiative_names.find("wat kost u-tech?").kosten != "tien euro"
    write(tmp_path, u_tech_community=costs("tien euro"))
    clock.now += 1
    assert data.initiative_names.find("wat kost u-tech?").kosten == "tien euro"
    assert data.initiative_names is data.initiative_names


def test_over_what_holds_at_one_moment_lies_nothing(tmp_path, clock, data):
    write(tmp_path, u_tech_community=costs("tien euro"))
    clock.now += 1
    assert data.editions.files.catalogue != data.catalogue
    now = data.now()
    assert now.editions.files.catalogue == now.catalogue == data.catalogue


def test_result_speaks_of_one_moment(tmp_path, clock, data):
    answers = {"personen": "2-9", "gemeente": "GM0355", "hulpvraag": "administratie", "bedrijf": "F/F"}
    answers |= dict.fromkeys([question.id for question in data.intake.core if question.scored], "1")
    before = result(data, answers, TODAY)
    shown = before.initiatives[0].id
    write(tmp_path, **{shown: {"bevestigd": TODAY}})
    clock.now += 1
    after = result(data, answers, TODAY)
    assert {advice.id: advice.last_seen for advice in after.initiatives}[shown] == "2026-11"
    assert after.catalogue_version == data.catalogue_version != before.catalogue_version
    write(tmp_path, **{shown: {"wijzigingen": {"status": "gestopt"}}})
    clock.now += 1
    assert shown not in [advice.id for advice in result(data, answers, TODAY).initiatives]


def test_data_of_a_moment_stays_what_it_is(tmp_path, clock, data):
    now = data.now()
    assert data.now() is now
    assert now.now() is now
    write(tmp_path, u_tech_community=costs("tien euro"))
    clock.now += 1
    assert now.initiative(UTECH).kosten != "tien euro"
    assert data.now() is not now
    assert data.now().initiative(UTECH).kosten == "tien euro"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("initiatieven: {u-tech", "catalogue/wijzigingen.yaml, regel 1: Dit is geen goede YAML"),
        ("iets: anders", "catalogue/wijzigingen.yaml, regel 1: Het veld 'iets' hoort hier niet."),
        ("", "catalogue/wijzigingen.yaml, regel 1: Hier hoort"),
    ],
)
def test_file_that_cannot_be_read_leaves_what_was_and_is_logged_once(tmp_path, data, caplog, text, message):
    clock = following.monotonic
    write(tmp_path, u_tech_community=costs("tien euro"))
    clock.now += 1
    assert data.initiative(UTECH).kosten == "tien euro"
    write(tmp_path, text)
    for _ in range(3):
        clock.now += 1
        assert data.initiative(UTECH).kosten == "tien euro"
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert message in record.getMessage()
    assert "Oplossing: " in record.getMessage()


def test_file_that_is_gone_leaves_what_was(tmp_path, clock, data, caplog):
    write(tmp_path, u_tech_community=costs("tien euro"))
    clock.now += 1
    assert data.initiative(UTECH).kosten == "tien euro"
    (tmp_path / "catalogue" / CHANGES_FILE).unlink()
    for _ in range(2):
        clock.now += 1
        assert data.initiative(UTECH).kosten == "tien euro"
    assert len(caplog.records) == 1


def test_fault_in_one_initiative_does_not_hold_back_another(tmp_path, clock, data, caplog):
    write(tmp_path, u_tech_community=costs("tien euro"))
    clock.now += 1
    assert data.initiative(UTECH).kosten == "tien euro"
    write(
        tmp_path,
        digitale_mkb_werkplaats_utrecht=costs("gratis"),
        u_tech_community={"wijzigingen": {"status": "weg"}},
        kvk={"bevestigd": "gisteren"},
        bestaat_niet={},
    )
    clock.now += 1
    assert data.initiative(WERKPLAATS).kosten == "gratis"
    assert data.initiative(UTECH).kosten == "tien euro"
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 3
    assert "wijzigingen.yaml, regel 2: Het initiatief 'bestaat-niet' bestaat niet. Oplossing: " in said[0]
    assert "wijzigingen.yaml, regel 7: Hier hoort een datum: jaar-maand-dag" in said[1]
    assert "wijzigingen.yaml, regel 10: De waarde 'weg' bestaat niet. Oplossing: " in said[2]


def test_faulty_file_at_the_start_leaves_the_files(tmp_path, knowledge, caplog):
    write(tmp_path, "initiatieven: [")
    assert load(changes=tmp_path / "catalogue").catalogue == knowledge.catalogue
    assert len(caplog.records) == 1


def test_setting_says_where_changes_are(tmp_path, monkeypatch):
    write(tmp_path, u_tech_community=costs("tien euro"))
    monkeypatch.setenv("CATALOGUE_FOLDER", str(tmp_path / "catalogue"))
    assert load().initiative(UTECH).kosten == "tien euro"


def test_threads_see_whole_editions_only(tmp_path, clock, data):
    write(tmp_path, u_tech_community=costs("0"), digitale_mkb_werkplaats_utrecht=costs("0"))
    clock.now += 1
    versions: dict[str, set[str]] = {}
    done = Event()

    def look() -> int:
        looks = 0
        while not done.is_set():
            clock.now += 1
            now = data.now()
            seen = {now.initiative(identifier).kosten for identifier in (UTECH, WERKPLAATS)}
            assert len(seen) == 1
            versions.setdefault(now.catalogue_version, set()).update(seen)
            looks += 1
        return looks

    with ThreadPoolExecutor(4) as pool:
        looking = [pool.submit(look) for _ in range(4)]
        for number in range(30):
            write(tmp_path, u_tech_community=costs(str(number)), digitale_mkb_werkplaats_utrecht=costs(str(number)))
        done.set()
        assert all(future.result() for future in looking)
    clock.now += 1
    assert data.initiative(UTECH).kosten == "29"
    assert all(len(prices) == 1 for prices in versions.values())
