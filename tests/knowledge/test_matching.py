"""What a firm is referred to: every rule of the agreement by hand, yes and no. All at once: test_matching_agreed.py."""

from datetime import date

import msgspec
import pytest

from knowledge.base import Knowledge
from knowledge.matching import Profile, Referral, fitting, refer
from tests.knowledge.agreed import SIZES, STAGES
from tests.knowledge.fixed import with_agreed_initiatives

AUTUMN = date(2026, 11, 23)
LAST_OF_2026 = date(2026, 12, 31)
NEW_YEAR = date(2027, 1, 1)

UTRECHT, AMERSFOORT, ZEIST = "GM0344", "GM0307", "GM0355"
HILVERSUM, WIJDEMEREN, LAREN = "GM0402", "GM1696", "GM0417"

WERKPLAATS, SPOT, LOKET = "digitale-mkb-werkplaats-utrecht", "spot035", "ondernemer-centraal"
CAMPUS, NETWERK, CHEF = "mkb-cyber-campus-utrecht", "cybernetwerk-utrecht", "cyberchef-amersfoort"
EDIH, UTECH = "edih-noordwest", "u-tech-community"
PVO, NCSC, ROM, KVK = "pvo-midden-nederland", "ncsc", "rom-utrecht-region", "kvk"


@pytest.fixture(scope="module")
def knowledge(knowledge: Knowledge) -> Knowledge:
    """What was agreed holds for the initiatives of the agreement: a region may add others."""
    return with_agreed_initiatives(knowledge)


@pytest.fixture
def referral(knowledge: Knowledge):
    def make(
        size: str, place: str, question: str, stage: str, *, flag: bool = False, on: date = AUTUMN, catalogue=None
    ) -> Referral:
        firm = Profile(size=size, municipality=place, question=question, stage=stage, safety_flag=flag)
        return refer(firm, catalogue or knowledge.catalogue, knowledge.municipalities, on)

    return make


@pytest.fixture
def change(knowledge: Knowledge):
    """The catalogue with one entry changed."""

    def make(identifier: str, **fields):
        return tuple(msgspec.structs.replace(i, **fields) if i.id == identifier else i for i in knowledge.catalogue)

    return make


def ids(referral: Referral) -> list[str]:
    return [matched.initiative.id for matched in referral.shown]


def fallback(referral: Referral) -> str:
    return referral.fallback.initiative.id


# Rule 1: who can be sent there.


def test_everything_that_fits_is_told_also_what_is_not_shown(knowledge, referral):
    firm = Profile(size="2-9", municipality=UTRECHT, question="veilig", stage="engaged", safety_flag=False)
    more = tuple(
        msgspec.structs.replace(initiative, id=f"{initiative.id}-{number}")
        for initiative in knowledge.catalogue
        for number in range(2)
    )
    found = fitting(firm, knowledge.catalogue + more, knowledge.municipalities, AUTUMN)
    names = [matched.initiative.id for matched in found]
    assert len(names) > 3
    assert names[:3] == ids(referral("2-9", UTRECHT, "veilig", "engaged", catalogue=knowledge.catalogue + more))
    assert all(matched.initiative.groep != "vangnet" for matched in found)


def test_an_initiative_of_the_own_municipality_is_shown(referral):
    assert CHEF in ids(referral("2-9", AMERSFOORT, "veilig", "adhoc"))


def test_an_initiative_of_another_municipality_is_not_shown(referral):
    assert ids(referral("2-9", ZEIST, "veilig", "adhoc")) == []


def test_an_initiative_of_the_province_is_shown_in_every_municipality_of_it(referral):
    assert ids(referral("2-9", ZEIST, "klanten", "adhoc")) == [WERKPLAATS]


def test_an_initiative_of_the_province_is_not_shown_in_the_gooi(referral):
    assert ids(referral("2-9", LAREN, "klanten", "adhoc")) == [SPOT]


def test_eemnes_counts_as_the_province_and_not_as_the_gooi(referral):
    assert ids(referral("2-9", "GM0317", "klanten", "adhoc")) == [WERKPLAATS]


def test_an_initiative_of_the_region_is_shown_in_both_parts(referral):
    assert ids(referral("10-49", ZEIST, "gegevens_ai", "verder")) == [EDIH]
    assert ids(referral("10-49", LAREN, "gegevens_ai", "verder")) == [EDIH]


def test_an_initiative_of_the_region_is_not_shown_outside_it(referral):
    assert ids(referral("10-49", "buiten_regio", "gegevens_ai", "verder")) == []


def test_with_the_municipality_left_open_only_region_and_country_fit(referral):
    assert ids(referral("10-49", "onbekend", "gegevens_ai", "verder")) == [EDIH]
    assert ids(referral("2-9", "onbekend", "klanten", "adhoc")) == []


def test_a_national_initiative_is_shown_to_a_firm_outside_the_region(referral, change):
    catalogue = change(SPOT, regio=("landelijk",))
    assert ids(referral("2-9", "buiten_regio", "klanten", "adhoc", catalogue=catalogue)) == [SPOT]


