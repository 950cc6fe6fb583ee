"""The rules as data for a client without a connection."""

import copy
import gzip
import json
import re

import msgspec
import pytest

from knowledge.catalogue_folder import Edition
from knowledge.portable import browser_pattern, portable

MOST_BYTES = 90_000


def replaced(knowledge, **parts):
    """The knowledge with other parts."""
    changed = copy.copy(knowledge)
    for name, part in parts.items():
        object.__setattr__(changed, name, part)
    return changed


def test_is_json_and_stays_what_it_is(knowledge):
    content = portable(knowledge)
    assert json.loads(json.dumps(content)) == content


def test_is_small_enough_to_keep_on_a_phone(knowledge):
    written = json.dumps(portable(knowledge), ensure_ascii=False, separators=(",", ":")).encode()
    assert len(gzip.compress(written, 9)) <= MOST_BYTES


def test_same_data_has_the_same_version(knowledge):
    assert portable(knowledge)["versie"] == portable(replaced(knowledge))["versie"]


@pytest.mark.parametrize("part", ["intake", "editions", "texts", "municipalities"])
def test_other_data_has_another_version(knowledge, part):
    change = {
        "intake": lambda: msgspec.structs.replace(
            knowledge.intake, scoring=msgspec.structs.replace(knowledge.intake.scoring, maximum=40)
        ),
        "editions": lambda: Edition(
            tuple(msgspec.structs.replace(initiative, gezien="2026-11") for initiative in knowledge.catalogue), "1"
        ),
        "texts": lambda: msgspec.structs.replace(knowledge.texts, gezien="Gezien in {maand}."),
        "municipalities": lambda: msgspec.structs.replace(knowledge.municipalities, gebieden=()),
    }
    assert portable(replaced(knowledge, **{part: change[part]()}))["versie"] != portable(knowledge)["versie"]


@pytest.mark.parametrize(
    ("rule", "other"), [("places.FUZZY_CUTOFF", 84), ("place_context.MOVED", frozenset()), ("words.SOUNDS", ())]
)
def test_other_rule_has_another_version(knowledge, monkeypatch, rule, other):
    before = portable(knowledge)["versie"]
    monkeypatch.setattr(f"knowledge.{rule}", other)
    assert portable(knowledge)["versie"] != before


def test_only_initiatives_that_take_referrals_are_in_it(knowledge):
    names = {initiative["id"] for initiative in portable(knowledge)["initiatieven"]}
    assert names == {initiative.id for initiative in knowledge.catalogue if initiative.verwijst}


def test_every_question_municipality_and_activity_is_in_it(knowledge):
    content = portable(knowledge)
    assert [question["id"] for question in content["vragen"]] == [q.id for q in knowledge.intake.vragen]
    assert len(content["gemeenten"]["gemeenten"]) == len(knowledge.municipalities.gemeenten)
    assert len(content["sectoren"]["activiteiten"]) == len(knowledge.sectors.activities.activiteiten)
    assert set(content["sectoren"]["namen"]) == set(knowledge.sectors.codes)


def test_pattern_keeps_what_both_languages_share():
    assert browser_pattern(r"a[1-9]{2}(?:b|c)?$") == r"a[1-9]{2}(?:b|c)?$"


def test_class_of_python_becomes_that_of_a_browser():
    assert browser_pattern(r"(?![\w])[^\W_]\s\+") == r"(?![\p{L}\p{N}_])[\p{L}\p{N}] \+"


def test_what_is_repeated_is_the_same_in_both():
    assert browser_pattern(r"(.)(?=\1)") == r"(.)(?=\1)"


@pytest.mark.parametrize("pattern", [r"\d", r"\w", r"[\d]", r"[^\s]", r"\A"])
def test_class_without_a_counterpart_is_refused(pattern):
    re.compile(pattern)
    with pytest.raises(ValueError, match="counterpart"):
        browser_pattern(pattern)
