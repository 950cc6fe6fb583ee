"""T1 for leads: what came of them, how many did not take a step, and what is between two tables."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pytest
from sqlalchemy import delete

from analytics.database import migrate, open_database
from analytics.models import Referral, ReferredInitiative, Stopped
from analytics.releases import Releases
from analytics.synthetic import fill
from knowledge.base import Knowledge
from tests.analytics.attacks.attack import NARROWEST, agrees, naive, targets
from tests.analytics.attacks.conftest import SECRET, Years
from tests.analytics.attacks.intervals import EXACT, Solver
from tests.analytics.attacks.leads import LeadReader
from tests.analytics.attacks.reading import Paper, read
from tests.analytics.attacks.records import Record, records

READERS = {"working group": ("werkgroep", "publiek"), "public": ("publiek",)}
FIRST_YEAR = 2025


def find(paper: Paper, knowledge: Knowledge, truth_of: Sequence[Record]) -> tuple[int, list[str]]:
    """How many counts below the threshold there were to find, and which were narrowed to fewer than four values."""
    reader = LeadReader(paper, knowledge)
    truth = reader.counted(truth_of)
    agrees(reader, truth)
    every = [*targets(reader), *(((number,), what) for number, what in reader.described.items())]
    threshold = min(seen.threshold for seen in reader.cells)
    wanted = [(np.array(place), what) for place, what in every if 0 < truth[np.array(place)].sum() < threshold]
    unknowns = [place for place, _ in wanted]
    low, high = Solver(reader).intervals(unknowns, np.full(len(wanted), float(NARROWEST)))
    narrow = np.flatnonzero(high - low < NARROWEST - EXACT)
    return len(wanted), [f"{wanted[at][1]}: {low[at]:.2f} to {high[at]:.2f}" for at in narrow]


@pytest.mark.parametrize("reader", READERS)
def test_of_few_leads_nothing_is_found(years: Years, knowledge: Knowledge, reader: str) -> None:
    """About 60 leads in the year."""
    paper = read(years.engine, knowledge, READERS[reader], years.which[0])
    after, narrow = find(paper, knowledge, years.records)
    assert after > 10
    assert narrow == []


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Iterator[Years]:
    """A year with so many leads that every table of them is published."""
    url = f"sqlite:///{tmp_path_factory.mktemp('leads') / 'x.db'}"
    migrate(url)
    engine = open_database(url)
    fill(engine, knowledge, seed=8, records=1500, first=date(2025, 1, 6), last=date(2025, 12, 28))
    with engine.begin() as connection:  # what conversations tell is attacked elsewhere, and takes long
        for table in (ReferredInitiative, Referral, Stopped):
            connection.execute(delete(table))
    Releases(engine, knowledge, lambda *, make: SECRET).make(None, date(2026, 1, 20))
    yield Years(url, engine, records(engine, knowledge), ())
    engine.dispose()


@pytest.mark.parametrize("reader", READERS)
def test_of_many_leads_nothing_is_found(busy: Years, knowledge: Knowledge, reader: str) -> None:
    paper = read(busy.engine, knowledge, READERS[reader], FIRST_YEAR)
    after, narrow = find(paper, knowledge, busy.records)
    assert after > 30
    assert narrow == []


def test_with_exact_numbers_who_did_not_take_a_step_is_found(busy: Years, knowledge: Knowledge) -> None:
    """The negative control: the same tables as they are commonly made, exact and only what is below 5 left out."""
    paper = naive(read(busy.engine, knowledge, READERS["working group"], FIRST_YEAR), busy.records)
    _, narrow = find(paper, knowledge, busy.records)
    assert len(narrow) > 10