def test_an_initiative_for_other_stages_is_not_shown(referral):
    assert ids(referral("2-9", ZEIST, "klanten", "engaged")) == [WERKPLAATS]
    assert ids(referral("2-9", ZEIST, "klanten", "verder")) == []


def test_an_initiative_for_other_sizes_is_not_shown(referral):
    assert ids(referral("10-49", ZEIST, "klanten", "adhoc")) == [WERKPLAATS]
    assert ids(referral("50-249", ZEIST, "klanten", "adhoc")) == []


def test_with_the_size_left_open_every_size_fits(referral):
    assert ids(referral("onbekend", UTRECHT, "veilig", "engaged")) == [NETWERK, CAMPUS]


def test_an_initiative_is_shown_up_to_and_including_its_last_day(referral):
    assert UTECH in ids(referral("2-9", ZEIST, "personeel", "engaged", on=LAST_OF_2026))
    assert UTECH not in ids(referral("2-9", ZEIST, "personeel", "engaged", on=NEW_YEAR))


def test_an_initiative_is_shown_from_its_first_day(referral, change):
    catalogue = change(WERKPLAATS, begin=NEW_YEAR)
    assert ids(referral("2-9", ZEIST, "klanten", "adhoc", on=NEW_YEAR, catalogue=catalogue)) == [WERKPLAATS]
    assert ids(referral("2-9", ZEIST, "klanten", "adhoc", on=LAST_OF_2026, catalogue=catalogue)) == []


@pytest.mark.parametrize("change_to", [{"status": "gestopt"}, {"status": "opgegaan_in"}, {"verwijst": False}])
def test_an_initiative_that_stopped_or_takes_nobody_is_not_shown(referral, change, change_to):
    catalogue = change(WERKPLAATS, **change_to)
    assert ids(referral("2-9", ZEIST, "klanten", "adhoc", catalogue=catalogue)) == []


def test_wijdemeren_is_served_as_the_gooi_before_and_after_it_joins_hilversum(referral):
    assert ids(referral("2-9", WIJDEMEREN, "klanten", "adhoc", on=LAST_OF_2026)) == [SPOT]
    assert ids(referral("2-9", WIJDEMEREN, "klanten", "adhoc", on=NEW_YEAR)) == [SPOT]


def test_what_hilversum_offers_its_own_is_for_wijdemeren_from_new_year(referral, change):
    catalogue = change(CHEF, regio=(HILVERSUM,))
    assert ids(referral("2-9", WIJDEMEREN, "veilig", "adhoc", on=LAST_OF_2026, catalogue=catalogue)) == []
    assert ids(referral("2-9", WIJDEMEREN, "veilig", "adhoc", on=NEW_YEAR, catalogue=catalogue)) == [CHEF]


def test_what_wijdemeren_offered_its_own_is_for_hilversum_from_new_year(referral, change):
    catalogue = change(CHEF, regio=(WIJDEMEREN,))
    assert ids(referral("2-9", HILVERSUM, "veilig", "adhoc", on=LAST_OF_2026, catalogue=catalogue)) == []
    assert ids(referral("2-9", HILVERSUM, "veilig", "adhoc", on=NEW_YEAR, catalogue=catalogue)) == [CHEF]


# Rule 2: what fits the question.


def test_for_safe_working_only_cyber_initiatives_are_shown(referral):
    assert ids(referral("2-9", UTRECHT, "veilig", "engaged")) == [NETWERK, CAMPUS]


def test_for_safe_working_the_innovation_hub_is_shown_too(referral):
    assert ids(referral("2-9", UTRECHT, "veilig", "verder")) == [EDIH]


def test_a_safety_theme_alone_is_not_enough_for_safe_working(referral, change):
    catalogue = change(WERKPLAATS, thema=("veilig",))
    assert ids(referral("2-9", ZEIST, "veilig", "adhoc", catalogue=catalogue)) == []


def test_who_does_not_know_gets_digitalisation_and_the_desks_for_that(referral):
    assert ids(referral("2-9", UTRECHT, "weet_niet", "adhoc")) == [WERKPLAATS, LOKET]


def test_other_questions_follow_the_theme(referral):
    assert ids(referral("2-9", UTRECHT, "administratie", "engaged")) == [WERKPLAATS, UTECH]
    assert ids(referral("2-9", UTRECHT, "klanten", "engaged")) == [WERKPLAATS]


# Rule 3: the order, and three at most.


def test_who_does_not_know_sees_digitalisation_first_although_the_desk_is_nearer(referral):
    shown = referral("2-9", UTRECHT, "weet_niet", "adhoc").shown
    assert [(m.initiative.soort, m.nearness) for m in shown] == [("digitalisering", "streek"), ("loket", "gemeente")]


def test_the_nearer_comes_first(referral):
    assert [m.nearness for m in referral("2-9", AMERSFOORT, "veilig", "engaged").shown] == ["gemeente", "streek"]


