"""The folder of sites: a change of a file counts without a restart."""

import logging
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from knowledge.base import FOLDER, load
from knowledge.loading import KnowledgeError
from knowledge.site_folder import SiteFolder
from knowledge.sites import Site
from tests.knowledge.clock import Clock
from tests.knowledge.site_files import GOOD, LANGUAGES, read, write


@pytest.fixture
def sites(folder: Path, clock: Clock) -> SiteFolder:
    return SiteFolder(folder, {"GM0344"}, LANGUAGES)


def renamed(name: str) -> str:
    return GOOD.replace("naam: Gemeente Proef", f"naam: {name}")


def test_changed_file_counts_after_a_second(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    write(folder, renamed("Anders"))
    clock.now = 0.9
    assert sites["proef"].naam == "Gemeente Proef"
    clock.now = 1.0
    assert sites["proef"].naam == "Anders"


def test_change_that_keeps_the_size_counts(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    write(folder, renamed("Gemeente Proof"))
    clock.now += 1
    assert sites["proef"].naam == "Gemeente Proof"


def test_change_that_keeps_the_time_counts(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    before = (folder / "proef.yaml").stat()
    path = write(folder, renamed("Een langere naam"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    clock.now += 1
    assert sites["proef"].naam == "Een langere naam"


def test_added_and_removed_file_count(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    write(folder, GOOD.replace("id: proef", "id: nieuw"), "nieuw")
    clock.now += 1
    assert list(sites) == ["nieuw", "proef"]
    assert "nieuw" in sites
    (folder / "nieuw.yaml").unlink()
    clock.now += 1
    assert list(sites) == ["proef"]
    assert sites.get("nieuw") is None


def test_fault_leaves_the_last_good_version_and_is_logged_once_per_change(
    folder: Path, clock: Clock, sites: SiteFolder, caplog: pytest.LogCaptureFixture
) -> None:
    write(folder, GOOD.replace("GM0344", "GM9999"))
    for _ in range(3):
        clock.now += 1
        assert sites["proef"].gemeente == "GM0344"
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "sites/proef.yaml, regel 6: De gemeente GM9999 bestaat niet. Oplossing: " in record.getMessage()
    write(folder, GOOD + "kleur: rood\n")
    clock.now += 1
    assert sites["proef"].gemeente == "GM0344"
    assert len(caplog.records) == 2
    write(folder, renamed("Weer goed"))
    clock.now += 1
    assert sites["proef"].naam == "Weer goed"
    assert len(caplog.records) == 2


def test_new_file_with_a_fault_gives_no_site_until_it_is_right(
    folder: Path, clock: Clock, sites: SiteFolder, caplog: pytest.LogCaptureFixture
) -> None:
    path = write(folder, GOOD, "nieuw")  # another id in it
    clock.now += 1
    assert list(sites) == ["proef"]
    assert "sites/nieuw.yaml, regel 1: Het id 'proef' is anders" in caplog.text
    path.write_text(GOOD.replace("id: proef", "id: nieuw"))
    clock.now += 1
    assert list(sites) == ["nieuw", "proef"]


def test_fault_of_one_site_does_not_hold_back_another(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    write(folder, "geen: [yaml")
    write(folder, GOOD.replace("id: proef", "id: nieuw"), "nieuw")
    clock.now += 1
    assert list(sites) == ["nieuw", "proef"]


def test_folder_that_is_gone_for_a_while_leaves_all_sites(
    folder: Path, clock: Clock, sites: SiteFolder, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = folder.rename(folder.parent / "elders")
    for _ in range(2):
        clock.now += 1
        assert list(sites) == ["proef"]
    assert [record.getMessage().count("sites/, regel 1: Er staan geen sites.") for record in caplog.records] == [1]
    elsewhere.rename(folder)
    write(folder, renamed("Terug"))
    clock.now += 1
    assert sites["proef"].naam == "Terug"


def test_files_of_editors_are_not_looked_at(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    (folder / ".#proef.yaml").symlink_to("iemand@computer.1234")
    clock.now += 1
    assert list(sites) == ["proef"]


def test_unchanged_files_are_not_read_again(
    folder: Path, clock: Clock, sites: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_again: list[str] = []

    def noted(path: Path, *more: object) -> Site:
        read_again.append(path.stem)
        return read(path)

    monkeypatch.setattr("knowledge.site_folder.load_site", noted)
    write(folder, GOOD.replace("id: proef", "id: nieuw"), "nieuw")
    for _ in range(3):
        clock.now += 1
        assert len(sites) == 2
    assert read_again == ["nieuw"]


def test_threads_see_whole_versions_only(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    second = GOOD.replace("id: proef", "id: tweede")
    write(folder, second, "tweede")
    done = Event()

    def look() -> int:
        looks = 0
        while not done.is_set():
            clock.now += 1
            for name, site in sites.items():
                assert (site.id, site.aanbieder.lower()) == (name, f"de {site.naam.lower()}")
            looks += 1
        return looks

    with ThreadPoolExecutor(4) as pool:
        looking = [pool.submit(look) for _ in range(4)]
        for number in range(40):
            made = folder / "concept"
            made.write_text(
                GOOD.replace("Gemeente Proef", f"Proef{number}").replace("gemeente Proef", f"proef{number}")
            )
            made.rename(folder / "proef.yaml")
            if number % 2:
                write(folder, second, "tweede")
            else:
                (folder / "tweede.yaml").unlink()
        done.set()
        assert all(future.result() for future in looking)
    clock.now += 1
    assert (sites["proef"].naam, len(sites)) == ("Proef39", 2)


def test_a_setting_says_where_the_sites_are(folder: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    write(folder, GOOD.replace("{kop: Hulp in Proef}", "{knop: Hulp}"))
    monkeypatch.setenv("SITES_FOLDER", str(folder))
    knowledge = load()
    assert list(knowledge.sites) == ["proef"]
    write(folder, (FOLDER / "sites/demo.yaml").read_text(), "demo")
    clock.now += 1
    assert list(knowledge.sites) == ["demo", "proef"]


def test_first_load_tells_the_faults_of_every_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(FOLDER / "sites", tmp_path / "sites"))
    for name in ("kvk", "utrecht"):
        path = folder / f"{name}.yaml"
        path.write_text(path.read_text().replace("https://www.", "http://www."))
    monkeypatch.setenv("SITES_FOLDER", str(folder))
    with pytest.raises(KnowledgeError) as caught:
        load()
    assert [problem.file for problem in caught.value.problems] == ["sites/kvk.yaml"] * 2 + ["sites/utrecht.yaml"] * 2
