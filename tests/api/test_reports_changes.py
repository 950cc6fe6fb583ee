"""What the agenda says of changes: never more than two rounded values allow."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import pytest
from msgspec import structs
from openpyxl import load_workbook

from analytics.disclosure import Interval
from analytics.figures import Figures, Release
from analytics.periods import Month, last_closed
from analytics.periods import month as month_called
from api.reports.agenda import since_last_time, to_check, to_talk
from api.reports.changes import added, changes, coarser_or_finer, previous
from api.reports.contents import MEDIA
from api.reports.meetings import EIGHT_WEEKS, FIRST, started
from api.reports.service import Reports
from api.reports.written import Written, written
from knowledge.base import Knowledge
from knowledge.catalogue import SizeClass, StageId, Theme
from knowledge.matching import CYBER
from tests.analytics.made_releases import release, table
from tests.api.made_reports import LAST, TODAY, engine_in, nothing

FOR_EVERYBODY = {
    "groep": "direct",
    "soort": CYBER,
    "status": "actief",
    "gezien": "2026-11",
    "verwijst": True,
    "regio": ("landelijk",),
    "thema": get_args(Theme),
    "fase": get_args(StageId),
    "grootte": get_args(SizeClass),
}


def month(month_id: str, total: int | None = 60, *, level: str = "zes", **sectors: int | None) -> Release:
    tables = (table("tot_nu/sector", level, sectors),) if sectors else ()
    return release(*tables, totals={"tot_nu": total}, month_id=month_id)


def kept(reports: Mapping[str, str]) -> list[Written]:
    """Reports that were written: the months of their figures, by the first day of their eight weeks."""
    return [
        Written(Path(), date.fromisoformat(day), month_called(month_id), "pdf") for day, month_id in reports.items()
    ]


class TestChanges:
    @pytest.mark.parametrize(
        ("before", "now", "by"),
        [
            (20, 30, Interval(2, 18)),
            (None, 10, Interval(2, 14)),
            (5, 15, Interval(2, 14)),
            (20, 100, Interval(72, 88)),
        ],
    )
    def test_group_that_surely_grew(self, before: int | None, now: int, by: Interval) -> None:
        (change,) = changes(month("2026-08", bouw=before), month("2026-10", bouw=now))
        assert (change.before, change.now, change.by) == (before, now, by)

    @pytest.mark.parametrize(("before", "now"), [(20, 25), (20, 20), (20, 15), (10, 15), (10, None), (None, None)])
    def test_group_that_may_be_as_large_as_before_is_not_told(self, before: int | None, now: int | None) -> None:
        assert changes(month("2026-08", bouw=before), month("2026-10", bouw=now)) == ()

    def test_group_that_is_shown_for_the_first_time_has_at_least_one_more(self) -> None:
        (change,) = changes(month("2026-08", bouw=None), month("2026-10", bouw=5))
        assert change.by == Interval(1, 9)

    def test_bounds_hold_whatever_the_true_counts_are(self) -> None:
        # A published 10 is 6 to 14 records, a published 25 is 21 to 29.
        (change,) = changes(month("2026-08", bouw=10), month("2026-10", bouw=25))
        differences = [now - then for then in range(6, 15) for now in range(21, 30)]
        assert (change.by.low, change.by.high) == (min(differences), max(differences))

    def test_levels_that_differ_are_not_compared(self) -> None:
        before, now = month("2026-08", bouw=20), month("2026-10", level="sectie", bouw=90)
        assert changes(before, now) == ()
        assert coarser_or_finer(before, now) == ("sector",)

    def test_year_that_began_is_not_compared(self) -> None:
        before, now = month("2026-12", 200, bouw=50), month("2027-02", 100, bouw=90)
        assert changes(before, now) == ()
        assert added(before, now) is None

    @pytest.mark.parametrize(("before", "now", "more"), [(60, 83, 23), (None, 83, None), (60, 60, 0)])
    def test_total_is_compared_exactly(self, before: int | None, now: int, more: int | None) -> None:
        assert added(month("2026-08", before), month("2026-10", now)) == more


@pytest.mark.parametrize(
    ("months", "found"),
    [
        (["2026-10"], None),
        (["2026-09", "2026-10"], "2026-09"),
        (["2026-07", "2026-08", "2026-09", "2026-10"], "2026-09"),
        (["2025-11", "2025-12", "2026-01"], "2025-12"),
        (["2026-08", "2026-10"], "2026-08"),
        (["2026-06", "2026-08", "2026-10"], "2026-08"),
    ],
)
def test_without_reports_it_is_what_the_meeting_before_should_have_had(months: list[str], found: str | None) -> None:
    before = previous([month(one) for one in months], ())
    assert (before.release.month.id if before else None) == found
    assert before is None or before.since is None


@pytest.mark.parametrize(
    ("reports", "found"),
    [
        # The release of January came too late for March, so that the report of then was of December.
        ({"2026-01-05": "2025-11", "2026-03-02": "2025-12"}, ("2025-12", "2026-03-02")),
        ({"2026-01-05": "2025-11", "2026-03-02": "2026-01"}, ("2026-01", "2026-03-02")),
        # Eight weeks passed without a report.
        ({"2026-01-05": "2025-11"}, ("2025-11", "2026-01-05")),
        # What was written of this month or a later one is no earlier report.
        ({"2026-01-05": "2025-11", "2026-04-27": "2026-03", "2026-06-22": "2026-05"}, ("2025-11", "2026-01-05")),
        # The same figures twice: what was said last.
        ({"2026-01-05": "2025-12", "2026-03-02": "2025-12"}, ("2025-12", "2026-03-02")),
        # A file of a month that these figures do not know.
        ({"2024-01-08": "2023-11"}, ("2026-02", None)),
    ],
)
def test_last_report_is_the_one_that_was_written(reports: dict[str, str], found: tuple[str, str | None]) -> None:
    months = ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]
    before = previous([month(one) for one in months], kept(reports))
    assert before is not None
    assert (before.release.month.id, before.since.isoformat() if before.since else None) == found


@pytest.mark.parametrize(
    "name",
    [
        "2026-02-30-rapport-2026-01.pdf",
        "2026-13-01-rapport-2026-01.pdf",
        "0000-00-00-rapport-2026-01.xlsx",
        "2026-03-02-rapport-2026-13.pdf",
        "2026-03-02-rapport-2026-00.zip",
        "2026-03-02-rapport-2026-01.docx",
        ".2026-03-02-rapport-2026-01.pdf",
        "rapport-2026-01.pdf",
    ],
)
def test_file_that_is_no_report_is_passed_over(tmp_path: Path, name: str) -> None:
    for one in (name, *(f"2026-03-02-rapport-2026-01.{form}" for form in MEDIA)):
        (tmp_path / one).write_bytes(b"x")
    assert [one.form for one in written(tmp_path)] == list(MEDIA)
    assert {(one.since, one.month) for one in written(tmp_path)} == {(date(2026, 3, 2), Month(2026, 1))}


def test_report_is_compared_with_the_one_of_eight_weeks_before() -> None:
    meetings = [FIRST + number * EIGHT_WEEKS for number in range(60)]
    for before, now in pairwise(meetings):
        months = [Month(2025, 12)]
        while months[-1] < last_closed(now):
            months.append(months[-1].next)
        found = previous([month(one.id) for one in months], ())
        assert found is not None
        assert found.release.month == last_closed(before), now


class TestWords:
    def test_first_report(self, knowledge: Knowledge) -> None:
        assert "nog geen eerdere cijfers" in since_last_time(knowledge, [month("2026-10")], (), TODAY).sentences[0]

    def test_growth_is_told_as_a_range(self, knowledge: Knowledge) -> None:
        panel = since_last_time(knowledge, [month("2026-08", 60, bouw=20), month("2026-10", 83, bouw=45)], (), TODAY)
        assert panel.sentences == (
            "Er is geen eerder rapport bewaard. Daarom vergelijken we met de cijfers tot en met augustus 2026.",
            "Daarna kwamen er 23 gesprekken bij.",
        )
        assert panel.grid is not None
        assert panel.grid.rows == (("Sector", "Bouw", "20", "45", "17 tot 33"),)

    def test_nothing_that_is_sure(self, knowledge: Knowledge) -> None:
        panel = since_last_time(knowledge, [month("2026-08", bouw=20), month("2026-10", bouw=25)], (), TODAY)
        assert panel.grid is None
        assert "zeker te zeggen" in panel.sentences[2]

    def test_nothing_to_compare(self, knowledge: Knowledge) -> None:
        panel = since_last_time(knowledge, [month("2026-08"), month("2026-10")], (), TODAY)
        assert "niets te vergelijken" in panel.sentences[2]

    def test_total_that_was_hidden(self, knowledge: Knowledge) -> None:
        panel = since_last_time(knowledge, [month("2026-08", None), month("2026-10", 60)], (), TODAY)
        assert "minder dan 5" in panel.sentences[1]
        assert "60" not in " ".join(panel.sentences)

    def test_new_year(self, knowledge: Knowledge) -> None:
        panel = since_last_time(knowledge, [month("2026-12"), month("2027-02")], (), TODAY)
        assert "nieuw jaar" in panel.sentences[1]

    def test_report_that_was_written_is_named(self, knowledge: Knowledge) -> None:
        releases = [month("2026-07", 60), month("2026-08", 70), month("2026-10", 83)]
        panel = since_last_time(knowledge, releases, kept({"2026-08-17": "2026-07"}), TODAY)
        assert panel.sentences[:2] == (
            "Het vorige rapport was van de vergadering vanaf 17 augustus 2026. "
            "Daarin staan de cijfers tot en met juli 2026.",
            "Daarna kwamen er 23 gesprekken bij.",
        )

    def test_figures_that_were_reported_before_are_said_to_be(self, knowledge: Knowledge) -> None:
        releases = [month("2026-07", 60), month("2026-08", 70)]
        reports = kept({"2026-06-22": "2026-07", "2026-08-17": "2026-08", "2026-10-12": "2026-08"})
        panel = since_last_time(knowledge, releases, reports, TODAY)
        assert panel.sentences[:3] == (
            "Deze cijfers stonden ook al in het rapport van de vergadering vanaf 17 augustus 2026.",
            "Het rapport daarvoor was van de vergadering vanaf 22 juni 2026. "
            "Daarin staan de cijfers tot en met juli 2026.",
            "Daarna kwamen er 10 gesprekken bij.",
        )
        of_now = since_last_time(knowledge, releases, kept({"2026-06-22": "2026-07", "2026-10-12": "2026-08"}), TODAY)
        assert "stonden ook al" not in " ".join(of_now.sentences)

    def test_other_level_is_named(self, knowledge: Knowledge) -> None:
        panel = since_last_time(
            knowledge, [month("2026-08", bouw=20), month("2026-10", level="sectie", bouw=90)], (), TODAY
        )
        assert panel.notes == ("Niet te vergelijken, want nu fijner of grover te zien: sector.",)


class TestInitiatives:
    def test_one_that_ends_soon_and_was_not_seen_for_long(self, knowledge: Knowledge) -> None:
        grid = to_check(knowledge, TODAY).grid
        assert grid is not None
        reasons = {row[0]: row[2] for row in grid.rows}
        assert reasons["U-Tech Community"] == "Stopt op 31 december 2026; laatste teken van leven: mei 2024"
        assert "KVK" not in reasons

    def test_one_that_ended_is_not_there(self, knowledge: Knowledge) -> None:
        grid = to_check(knowledge, date(2027, 1, 1)).grid
        assert grid is not None
        assert "U-Tech Community" not in {row[0] for row in grid.rows}

    def test_whom_to_talk_to_does_not_repeat_what_is_to_be_checked(self, knowledge: Knowledge) -> None:
        grid = to_talk(knowledge, [month("2026-10")], TODAY).grid
        assert grid is not None
        assert grid.rows
        assert not any("of het er nog is" in about for _, about in grid.rows)

    def test_offer_without_gaps_that_was_just_seen_leaves_nothing_to_do(
        self, knowledge: Knowledge, tmp_path: Path
    ) -> None:
        everything = structs.replace(knowledge.catalogue[0], **FOR_EVERYBODY)
        edition = replace(knowledge.editions.current(), catalogue=(everything,))
        complete = replace(knowledge, editions=SimpleNamespace(current=lambda: edition))
        assert to_check(complete, TODAY).sentences == ("Alle initiatieven zijn bij de tijd.",)
        assert to_talk(complete, [month("2026-10")], TODAY).sentences == ("Er zijn geen gaten in het aanbod.",)
        engine = engine_in(tmp_path)
        nothing(engine, complete)
        content = Reports(engine, complete, Figures(engine, complete), tmp_path).make(LAST, "xlsx", TODAY)
        engine.dispose()
        told = [cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet.values for cell in row]
        assert told.count("Hier is voor elk bedrijf een initiatief dat past.") == 2  # the province and the Gooi


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 1, 5), date(2026, 1, 5)),
        (date(2026, 3, 1), date(2026, 1, 5)),
        (date(2026, 3, 2), date(2026, 3, 2)),
        (TODAY, date(2026, 10, 12)),
        (date(2025, 12, 31), date(2025, 11, 10)),
    ],
)
def test_eight_weeks_begin_on_a_fixed_monday(day: date, first: date) -> None:
    assert started(day) == first
    assert first.isoweekday() == 1