def test_at_the_same_distance_direct_comes_before_indirect_and_knowledge(referral, change):
    assert ids(referral("2-9", ZEIST, "administratie", "engaged")) == [WERKPLAATS, UTECH]
    catalogue = change(WERKPLAATS, groep="kennis")
    assert ids(referral("2-9", ZEIST, "administratie", "engaged", catalogue=catalogue)) == [UTECH, WERKPLAATS]


def test_in_the_same_group_the_more_recently_seen_comes_first(referral, change):
    newer = {"regio": (UTRECHT,), "gezien": "2023-04"}
    assert ids(referral("2-9", UTRECHT, "veilig", "adhoc", catalogue=change(CHEF, **newer))) == [CHEF, NETWERK]
    older = {"regio": (UTRECHT,), "gezien": "2023-02"}
    assert ids(referral("2-9", UTRECHT, "veilig", "adhoc", catalogue=change(CHEF, **older))) == [NETWERK, CHEF]


def test_of_two_that_are_alike_the_id_decides(referral, change):
    alike = {"regio": (UTRECHT,), "gezien": "2023-03"}
    assert ids(referral("2-9", UTRECHT, "veilig", "adhoc", catalogue=change(CHEF, **alike))) == [CHEF, NETWERK]


def test_three_are_shown_at_most(referral, knowledge):
    everywhere = {"regio": ("landelijk",), "fase": STAGES, "grootte": SIZES[:-1]}
    catalogue = tuple(
        msgspec.structs.replace(i, **everywhere) if i.soort == "cyber" and i.groep == "direct" else i
        for i in knowledge.catalogue
    )
    # The four of soort cyber, by the month in which they were seen: 2023-03, 2022-11 twice, 2022-03.
    shown = ids(referral("2-9", ZEIST, "veilig", "adhoc", catalogue=catalogue))
    assert shown == [NETWERK, "kvo-d-veenendaal", CAMPUS]


def test_a_vangnet_is_never_among_those_shown(referral):
    assert ids(referral("10-49", "buiten_regio", "veilig", "adhoc")) == []


# Rule 4: exactly one vangnet.


def test_safe_working_in_the_region_falls_back_on_the_platform_nearby(referral):
    assert fallback(referral("2-9", ZEIST, "veilig", "adhoc")) == PVO


@pytest.mark.parametrize(
    ("size", "place", "stage"), [("2-9", ZEIST, "verder"), ("50-249", ZEIST, "adhoc"), ("2-9", "buiten_regio", "adhoc")]
)
def test_safe_working_falls_back_on_the_national_centre_when_the_platform_is_not_for_them(referral, size, place, stage):
    assert fallback(referral(size, place, "veilig", stage)) == NCSC


def test_the_safety_flag_brings_a_cyber_vangnet(referral):
    assert fallback(referral("2-9", ZEIST, "klanten", "adhoc", flag=True)) == PVO
    assert fallback(referral("2-9", ZEIST, "klanten", "adhoc")) == KVK


def test_the_safety_flag_brings_no_cyber_vangnet_when_a_cyber_initiative_is_shown(referral, change):
    catalogue = change(CAMPUS, thema=("klanten",))
    shown = referral("2-9", ZEIST, "klanten", "engaged", flag=True, catalogue=catalogue)
    assert CAMPUS in ids(shown)
    assert fallback(shown) == KVK


def test_a_large_firm_falls_back_on_the_development_company(referral):
    assert fallback(referral("50-249", ZEIST, "klanten", "engaged")) == ROM
    assert fallback(referral("10-49", ZEIST, "klanten", "engaged")) == KVK


def test_a_firm_that_is_far_ahead_falls_back_on_the_development_company(referral):
    assert fallback(referral("10-49", ZEIST, "klanten", "verder")) == ROM


@pytest.mark.parametrize(
    ("size", "place", "stage"),
    [("50-249", ZEIST, "adhoc"), ("2-9", ZEIST, "verder"), ("250+", "buiten_regio", "verder")],
)
def test_kvk_is_there_when_the_development_company_is_not_for_them(referral, size, place, stage):
    assert fallback(referral(size, place, "klanten", stage)) == KVK


def test_a_catalogue_without_any_vangnet_is_refused(referral, change):
    with pytest.raises(LookupError, match="kvk"):
        referral("2-9", ZEIST, "klanten", "adhoc", catalogue=change(KVK, verwijst=False))


# Rule 5: nothing fits.


def test_nothing_fits_when_nothing_is_shown(referral):
    assert referral("50-249", ZEIST, "klanten", "adhoc").nothing_fits
    assert not referral("2-9", ZEIST, "klanten", "adhoc").nothing_fits


def test_nothing_fits_outside_the_region_whatever_is_shown(referral, change):
    outside = referral("2-9", "buiten_regio", "klanten", "adhoc", catalogue=change(SPOT, regio=("landelijk",)))
    assert outside.shown
    assert outside.nothing_fits
