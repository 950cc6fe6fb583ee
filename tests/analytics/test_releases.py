"""Releases: in the order of the months, each made once of what nobody counted before, and never changed."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from analytics import published
from analytics.database import migrate, open_database
from analytics.dimensions import dimensions
from analytics.disclosure import Rules, possible
from analytics.figures import Release
from analytics.models import Publication, Referral
from analytics.releases import Refused
from analytics.true_counts import TrueCounts
from analytics.verification import verify
from knowledge.base import Knowledge
from knowledge.catalogue_folder import Edition
from tests.analytics.desk import DECEMBER, MIXED, NOVEMBER, OCTOBER, STAGES, Desk, firms, stops

CAMPUS, WORKPLACE = "mkb-cyber-campus-utrecht", "digitale-mkb-werkplaats-utrecht"
HILVERSUM, WIJDEMEREN = "GM0402", "GM1696"


def mixed(number: int, week: str, start: int, **columns: Any) -> list[Referral]:
    return firms(number, week, start=start, **{**MIXED, **columns})


def quarter() -> list[Any]:
    """60 firms in three months."""
    return [*mixed(20, OCTOBER, 0), *mixed(22, NOVEMBER, 100), *mixed(18, DECEMBER, 200)]


def values(release: Release, table: str) -> dict[str, int | None]:
    return {cell.row: cell.value for cell in release.tables[table].cells}


class TestNumbers:
    """What is published is what there is."""

    def test_month_counted_by_hand(self, desk: Desk) -> None:
        stages = ("adhoc", "adhoc", "engaged", "engaged", "verder")
        desk.add(
            firms(25, stage=stages, initiatives=[WORKPLACE]), firms(25, start=25, stage=stages, initiatives=[CAMPUS])
        )
        desk.add(stops(8), stops(5, "2026-W42", question="personen"))
        assert desk.make("2026-10") == ["2026-10"]
        release = desk.staff()
        # Multiples of five stay as they are.
        assert values(release, "maand/fase") == {"adhoc": 20, "engaged": 20, "verder": 10}
        assert values(release, "maand/initiatief") == {WORKPLACE: 25, CAMPUS: 25}
        assert release.totals == {"maand": 50, "tot_nu": 50}
        assert release.stopped == {"maand": 13, "tot_nu": 13}
        assert release.tables["maand/gestopt"].value("personen") == 5
        assert (release.made_on, release.threshold, release.synthetic) == (date(2028, 6, 1), 5, False)

    def test_everybody_gets_no_months_and_counts_from_ten(self, desk: Desk) -> None:
        desk.add(
            firms(50, stage=("adhoc", "adhoc", "engaged", "engaged", "verder")), firms(5, start=60, stage="verder")
        )
        desk.make("2026-10")
        public = desk.public()
        assert public.totals == {"tot_nu": 55}
        assert {name.partition("/")[0] for name in public.tables} == {"tot_nu"}
        assert values(public, "tot_nu/fase") == {"adhoc": 20, "engaged": 20, "verder": 15}
        assert public.threshold == 10

    def test_quarter_is_the_sum_of_its_months(self, desk: Desk) -> None:
        desk.add(quarter())
        assert desk.make("2026-12") == ["2026-10", "2026-11", "2026-12"]
        release = desk.staff("2026-12")
        assert release.totals == {"maand": 18, "kwartaal": 60, "jaar": 60, "tot_nu": 60}
        assert [desk.staff(one).totals["maand"] for one in ("2026-10", "2026-11")] == [20, 22]
        assert values(release, "kwartaal/fase") == values(release, "jaar/fase")
        crossed = {name for name in release.tables if "*" in name}
        assert "kwartaal/fase*sector" in crossed
        assert not any(name.startswith(("maand", "tot_nu")) for name in crossed)

    @pytest.mark.parametrize("audience", ["staff", "public"])
    def test_every_value_is_one_that_the_records_can_have(self, desk: Desk, audience: str) -> None:
        records = quarter()
        truth = {(one.stage, one.sbi2008): 0 for one in records}
        for one in records:
            truth[one.stage, one.sbi2008] += 1
        desk.add(records)
        desk.make("2026-12")
        release = getattr(desk, audience)("2026-12")
        for name, table in release.tables.items():
            assert any(cell.value is not None for cell in table.cells), name
        found = release.tables["jaar/fase"]
        for cell in found.cells:
            seen = possible(Rules(release.threshold), cell.value)
            assert seen.low <= sum(n for (stage, _), n in truth.items() if stage == cell.row) <= seen.high

    def test_demo_never_counts(self, desk: Desk) -> None:
        desk.add(mixed(20, OCTOBER, 0), mixed(500, OCTOBER, 1000, site="demo"), stops(50, site="demo"))
        desk.make("2026-10")
        assert desk.staff().totals["maand"] == 20
        assert desk.staff().stopped["maand"] is None
        assert desk.staff().decisions["telt_niet"] == ["demo"]

    def test_synthetic_is_marked_for_the_rest_of_its_year(self, desk: Desk) -> None:
        desk.add(
            mixed(20, OCTOBER, 0), mixed(1, NOVEMBER, 100, scoring_version="synthetisch"), mixed(9, "2027-W02", 200)
        )
        desk.make("2027-01")
        marks = {
            one: (desk.staff(one).synthetic, desk.public(one).synthetic)
            for one in ("2026-10", "2026-11", "2026-12", "2027-01")
        }
        assert marks == {
            "2026-10": (False,) * 2,
            "2026-11": (True,) * 2,
            "2026-12": (True,) * 2,
            "2027-01": (False,) * 2,
        }


class TestFew:
    """What there is to see when few came."""

    def test_nobody(self, desk: Desk) -> None:
        assert desk.make("2026-10") == ["2026-10"]
        for release, totals in ((desk.staff(), {"maand": None, "tot_nu": None}), (desk.public(), {"tot_nu": None})):
            assert release.totals == release.stopped == totals
            assert release.tables == {}

    @pytest.mark.parametrize("number", [1, 4])
    def test_few_look_the_same_as_nobody(self, desk: Desk, tmp_path: Path, number: int) -> None:
        desk.make("2026-10")
        nobody = [row[3:] for row in desk.stored()]
        url = f"sqlite:///{tmp_path / 'few.db'}"
        migrate(url)
        other = Desk(open_database(url), desk.knowledge)
        other.add(firms(number), stops(number))
        other.make("2026-10")
        assert [row[3:] for row in other.stored()] == nobody
        other.engine.dispose()

    def test_month_with_nine_has_a_total_only(self, desk: Desk) -> None:
        desk.add(firms(9, stage=("adhoc", "verder")))
        desk.make("2026-10")
        assert desk.staff().totals["maand"] == 9
        assert desk.staff().tables == {}

    def test_sparse_months_show_together_what_they_do_not_alone(self, desk: Desk) -> None:
        desk.add(mixed(9, OCTOBER, 0), mixed(9, NOVEMBER, 100), mixed(9, DECEMBER, 200))
        desk.make("2026-12")
        release = desk.staff("2026-12")
        assert "kwartaal/fase" in release.tables
        assert not [name for name in release.tables if name.startswith("maand/")]

    def test_year_of_one_sector(self, desk: Desk) -> None:
        for week in (12, 24, 36, 48):
            desk.add(firms(36, f"2026-W{week}", start=100 * week, stage=("adhoc", "engaged"), sbi2008="I"))
        desk.make("2026-12")
        release = desk.staff("2026-12")
        assert release.totals["jaar"] == 144
        # A table of one sector says no more than the total; how far these firms are is told.
        assert {"jaar/fase", "jaar/sector", "jaar/plaats"} & set(release.tables) == {"jaar/fase"}
        assert release.decisions["vervallen"]["jaar/sector"] == "te_weinig"

    @pytest.mark.parametrize("of_firms", [False, True])
    def test_as_much_is_left_open_to_who_is_one_of_the_firms(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch, *, of_firms: bool
    ) -> None:
        """Beside the same quarter for strangers only, of which who is in healthcare in December knows too much."""
        chance, start = random.Random(6), 0
        for week in (OCTOBER, NOVEMBER, DECEMBER):
            number = chance.randint(14, 24)
            for one in range(start, start + number):
                stage, sector = chance.choice(STAGES[:2]), chance.choices("FGQI", (8, 8, 6, 2))[0]
                desk.add(firms(1, week, start=one, stage=stage, sbi2008=sector, question="klanten"))
            start += number
        with monkeypatch.context() as strangers:
            if not of_firms:
                strangers.setattr(published, "TrueCounts", lambda *_: TrueCounts())
            desk.make("2026-12")
        narrow = [one.outcome.narrow for one in verify(desk.engine, desk.knowledge)]
        assert (narrow == [None, None]) == of_firms
        # Figures of an older version are held to what was promised when they were made.
        with Session(desk.engine) as session, session.begin():
            release = session.get(Publication, "werkgroep/2026-11")
            assert release
            proof = {name: found for name, found in release.decisions["controle"].items() if name != "deelnemers"}
            release.decisions = {**release.decisions, "controle": proof}
        assert [one.outcome.narrow for one in verify(desk.engine, desk.knowledge)] == [None, None]

    def test_sixty_in_a_quarter_already_say_something_of_sectors(self, desk: Desk) -> None:
        desk.add(quarter())
        desk.make("2026-12")
        release = desk.staff("2026-12")
        assert release.tables["kwartaal/sector"].levels == ("zes",)
        assert {"bouw", "handel", "zorg"} <= {row for row, value in values(release, "kwartaal/sector").items() if value}


class TestOrder:
    """Months come one after the other, and stay."""

    def test_earlier_months_are_made_first(self, desk: Desk) -> None:
        desk.add(mixed(20, "2026-W10", 0), mixed(20, OCTOBER, 100))
        assert desk.make("2026-10")[0] == "2026-03"
        assert [one for one in desk.ids() if one.startswith("werkgroep")] == [
            f"werkgroep/2026-{one:02}" for one in range(3, 11)
        ]
        assert {one.replace("werkgroep", "publiek") for one in desk.ids()} == {
            one for one in desk.ids() if "publiek" in one
        }

    def test_again_changes_nothing(self, desk: Desk) -> None:
        desk.add(quarter())
        desk.make("2026-11")
        before = desk.stored()
        assert desk.make("2026-11") == desk.make("2026-10") == []
        assert desk.stored() == before

    def test_last_month_that_is_over_when_none_is_named(self, desk: Desk) -> None:
        desk.add(quarter())
        assert desk.make(None, date(2026, 11, 26)) == ["2026-10"]
        assert desk.make(None, date(2026, 11, 29)) == []  # a Sunday: the last day of its last week
        assert desk.make(None, date(2026, 11, 30)) == ["2026-11"]

    def test_month_that_is_not_over(self, desk: Desk) -> None:
        desk.add(quarter())
        with pytest.raises(Refused, match=r"2026-11 is nog niet voorbij: de laatste week is 2026-W48"):
            desk.make("2026-11", date(2026, 11, 26))
        assert desk.is_untouched()

    def test_month_before_the_first_one(self, desk: Desk) -> None:
        desk.add(quarter())
        desk.make("2026-10")
        with pytest.raises(Refused, match=r"2026-08 zijn er niet, en kunnen niet meer: 2026-10 is al gemaakt"):
            desk.make("2026-08")

    def test_late_record_counts_in_the_next_month(self, desk: Desk) -> None:
        desk.add(mixed(20, OCTOBER, 0))
        desk.make("2026-10")
        before = desk.stored("2026-10")
        desk.add(firms(3, OCTOBER, start=300), mixed(12, NOVEMBER, 100))
        desk.make("2026-11")
        assert desk.stored("2026-10") == before
        assert desk.staff("2026-11").totals == {"maand": 15, "tot_nu": 35}
        assert desk.periods()["record-300"] == "2026-11"

    def test_result_that_is_refined_after_its_release_stays_where_it_was_counted(self, desk: Desk) -> None:
        desk.add(quarter())
        desk.make("2026-10")
        before = desk.stored()
        with Session(desk.engine) as session, session.begin():
            session.merge(Referral(id="record-000", week=DECEMBER, stage="verder"))
        assert desk.stored() == before
        assert desk.periods()["record-000"] == "2026-10"
        desk.make("2026-11")
        assert desk.staff("2026-11").totals == {"maand": 22, "tot_nu": 42}

    def test_weeks_around_new_year(self, desk: Desk) -> None:
        desk.add(mixed(20, "2026-W52", 0), mixed(20, "2026-W53", 100), mixed(20, "2027-W01", 200))
        with pytest.raises(Refused, match="2026-W53"):
            desk.make("2026-12", date(2027, 1, 3))
        assert desk.make(None, date(2027, 1, 4)) == ["2026-12"]
        assert desk.make("2027-01") == ["2027-01"]
        assert desk.staff("2026-12").totals == {"maand": 40, "kwartaal": 40, "jaar": 40, "tot_nu": 40}
        assert desk.staff("2027-01").totals == {"maand": 20, "tot_nu": 20}

    def test_order_of_arrival_changes_nothing(self, tmp_path: Path, knowledge: Knowledge) -> None:
        stored = []
        for number in range(2):
            url = f"sqlite:///{tmp_path / f'{number}.db'}"
            migrate(url)
            desk = Desk(open_database(url), knowledge)
            records = quarter()
            random.Random(number).shuffle(records)
            desk.add(records)
            desk.make("2026-12")
            stored.append(desk.stored())
            desk.engine.dispose()
        assert stored[0] == stored[1]


class TestNames:
    """What ended or is gone."""

    def test_municipality_that_ended(self, desk: Desk) -> None:
        for week, start in ((DECEMBER, 0), ("2027-W02", 2000)):
            desk.add(firms(500, week, start=start, municipality=WIJDEMEREN, stage=("adhoc", "verder")))
            desk.add(firms(500, week, start=start + 1000, municipality="GM0344", stage=("adhoc", "verder")))
            desk.add(firms(500, week, start=start + 5000, municipality=HILVERSUM, stage=("adhoc", "verder")))
        desk.make("2027-01")
        before, after = (values(desk.staff(one), "maand/plaats") for one in ("2026-12", "2027-01"))
        assert [before[code] for code in (WIJDEMEREN, HILVERSUM, "GM0344")] == [500, 500, 500]
        assert WIJDEMEREN not in after
        assert [after[code] for code in (HILVERSUM, "GM0344")] == [1000, 500]

    def test_name_of_a_municipality_that_ended_is_still_read(self, desk: Desk) -> None:
        desk.add(firms(1000, DECEMBER, municipality=(WIJDEMEREN, "GM0344")))
        desk.make("2026-12")
        table = desk.staff("2026-12").tables["jaar/plaats"]
        assert table.levels == ("gemeente",)
        assert table.rows[WIJDEMEREN] == "Wijdemeren"

    def test_initiative_that_vanished(self, desk: Desk) -> None:
        desk.add(firms(20, initiatives=[WORKPLACE]), firms(20, start=20, initiatives=[CAMPUS]))
        desk.make("2026-10")
        name = desk.staff().tables["maand/initiatief"].rows[CAMPUS]
        left = tuple(one for one in desk.knowledge.catalogue if one.id != CAMPUS)
        assert len(left) == len(desk.knowledge.catalogue) - 1
        without = Desk(desk.engine, replace(desk.knowledge, editions=Edition(left, "1")))
        assert without.staff().tables["maand/initiatief"].rows[CAMPUS] == name
        without.add(
            firms(20, NOVEMBER, start=50, initiatives=[CAMPUS]), firms(20, NOVEMBER, start=80, initiatives=[WORKPLACE])
        )
        without.make("2026-11")
        table = without.staff("2026-11").tables["maand/initiatief"]
        assert (table.value(CAMPUS), table.rows[CAMPUS]) == (20, CAMPUS)

    def test_website_whose_file_is_gone(self, desk: Desk) -> None:
        desk.add(firms(40, site=("utrecht", "veenendaal"), stage=("adhoc", "engaged", "verder")))
        desk.make("2026-10")
        sites = {name: site for name, site in desk.knowledge.sites.items() if name != "veenendaal"}
        without = Desk(desk.engine, replace(desk.knowledge, sites=sites))
        name = desk.knowledge.sites["veenendaal"].naam
        assert without.staff().tables["maand/site"].rows["veenendaal"] == name
        without.add(firms(40, NOVEMBER, start=50, site=("utrecht", "veenendaal"), stage=("adhoc", "engaged", "verder")))
        without.make("2026-11")
        assert values(without.staff("2026-11"), "maand/site")["overig"] == 20

    def test_nothing_tells_why_a_table_is_not_there(self, desk: Desk) -> None:
        desk.add(firms(60))
        desk.make("2026-10")
        release = desk.staff()
        assert release.tables == {}
        assert set(release.decisions["vervallen"]) >= {f"maand/{name}" for name in dimensions(desk.knowledge)}
        assert {(row[3], row[7]) for row in desk.stored() if row[0] == "werkgroep/2026-10"} == {
            ("maand/totaal", "getoond"),
            ("maand/totaal", "te_klein"),
            ("tot_nu/totaal", "getoond"),
            ("tot_nu/totaal", "te_klein"),
        }
