"""What does exist for who asks about an initiative that has stopped."""

from datetime import date

from knowledge.base import Knowledge
from knowledge.matching import instead_of

TODAY = date(2026, 11, 25)


def names(knowledge: Knowledge, stopped: str, **firm: str) -> list[str]:
    initiative = knowledge.initiative(stopped)
    assert initiative is not None
    found = instead_of(initiative, knowledge.catalogue, knowledge.municipalities, TODAY, **firm)
    return [entry.id for entry in found]


def test_alternatives_have_the_same_subject_and_the_kvk_is_always_there(knowledge: Knowledge) -> None:
    found = names(knowledge, "mijn-digitale-zaak")
    assert found[-1] == "kvk"
    assert found[0] == "digitale-mkb-werkplaats-utrecht"
    assert len(found) == 3


def test_alternatives_serve_the_place_of_the_firm(knowledge: Knowledge) -> None:
    assert "spot035" in names(knowledge, "mijn-digitale-zaak", municipality="GM0402")
    assert "spot035" not in names(knowledge, "mijn-digitale-zaak", municipality="GM0344")
    assert names(knowledge, "mijn-digitale-zaak", municipality="buiten_regio") == ["kvk"]


def test_alternatives_serve_the_size_of_the_firm(knowledge: Knowledge) -> None:
    assert "digitale-mkb-werkplaats-utrecht" not in names(knowledge, "mijn-digitale-zaak", size="250+")


def test_what_has_stopped_is_never_an_alternative(knowledge: Knowledge) -> None:
    for initiative in knowledge.catalogue:
        for found in instead_of(initiative, knowledge.catalogue, knowledge.municipalities, TODAY):
            assert found.running(TODAY)
            assert found.verwijst
