"""`python -m analytics`: what it says and how it ends."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from analytics import __main__ as command
from analytics import verification
from analytics.audit import Outcome, audit
from analytics.database import migrate, open_database
from analytics.event_summary import publish_event
from analytics.linear import Sheet
from analytics.models import PublishedCell
from knowledge.base import Knowledge
from tests.analytics.desk import MIXED, NOVEMBER, SECRET, Desk, firms


class _Today(date):
    @classmethod
    def today(cls) -> "_Today":
        return cls(2026, 11, 26)


@pytest.fixture
def here(tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The database that the command uses, on 26 November 2026."""
    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("SECRETS_FOLDER", str(tmp_path / "secrets"))
    monkeypatch.delenv("ROUNDING_SECRET", raising=False)
    monkeypatch.setattr(command, "date", _Today)
    engine = open_database(url)
    yield Desk(engine, knowledge)
    engine.dispose()


@pytest.fixture
def filled(here: Desk) -> Desk:
    here.add(firms(30, **MIXED), firms(30, NOVEMBER, start=100, **MIXED))
    return here


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = command.main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_what_is_due_is_made_once(filled: Desk, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(capsys, "maken") == (0, "Gemaakt: 2026-10.\n", "")
    before = filled.stored()
    assert run(capsys, "maken") == (0, "Deze cijfers zijn er al. Ze veranderen niet meer.\n", "")
    assert filled.stored() == before
    assert (tmp_path / "secrets" / "rounding").exists()


def test_month_that_is_named(filled: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "maken", "--maand", "2026-09") == (0, "Gemaakt: 2026-09.\n", "")
    assert run(capsys, "maken", "--maand", "2026-10") == (0, "Gemaakt: 2026-10.\n", "")


def test_month_that_is_not_over(filled: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, error = run(capsys, "maken", "--maand", "2026-11")
    assert (code, out) == (1, "")
    assert error == (
        "De maand 2026-11 is nog niet voorbij: de laatste week is 2026-W48. Maak de cijfers in de week daarna.\n"
    )
    assert filled.is_untouched()


@pytest.mark.parametrize("wrong", ["november", "2026-13", "2026-1"])
def test_what_is_no_month(here: Desk, capsys: pytest.CaptureFixture[str], wrong: str) -> None:
    with pytest.raises(SystemExit) as left:
        command.main(["maken", "--maand", wrong])
    assert left.value.code == 2
    assert f"'{wrong}' is geen maand. Schrijf jaar-maand: 2026-11." in capsys.readouterr().err


def test_secret_that_was_lost(
    filled: Desk, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, "maken", "--maand", "2026-09")
    (tmp_path / "secrets" / "rounding").unlink()
    code, _, error = run(capsys, "maken")
    assert code == 1
    assert "het geheim voor het afronden is weg" in error
    monkeypatch.setenv("ROUNDING_SECRET", SECRET.hex())
    code, _, error = run(capsys, "maken")
    assert code == 1
    assert "Oude cijfers blijven staan" in error
    assert filled.ids() == ["publiek/2026-09", "werkgroep/2026-09"]


def test_secret_that_is_given(
    filled: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUNDING_SECRET", SECRET.hex())
    run(capsys, "maken")
    assert Desk(filled.engine, filled.knowledge, SECRET).make("2026-11") == ["2026-11"]  # with the same secret


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"STAFF_THRESHOLD": "vier"}, "STAFF_THRESHOLD: geef een heel getal"),
        ({"STAFF_THRESHOLD": "4"}, "STAFF_THRESHOLD: geef minstens 5"),
        ({"PUBLIC_THRESHOLD": ""}, "PUBLIC_THRESHOLD: geef een heel getal"),
        (
            {"STAFF_THRESHOLD": "55", "PUBLIC_THRESHOLD": "5"},
            "STAFF_THRESHOLD: geef hoogstens 50\nPUBLIC_THRESHOLD: geef minstens 10",
        ),
        ({"STAFF_THRESHOLD": "15"}, "PUBLIC_THRESHOLD: geef minstens evenveel als STAFF_THRESHOLD"),
    ],
)
def test_threshold_that_is_not_safe(
    filled: Desk,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    given: dict[str, str],
    told: str,
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    for asked in ("maken", "lijst", "controle"):
        assert run(capsys, asked) == (1, "", f"{told}\n")
    assert filled.is_untouched()


def test_threshold_that_is_set(
    filled: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAFF_THRESHOLD", "15")
    monkeypatch.setenv("PUBLIC_THRESHOLD", "20")
    assert run(capsys, "maken") == (0, "Gemaakt: 2026-10.\n", "")
    assert (filled.staff().threshold, filled.public().threshold) == (15, 20)


def test_list(filled: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "lijst") == (0, "Er zijn nog geen cijfers. Maak ze: python -m analytics maken\n", "")
    filled.add(firms(1, start=500, scoring_version="synthetisch"))
    run(capsys, "maken")
    code, out, _ = run(capsys, "lijst")
    tables = len(filled.staff().tables), len(filled.public().tables)
    assert code == 0
    assert out.splitlines() == [
        f"2026-10  werkgroep  gemaakt op 2026-11-26, {tables[0]} tabellen, synthetische gegevens",
        f"2026-10  publiek    gemaakt op 2026-11-26, {tables[1]} tabellen, synthetische gegevens",
    ]


def test_what_was_published_is_proven_once_more(filled: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "controle") == (0, "Er zijn nog geen cijfers.\n", "")
    filled.make("2026-11")
    filled.add(firms(20, "2027-W02", start=500, **MIXED))
    filled.make("2027-01")
    code, out, error = run(capsys, "controle")
    assert (code, error) == (0, "")
    lines = out.splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "2026, werkgroep",
        "2026, publiek",
        "2027, werkgroep",
        "2027, publiek",
    ]
    assert all(line.endswith("In orde.") for line in lines)
    assert "0 verborgen aantallen" not in lines[0]


def test_what_gives_something_away_is_named(here: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    here.add(firms(28, **MIXED))
    here.make("2026-10")
    assert run(capsys, "controle")[0] == 0
    with Session(here.engine) as session, session.begin():
        # At least 16 and 11 of the 28 are of two stages now: at most 1 is of the third.
        stages = update(PublishedCell).where(PublishedCell.table.in_(("maand/fase", "tot_nu/fase")))
        for row, value, status in (("adhoc", 20, "getoond"), ("engaged", 15, "getoond"), ("verder", None, "te_klein")):
            session.execute(stages.where(PublishedCell.row == row).values(value=value, status=status))
    code, _, error = run(capsys, "controle")
    assert code == 1
    assert "2026, werkgroep" in error
    assert "fase verder, 2026-10" in error
    assert "Laat deze cijfers aan niemand meer zien" in error


def test_proof_has_the_figures_of_an_event_as_soon_as_some_of_it_is_released(
    here: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[Sheet] = []

    def noting(sheets: list[Sheet], *rest: Any, **named: Any) -> Outcome:
        looked_at.extend(sheets)
        return audit(sheets, *rest, **named)

    monkeypatch.setattr(verification, "audit", noting)
    event = {"event": "ZEIST-4K7", "channel": "evenement"}
    here.add(
        firms(60, **MIXED), firms(30, start=100, **MIXED, **event), firms(30, NOVEMBER, start=200, **MIXED, **event)
    )
    here.add(firms(7, start=300, **MIXED, **event, site="demo"))  # nothing of this counts
    publish_event(here.engine, here.knowledge, SECRET, "ZEIST-4K7", date(2026, 11, 20))
    shown_only = {**event, "event": "DEMO-2B9"}  # with as many elsewhere as in the demonstration itself
    here.add(firms(20, start=400, **MIXED, **shown_only), firms(20, start=500, **MIXED, **shown_only, site="demo"))
    publish_event(here.engine, here.knowledge, SECRET, "DEMO-2B9", date(2026, 11, 20), demonstration=True)
    assert run(capsys, "controle")[0] == 0
    assert looked_at == []
    for month_id in ("2026-10", "2026-11"):
        here.make(month_id)
        assert run(capsys, "controle")[0] == 0
        assert {sheet.event for sheet in looked_at} == {"", "ZEIST-4K7"}
        looked_at.clear()


def test_database_that_cannot_be_opened(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'nergens' / 'x.db'}")
    code, _, error = run(capsys, "lijst")
    assert code == 1
    assert error == "De gegevens zijn niet te gebruiken: unable to open database file\n"
