"""Matching against the agreed rules as agreed.py works them out on its own: for every firm, and on any day."""

from datetime import date, timedelta
from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.base import Knowledge
from knowledge.catalogue import Catalogue
from knowledge.matching import Profile, Referral, refer
from tests.knowledge.agreed import (
    INITIATIVES,
    PLACES,
    QUESTIONS,
    SIZES,
    STAGES,
    can_go,
    expected,
    helps_with,
    valid_code,
)
from tests.knowledge.fixed import with_agreed_initiatives

DAYS = [date(2026, 11, 23), date(2026, 12, 31), date(2027, 1, 1)]
BY_ID = {initiative["id"]: initiative for initiative in INITIATIVES}
VANGNET = {initiative["id"] for initiative in INITIATIVES if initiative["groep"] == "vangnet"}
ENDED = {initiative["id"] for initiative in INITIATIVES if initiative["status"] != "actief"}

FIRM = st.tuples(*(st.sampled_from(values) for values in (SIZES, PLACES, QUESTIONS, STAGES)), st.booleans())
DAY = st.dates(date(2026, 1, 1), date(2028, 12, 31)) | st.sampled_from(DAYS)


@pytest.fixture(scope="module")
def knowledge(knowledge: Knowledge) -> Knowledge:
    """What was agreed holds for the initiatives of the agreement: a region may add others."""
    return with_agreed_initiatives(knowledge)


def referral(knowledge: Knowledge, firm, on: date, catalogue: Catalogue | None = None) -> Referral:
    size, place, question, stage, flag = firm
    profile = Profile(size=size, municipality=place, question=question, stage=stage, safety_flag=flag)
    return refer(profile, catalogue or knowledge.catalogue, knowledge.municipalities, on)


def shown(found: Referral) -> list[str]:
    return [matched.initiative.id for matched in found.shown]


def as_agreed(knowledge: Knowledge, firm, on: date) -> bool:
    found = referral(knowledge, firm, on)
    size, place, question, stage, flag = firm
    return {
        "shown": shown(found),
        "fallback": found.fallback.initiative.id,
        "nothing_fits": found.nothing_fits,
    } == expected(size=size, place=place, question=question, stage=stage, flag=flag, today=on)


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_every_firm_gets_what_was_agreed(knowledge, on):
    firms = product(SIZES, PLACES, QUESTIONS, STAGES, (False, True))
    assert [firm for firm in firms if not as_agreed(knowledge, firm, on)] == []


@given(firm=FIRM, on=DAY)
def test_what_was_agreed_holds_on_any_day(knowledge, firm, on):
    assert as_agreed(knowledge, firm, on)


@given(firm=FIRM, on=DAY)
def test_everything_shown_fits_the_firm_and_its_question(knowledge, firm, on):
    size, place, question, stage, _ = firm
    found = referral(knowledge, firm, on)
    assert len(found.shown) <= 3
    for identifier in (*shown(found), found.fallback.initiative.id):
        assert can_go(BY_ID[identifier], size=size, place=valid_code(place, on), stage=stage, today=on)
    assert all(helps_with(BY_ID[identifier], question) for identifier in shown(found))


@given(firm=FIRM, on=DAY)
def test_everybody_gets_one_vangnet_that_is_not_shown_as_well(knowledge, firm, on):
    found = referral(knowledge, firm, on)
    assert found.fallback.initiative.id in VANGNET
    assert not VANGNET & set(shown(found))


@given(ended=st.sets(st.sampled_from(sorted(set(BY_ID) - VANGNET))), firm=FIRM, on=DAY)
def test_an_initiative_that_ended_is_never_shown(knowledge, ended, firm, on):
    catalogue = tuple(
        msgspec.structs.replace(entry, einde=on - timedelta(days=1)) if entry.id in ended else entry
        for entry in knowledge.catalogue
    )
    assert not (ended | ENDED) & set(shown(referral(knowledge, firm, on, catalogue)))
