"""Every number on every page of figures was published, or is the exact total of this year."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from analytics import coverage, metric_values
from analytics.counting import live_total
from analytics.disclosure import FOR_STAFF, percentage
from analytics.figures import Release, Table
from analytics.outcomes import LEAD_TIMES
from api.dashboard import goal, offer, words
from api.dashboard.live import reached
from tests.api.dashboard import PATHS, TODAY, Board, drawings, numbers

AMOUNTS = {
    3: (date(2026, 10, 1), date(2026, 10, 25)),
    60: (date(2026, 8, 1), date(2026, 11, 22)),
    250: (date(2026, 7, 1), date(2026, 10, 25)),
    10_000: (date(2026, 9, 7), date(2026, 9, 27)),
}
Filled = tuple[Board, tuple[Release, ...]]
COVERAGES = (coverage.by_sector, coverage.by_size, coverage.by_sector_and_size)
STEP = 5  # what published values are rounded to


@pytest.fixture(scope="module", params=AMOUNTS)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """The pages with so many made-up records."""
    board = Board(tmp_path_factory.mktemp("numbers"))
    first, last = AMOUNTS[request.param]
    yield board, board.fill(request.param, first, last)
    board.close()


@pytest.fixture(scope="module")
def said_anyway(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The numbers of a product without records: of rules, goals, the offer and the explanation."""
    board = Board(tmp_path_factory.mktemp("empty"))
    found = {number for path in PATHS for number in numbers(board.page(path), names(board, ()))}
    board.close()
    return found


def names(board: Board, releases: tuple[Release, ...]) -> set[str]:
    """Names, periods and days that have a number in them."""
    texts = board.parts.knowledge.texts
    tables = [table for release in releases for table in release.tables.values()]
    titles = {title for table in tables for title in (*table.rows.values(), *table.columns.values())}
    titles |= set(LEAD_TIMES.values()) | {"binnen 2 werkdagen", "na 30 dagen"}
    catalogue = board.parts.knowledge.catalogue
    months = {f"{month} {year}" for month in texts.maanden for year in range(2018, 2028)}
    days = {texts.day(date.fromordinal(TODAY.toordinal() + after)) for after in range(-400, 60)}
    groups = {"2 tot en met 9", "10 tot en met 49", "50 of meer"}
    return titles | {initiative.naam for initiative in catalogue} | months | days | groups


def published(board: Board, releases: tuple[Release, ...]) -> set[str]:
    """Every number that a page may have: of a released cell, a total, or a metric of those."""
    found = set[str]()
    for release in releases:
        totals = [*release.totals.values(), *release.stopped.values()]
        found |= {words.shown(release, value) for value in totals} | {words.number(value or 0) for value in totals}
        for table in release.tables.values():
            found |= set(of_table(release, table))
        for scope in release.totals:
            found |= set(of_metrics(board, release, scope)) | set(of_leads(release, scope))
    year = goal.this_year(TODAY)
    live = reached(board.parts.engine, board.parts.knowledge.sites, releases, year, FOR_STAFF)
    bars = goal.bars(live, TODAY, None, board.parts.knowledge, FOR_STAFF)
    found |= numbers(" ".join((*goal.headline(live, TODAY, FOR_STAFF), *(bar.sentence for bar in bars))))
    ends = [date.fromisocalendar(year, week, 7) for week in range(1, 53)]
    found |= {words.number(metric_values.pace(None, end, goal.cbs()).expected) for end in ends}
    return found


def of_table(release: Release, table: Table) -> Iterator[str]:
    whole = release.totals.get(table.scope) if "gestopt" not in table.dimensions else release.stopped.get(table.scope)
    for cell in table.cells:
        assert cell.value is None or cell.value % STEP == 0
        yield words.shown(release, cell.value)
        yield words.percents(percentage(cell.value, whole))


def of_metrics(board: Board, release: Release, scope: str) -> Iterator[str]:
    knowledge, today = board.parts.knowledge, TODAY
    lines = [
        *metric_values.funnel(release, scope, knowledge.intake.vragen[0].id),
        metric_values.gooi(release, scope, knowledge.municipalities),
        metric_values.alone(release, scope),
        metric_values.without_offer(release, scope),
        metric_values.referrals(release, scope),
        *(line.mentions for line in metric_values.initiatives(release, scope, knowledge.catalogue, today)),
    ]
    for line in lines:
        yield words.figure(release, line).removeprefix("minstens ")
        yield words.percents(line.percent)
    beside = [make(release, scope, knowledge, goal.cbs()) for make in COVERAGES]
    for groups in (found.groups for found in beside if found):
        reached, firms = sum(group.reached or 0 for group in groups), sum(group.population for group in groups)
        for group in groups:
            yield from map(words.number, (group.population, group.reached or 0, group.lowest, group.highest))
            least, most = 1000 * group.lowest // group.population, -(-1000 * group.highest // group.population)
            yield from map(words.number, (least, most))
            yield words.per_thousand(group.per_thousand)
            yield from (f"{bound:.1f}".replace(".", ",") for bound in group.ratio)
            yield words.percents(percentage(group.reached, reached))
            yield words.percents(percentage(group.population, firms))
    target = coverage.target_group(release, scope, knowledge, goal.cbs())
    if target:
        yield from map(words.number, (target.lowest, target.highest))
        yield from (
            words.percents(percentage(bound, target.size) or least)
            for least in (0, 1)
            for bound in (target.lowest, target.highest)
        )
        yield from map(words.number, (target.lowest_per_thousand, target.highest_per_thousand))
    for dimension in ("plaats", "hulpvraag"):
        for line in offer.unmet(release, scope, dimension):  # type: ignore[arg-type]
            yield words.percents(line.percent)


def of_leads(release: Release, scope: str) -> Iterator[str]:
    lines = [
        metric_values.in_contact(release, scope),
        *metric_values.ends(release, scope),
        *metric_values.lead_times(release, scope),
        *metric_values.experiences(release, scope),
    ]
    for line in lines:
        yield words.percents(line.percent)


def test_every_number_was_published(filled: Filled, said_anyway: set[str]) -> None:
    board, releases = filled
    allowed = published(board, releases) | said_anyway
    without = names(board, releases)
    for month in (release.month.id for release in releases):
        for over in ("jaar", "kwartaal", "maand"):
            for path in PATHS:
                found = numbers(board.page(path, maand=month, over=over), without)
                assert found <= allowed, (path, month, over)


def test_total_of_today_is_exact_from_five(filled: Filled) -> None:
    board, releases = filled
    year = goal.this_year(TODAY)
    exact = live_total(board.parts.engine, board.parts.knowledge.sites, year)
    found = reached(board.parts.engine, board.parts.knowledge.sites, releases, year, FOR_STAFF)
    assert found == (exact if exact >= 5 else None)


def test_charts_have_no_number_that_their_table_lacks(filled: Filled) -> None:
    board, releases = filled
    for path in ("/bereik", "/uitkomsten"):
        page = board.page(path)
        in_tables = numbers(re.sub("<img[^>]*>|<p.*?</p>", "", page), names(board, releases))
        for drawing in drawings(page):
            written = set(re.findall(r"<text[^>]*>(&lt;)?([\d.]+)</text>", drawing))
            assert {number for _, number in written} <= {number.lstrip("<") for number in in_tables}
