"""Published tables as the audit takes them."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from analytics.at_events import AtEvent
from analytics.dimensions import FITS, NOTHING_FITS, dimensions
from analytics.disclosure import FOR_STAFF
from analytics.drafts import Draft
from analytics.linear import Key, Sheet
from analytics.menu import INITIATIVES, PUBLIC, QUARTER, STAFF
from analytics.published import Reader
from analytics.thresholds import DEFAULT
from knowledge.base import Knowledge
from knowledge.intake import OPEN, OUTSIDE_REGION
from tests.analytics.desk import Desk
from tests.analytics.test_drafts import DECEMBER, scope, tally
from tests.api.released import publish

NAMES = ("plaats", "aanbod")
TABLE = "kwartaal/plaats*aanbod"
INSIDE: dict[Key, int | None] = {("provincie", FITS): 20, ("provincie", NOTHING_FITS): 10}


def drafted(knowledge: Knowledge, values: dict[Key, int | None]) -> Sheet:
    known = dimensions(knowledge, DECEMBER.last_day)
    levels = (known["plaats"].levels[-1], known["aanbod"].levels[0])
    return Reader(knowledge, {}).draft(
        Draft(TABLE, scope(QUARTER), NAMES, levels, values),
        known,
        audience=STAFF,
        month=DECEMBER,
        thresholds=DEFAULT,
        beside=None,
    )


def released(desk: Desk, *audiences: str, values: dict[Key, int | None]) -> Sheet:
    for audience in audiences:
        publish(
            desk.engine,
            audience,
            DECEMBER.id,
            totals={QUARTER: 60},
            tables={TABLE: values},
            levels={TABLE: ["regio", "aanbod"]},
        )
    with Session(desk.engine) as session:
        (sheet,) = Reader(desk.knowledge, {}).releases(session, DECEMBER.year, STAFF)
    return sheet


class TestPlaceByOffer:
    def test_row_that_it_does_not_have_is_told_to_the_proof(self, desk: Desk) -> None:
        assert drafted(desk.knowledge, INSIDE).left_out == OPEN
        assert released(desk, STAFF, values=INSIDE).left_out == OPEN

    def test_row_of_an_earlier_table_is_as_it_was_published(self, desk: Desk) -> None:
        before: dict[Key, int | None] = {**INSIDE, (OPEN, NOTHING_FITS): None}
        assert drafted(desk.knowledge, before).left_out is None
        assert released(desk, STAFF, values=before).left_out is None

    def test_what_everybody_knows_of_outside_the_region_is_not_hidden(self, desk: Desk) -> None:
        outside: dict[Key, int | None] = {(OUTSIDE_REGION, NOTHING_FITS): 5}
        assert drafted(desk.knowledge, {**INSIDE, **outside, (OUTSIDE_REGION, FITS): None}).values == INSIDE | outside


def test_staff_have_what_everybody_has_too(desk: Desk) -> None:
    assert released(desk, STAFF, PUBLIC, values=INSIDE).beside == INSIDE


@pytest.mark.parametrize(("records", "hidden"), [(4, True), (5, False)])
def test_initiative_that_is_not_named_has_few_or_nearly_all(
    knowledge: Knowledge, records: int, *, hidden: bool
) -> None:
    """Of one with nearly all firms a reader knows nothing."""
    tallies = {"2026-10": tally(5, initiatief={"a": 5, "b": records}), "2026-11": tally(20, initiatief={"b": 10})}
    sheets = [
        Sheet("werkgroep/x", month, (INITIATIVES,), frozenset({month}), ({code: code},), {(code, ""): 5}, FOR_STAFF)
        for month, code in (("2026-10", "a"), ("2026-11", "b"))
    ]
    first, second = Reader(knowledge, tallies).with_unnamed(sheets)
    assert first.values == {("a", ""): 5, **({("b", ""): None} if hidden else {})}
    assert second.values == {("b", ""): 5, ("a", ""): None}


@pytest.mark.parametrize(("records", "read"), [(12, True), (13, False)])
def test_figures_of_an_event_that_has_other_records_now_tell_nothing_of_these(
    desk: Desk, records: int, *, read: bool
) -> None:
    stages = {"adhoc": 5, "engaged": 5, "verder": None}
    publish(desk.engine, "evenement", "ZEIST-1", totals={}, tables={"totaal": {"": 12}, "fase": stages})
    reader = Reader(desk.knowledge, {}, [AtEvent("ZEIST-1", {DECEMBER.id: records}, tally(records))])
    with Session(desk.engine) as session:
        found = [sheet.id for sheet in reader.events(session, date(2026, 12, 31))]
    assert found == (["fase"] if read else [])
