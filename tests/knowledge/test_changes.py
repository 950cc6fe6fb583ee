"""What owners changed, over the files of the initiatives: which fields, and by which rules."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
import yaml

from knowledge.changes import CHANGEABLE, changed, confirmed
from knowledge.loading import Document, KnowledgeError, parse

WERKPLAATS, PILOT = "digitale-mkb-werkplaats-utrecht", "ai-en-media-annotatie-pilot"
CODES = {"GM0344", "GM0355"}


def document(changes: object) -> Document:
    return parse(Path("map/wijzigingen.yaml"), yaml.safe_dump(changes, allow_unicode=True, sort_keys=False))


def with_changes(knowledge, identifier, **changes):
    return changed(document(changes), knowledge.initiative(identifier), changes, CODES)


def faults(knowledge, identifier, **changes):
    with pytest.raises(KnowledgeError) as caught:
        with_changes(knowledge, identifier, **changes)
    return [(problem.line, problem.what) for problem in caught.value.problems]


def test_changed_fields_are_different_and_the_others_are_not(knowledge):
    before = knowledge.initiative(WERKPLAATS)
    after = with_changes(knowledge, WERKPLAATS, biedt="Iets nieuws.", regio=["GM0344"], einde="2026-12-31")
    assert (after.biedt, after.regio, after.einde) == ("Iets nieuws.", ("GM0344",), date(2026, 12, 31))
    assert msgspec.structs.replace(after, biedt=before.biedt, regio=before.regio, einde=before.einde) == before


@pytest.mark.parametrize(
    "field", ["naam", "id", "groep", "soort", "gezien", "verwijst", "bronnen", "laatsteLevensteken"]
)
def test_other_fields_cannot_be_changed(knowledge, field):
    assert field not in CHANGEABLE
    assert faults(knowledge, WERKPLAATS, **{field: "x"}) == [(1, f"Het veld '{field}' staat hier vast.")]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"status": "weg"}, "De waarde 'weg' bestaat niet."),
        ({"biedt": None}, "Hier hoort een tekst, er staat niets."),
        ({"fase": ["adhoc", "later"]}, "De waarde 'later' bestaat niet."),
        ({"einde": "31 december"}, "Hier hoort een datum: jaar-maand-dag, bijvoorbeeld 2026-12-31."),
        ({"regio": ["GM9999"]}, "De gemeente GM9999 bestaat niet."),
        ({"regio": ["hier"]}, "De regio 'hier' bestaat niet."),
        ({"url": "http://voorbeeld.nl"}, "Het adres begint niet met https://."),
        ({"status": "opgegaan_in"}, "Een opvolger hoort bij de status opgegaan_in, en andersom."),
        ({"contact": {"soort": "duif"}}, "De waarde 'duif' bestaat niet."),
    ],
)
def test_changes_are_held_to_the_rules_of_the_files(knowledge, changes, what):
    (field,) = changes
    changes |= {"kosten": "gratis"}
    ((line, said),) = faults(knowledge, WERKPLAATS, **changes)
    assert said == what
    assert document(changes).line(field) <= line < document(changes).line("kosten")


def test_last_fallback_goes_on_serving_everybody(knowledge):
    for changes in ({"status": "gestopt"}, {"einde": "2027-01-01"}, {"fase": ["adhoc"]}, {"regio": ["provincie"]}):
        ((_, what),) = faults(knowledge, "kvk", **changes)
        assert what.startswith("Het laatste vangnet moet iedereen kunnen helpen")


def test_nobody_is_referred_to_what_has_stopped(knowledge):
    assert knowledge.initiative(WERKPLAATS).verwijst
    assert not with_changes(knowledge, WERKPLAATS, status="gestopt").verwijst
    merged = with_changes(knowledge, WERKPLAATS, status="opgegaan_in", opvolger="Iets anders")
    assert (merged.verwijst, merged.opvolger) == (False, "Iets anders")


def test_what_starts_again_takes_referrals(knowledge):
    assert with_changes(knowledge, PILOT, status="actief").verwijst


def test_what_runs_without_taking_referrals_goes_on_so(knowledge):
    running = next(one for one in knowledge.catalogue if one.status == "actief" and not one.verwijst)
    assert not with_changes(knowledge, running.id, kosten="gratis").verwijst


def test_what_is_not_known_follows(knowledge):
    assert "kosten" in knowledge.initiative("kvk").nietBekend
    assert "kosten" not in with_changes(knowledge, "kvk", kosten="gratis").nietBekend
    assert "waar" in with_changes(knowledge, "kvk", waar=None).nietBekend


def test_confirmation_is_a_sign_of_life(knowledge):
    initiative = msgspec.structs.replace(knowledge.initiative(WERKPLAATS), gezien="2024-05")
    assert initiative.outdated(date(2026, 11, 26))
    after = confirmed(initiative, date(2026, 11, 26), knowledge.texts)
    assert (after.gezien, after.outdated(date(2026, 11, 26))) == ("2026-11", False)
    assert after.laatsteLevensteken == "De eigenaar heeft op 26 november 2026 gezegd dat deze gegevens kloppen."
    assert after.outdated(date(2027, 12, 1))


def test_later_sign_of_life_in_the_file_stays(knowledge):
    initiative = msgspec.structs.replace(knowledge.initiative(WERKPLAATS), gezien="2026-10")
    assert confirmed(initiative, date(2026, 9, 30), knowledge.texts) == initiative
    assert confirmed(initiative, None, knowledge.texts) == initiative
