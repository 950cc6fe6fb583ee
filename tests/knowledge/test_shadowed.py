"""What owners changed in the portal is told to who edits the files, since the file does not count there."""

from pathlib import Path

import pytest

from knowledge import check
from knowledge.base import CATALOGUE_FOLDER, load
from knowledge.catalogue_folder import CHANGES_FILE
from knowledge.shadowed import shadowed

CHANGED = """\
initiatieven:
  kvk:
    wijzigingen: {kosten: Tien euro, eigenaar: Een ander}
  spot035:
    bevestigd: 2026-11-20
"""


@pytest.fixture
def changes(tmp_path: Path) -> Path:
    (tmp_path / CHANGES_FILE).write_text(CHANGED, encoding="utf-8")
    return tmp_path


def test_fields_of_owners_are_named(changes: Path) -> None:
    kvk, spot = shadowed(load(changes=changes).editions)
    assert kvk.startswith("initiatives/kvk.yaml: kosten, eigenaar. Hier telt het portaal, en niet het bestand.")
    assert spot.startswith("initiatives/spot035.yaml: gezien, laatsteLevensteken.")


def test_without_changes_nothing_is_told(tmp_path: Path) -> None:
    assert shadowed(load(changes=tmp_path).editions) == []


def test_check_tells_them_and_does_not_fail(
    changes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(CATALOGUE_FOLDER, str(changes))
    assert check.main() == 0
    assert "Let op: initiatives/kvk.yaml: kosten, eigenaar. Hier telt het portaal" in capsys.readouterr().out
