"""T8 insider: who knows some firms finds out no more of others than the threshold leaves open."""

from collections import Counter

import pytest

from knowledge.base import Knowledge
from tests.analytics.attacks.attack import solve
from tests.analytics.attacks.conftest import Years
from tests.analytics.attacks.reading import read
from tests.analytics.attacks.records import Record

TRAITS = ("sector", "grootte", "fase", "hulpvraag", "plaats", "aanbod", "kanaal", "site")


def rarest(years: Years, number: int) -> list[Record]:
    """Firms of 2026 that share what they are with the fewest."""
    found = [record for record in years.records if record.month.startswith("2026") and "sector" in record.codes]
    often = Counter((name, record.codes[name]) for record in found for name in TRAITS)
    found.sort(key=lambda record: (sum(often[name, record.codes[name]] for name in TRAITS), record.id))
    return found[:number]


@pytest.mark.parametrize("number", [1, 2])
def test_knowing_a_firm_or_two_finds_no_other(years: Years, knowledge: Knowledge, number: int) -> None:
    paper = read(years.engine, knowledge, ("werkgroep", "publiek"), 2026)
    loot = solve(paper, knowledge, years.records, rarest(years, number))
    assert loot.after > years.in_a_year(60)
    assert loot.recovered == ()
    assert loot.narrow == ()


def test_owner_of_an_initiative_who_knows_its_leads_finds_no_other(years: Years, knowledge: Knowledge) -> None:
    """An owner sees what is for everybody, and knows of a third of the referrals who they were."""
    here = [record for record in years.records if record.month.startswith("2026")]
    often = Counter(initiative for record in here for initiative in record.initiatives)
    own = often.most_common(1)[0][0]
    leads = [record for record in here if own in record.initiatives][::3]
    assert len(leads) > 20
    loot = solve(read(years.engine, knowledge, ("publiek",), 2026), knowledge, years.records, leads)
    assert loot.after > years.in_a_year(60)
    assert loot.recovered == ()
    assert loot.narrow == ()
