"""The rules in the browser give what the server gives, down to the words."""

import gzip
import random
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser

from api.intakes import lists
from api.tablet.rules import rules_document
from knowledge.base import Knowledge
from knowledge.intake import MAY_BE_LEFT_OPEN
from knowledge.result import result
from tests.browser.conftest import missing
from tests.browser.rules import (
    ROOT,
    SCRIPT,
    SEED,
    Answers,
    BrowserRules,
    answer_sets,
    codes,
    compounds,
    days,
    misspelt,
    other_catalogue,
    pairs_of_places,
    place_names,
    sector_names,
    training_sentences,
    utterances,
)
from tests.knowledge.agreed import AGREED
from tests.knowledge.sentences import read

SOURCE = ROOT / "api/tablet"
MOST_BYTES = 130_000
ANSWER_SETS, OTHER_CATALOGUES = 6_000, 6
PAIRS_OF_PLACES, AGREED_FILES = 600, {"bedrijf": "sectors.yaml", "gemeente": "places.yaml"}
SENTENCES, MISSPELT_NAMES, MISSPELT_SENTENCES, COMPOUNDS = 2_500, 2_500, 500, 500
TODAY, AFTER_THE_MERGER = date(2026, 11, 26), date(2027, 1, 1)
# Signs that programs treat in different ways: capitals that grow, marks that do not combine, odd spaces and digits.
ODD = (
    *("", " ", "?!", "\ud83d\ude00 bakker", "İJSSELSTEIN", "ĳsselstein", "ZEIST\u2028utrecht", "zeist\u00a0"),
    *("ﬁetsenmaker", "kap\u0301salon", "kapper\ufe0f", "utre\u200bcht", "１２３４", "3\u0665\u0666\u0667", "٣٨١١"),
    *("3811ab", "13811", "3811 ab", "Σαντορίνη ΟΔΟΣ", "กรุงเทพ", "bakker\tbakker\nbakker", "’s-Graveland"),
    *("´s graveland", "caf\u00e9", "cafe\u0301", "x" * 300, "zeist " * 60, "bakker_kapper", "c++", "constructor"),
    *("__proto__", "toString", "a\u0345bcdef", "bak\ufe0fker", "zei\ufe0fst"),
)


@pytest.fixture(scope="module")
def rules(browser: Browser, knowledge: Knowledge) -> Iterator[BrowserRules]:
    loaded = BrowserRules(browser, knowledge)
    yield loaded
    loaded.page.close()


def server_outcome(knowledge: Knowledge, answers: Answers, today: date) -> dict[str, Any]:
    outcome = result(knowledge, answers, today)
    return {
        "uitslag": outcome.as_dict(),
        "notes": list(outcome.notes),
        "noteTexts": {note: knowledge.texts.opmerkingen[note] for note in outcome.notes},
    }


def browser_outcomes(rules: BrowserRules, asked: list[tuple[Answers, date]]) -> list[dict[str, Any]]:
    found = rules.each("result", [(answers, on.isoformat()) for answers, on in asked])
    return [{name: outcome[name] for name in ("uitslag", "notes", "noteTexts")} for outcome in found]


def differences(rules: BrowserRules, knowledge: Knowledge, asked: list[tuple[Answers, date]]) -> list[Any]:
    pairs = zip(asked, browser_outcomes(rules, asked), strict=True)
    return [(answers, on, got) for (answers, on), got in pairs if got != server_outcome(knowledge, answers, on)]


def as_reading(found: lists.Found | None) -> dict[str, Any] | None:
    if found is None:
        return None
    choices = [{"code": code, "title": title} for code, title in found.choices]
    return {"choices": choices, "certain": found.certain, "ask": found.ask}


def read_otherwise(rules: BrowserRules, knowledge: Knowledge, question: str, texts: list[str]) -> list[Any]:
    """The texts that browser and server read in different ways."""
    if question == "bedrijf":
        read, method, more = lists.read_sector, "readSector", []
    else:
        read, method, more = lists.read_place, "readPlace", [TODAY.isoformat()]
    found = rules.each(method, [(text, *more) for text in texts])
    expected = [as_reading(read(knowledge, text, TODAY)) for text in texts]
    return [(text, got, had) for text, got, had in zip(texts, found, expected, strict=True) if got != had]


def test_script_was_built_from_the_source() -> None:
    npm = shutil.which("npm")
    if npm is None:
        missing("npm", "apt-get install npm")
    if not (SOURCE / "node_modules/esbuild").exists():
        subprocess.run([npm, "ci", "--prefix", SOURCE], check=True)
    types = subprocess.run([npm, "run", "check", "--prefix", SOURCE], capture_output=True, text=True, check=False)
    assert types.returncode == 0, types.stdout
    built = subprocess.run(["node", "build.mjs", "--check"], cwd=SOURCE, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    assert SCRIPT.name in built.stdout


def test_script_and_data_are_small_enough_for_a_phone(knowledge: Knowledge) -> None:
    document, _ = rules_document(knowledge)
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) + len(gzip.compress(document, 9)) <= MOST_BYTES


@pytest.mark.parametrize("vector", AGREED["vectoren"], ids=lambda vector: str(vector["waarden"]))
def test_agreed_scores(rules: BrowserRules, knowledge: Knowledge, vector: dict[str, Any]) -> None:
    profile = {"personen": "2-9", "bedrijf": "F/F", "gemeente": "GM0355", "hulpvraag": "klanten"}
    scored = [question.id for question in knowledge.intake.scored]
    answers = profile | {name: str(value) for name, value in zip(scored, vector["waarden"], strict=True)}

    [outcome] = rules.each("result", [(answers, TODAY.isoformat())])

    uitslag = outcome["uitslag"]
    assert (uitslag["score"], uitslag["fase"]) == (vector["score"], vector["fase"])
    assert uitslag["veiligheidsvlag"] is vector["vlag"]
    assert (outcome["stage"]["label"], outcome["maximum"]) == (AGREED["labels"][vector["fase"]], 36)


def test_any_answers_have_the_same_result(rules: BrowserRules, knowledge: Knowledge) -> None:
    asked = list(answer_sets(knowledge, ANSWER_SETS))
    stages = {result(knowledge, answers, on).maturity.stage for answers, on in asked}
    given = {(name, code) for answers, _ in asked for name, code in answers.items()}

    assert differences(rules, knowledge, asked) == []
    assert stages == {"adhoc", "engaged", "verder"}
    assert given == {(question.id, code) for question in knowledge.intake.vragen for code in codes(knowledge, question)}


def test_every_profile_has_the_same_result_on_every_day_of_change(rules: BrowserRules, knowledge: Knowledge) -> None:
    chance = random.Random(SEED)
    ask = {question.id: codes(knowledge, question) for question in knowledge.intake.core}
    asked = []
    for on in days(knowledge):
        for place in ask["gemeente"]:
            for wish in ask["hulpvraag"]:
                answers = {name: chance.choice(listed) for name, listed in ask.items()}
                asked.append((answers | {"gemeente": place, "hulpvraag": wish}, on))

    assert differences(rules, knowledge, asked) == []


@pytest.mark.parametrize("seed", range(OTHER_CATALOGUES))
def test_result_is_the_same_with_other_initiatives(rules: BrowserRules, knowledge: Knowledge, seed: int) -> None:
    other = other_catalogue(knowledge, seed)
    rules.load(other)
    try:
        assert differences(rules, other, list(answer_sets(other, ANSWER_SETS // OTHER_CATALOGUES, seed))) == []
    finally:
        rules.load(knowledge)


def test_half_a_core_scan_has_no_result(rules: BrowserRules, knowledge: Knowledge) -> None:
    whole = {question.id: codes(knowledge, question)[0] for question in knowledge.intake.core}
    for question in knowledge.intake.core:
        half = {name: code for name, code in whole.items() if name != question.id}
        refused = "([half, on]) => { try { window.rules.result(half, on) } catch (fault) { return fault.message } }"
        assert question.id in rules.page.evaluate(refused, [half, TODAY.isoformat()])


@pytest.mark.parametrize("question", ["bedrijf", "gemeente"])
def test_names_are_read_the_same(rules: BrowserRules, knowledge: Knowledge, question: str) -> None:
    names = sector_names(knowledge) if question == "bedrijf" else place_names(knowledge)
    assert read_otherwise(rules, knowledge, question, names) == []


@pytest.mark.parametrize("question", ["bedrijf", "gemeente"])
def test_sentences_are_read_the_same(rules: BrowserRules, knowledge: Knowledge, question: str) -> None:
    sentences = [*utterances(question), *random.Random(SEED).sample(training_sentences(), SENTENCES), *ODD]
    assert read_otherwise(rules, knowledge, question, sentences) == []


@pytest.mark.parametrize("question", ["bedrijf", "gemeente"])
def test_agreed_sentences_are_read_the_same(rules: BrowserRules, knowledge: Knowledge, question: str) -> None:
    sentences = [sentence for group in read(AGREED_FILES[question])["zinnen"] for sentence in group["zinnen"]]
    assert read_otherwise(rules, knowledge, question, sentences) == []


def test_place_of_several_is_the_same(rules: BrowserRules, knowledge: Knowledge) -> None:
    pairs = pairs_of_places(knowledge, PAIRS_OF_PLACES)
    assert read_otherwise(rules, knowledge, "gemeente", [*pairs, *misspelt(pairs, PAIRS_OF_PLACES)]) == []


@pytest.mark.parametrize("question", ["bedrijf", "gemeente"])
def test_slips_of_the_finger_are_read_the_same(rules: BrowserRules, knowledge: Knowledge, question: str) -> None:
    names = sector_names(knowledge) if question == "bedrijf" else place_names(knowledge)
    texts = misspelt(names, MISSPELT_NAMES) + misspelt(utterances(question), MISSPELT_SENTENCES)
    assert read_otherwise(rules, knowledge, question, texts) == []


def test_compounds_are_read_the_same(rules: BrowserRules, knowledge: Knowledge) -> None:
    assert read_otherwise(rules, knowledge, "bedrijf", compounds(sector_names(knowledge), COMPOUNDS)) == []


def test_lists_of_the_form_are_the_same_on_every_day(rules: BrowserRules, knowledge: Knowledge) -> None:
    def shown(choices: tuple[lists.Choice, ...]) -> list[dict[str, str]]:
        return [{"code": code, "title": title} for code, title in choices]

    assert rules.each("sectors", [()]) == [shown(lists.sectors(knowledge))]
    asked = days(knowledge)
    expected = [shown(lists.places(knowledge, on)) for on in asked]
    assert rules.each("places", [(on.isoformat(),) for on in asked]) == expected


@pytest.mark.parametrize("alone", [False, True], ids=["with others", "alone"])
def test_questions_offer_the_same_answers(rules: BrowserRules, knowledge: Knowledge, alone: bool) -> None:
    as_pairs = "q.choices(alone).map(({ code, title }) => [code, title])"
    offered = rules.page.evaluate(f"(alone) => window.rules.questions.map((q) => [q.id, {as_pairs}])", alone)
    expected = []
    for question in knowledge.intake.vragen:
        may_be_left_open = question.id in MAY_BE_LEFT_OPEN
        choices = (*question.choices(alone=alone), *([lists.NOT_KNOWN] if may_be_left_open else []))
        expected.append([question.id, [list(choice) for choice in choices]])
    assert offered == expected


def test_answers_have_the_words_of_the_form(rules: BrowserRules, knowledge: Knowledge) -> None:
    asked = [
        (question.id, code, TODAY.isoformat(), True)
        for question in knowledge.intake.vragen
        for code in codes(knowledge, question)
    ]
    titles = {"bedrijf": dict(lists.sectors(knowledge)), "gemeente": dict(lists.places(knowledge, TODAY))}
    for question in knowledge.intake.vragen:
        titles.setdefault(question.id, dict((*question.choices(alone=True), lists.NOT_KNOWN)))

    found = rules.each("title", asked)

    assert found == [titles[name][code] for name, code, *_ in asked]
    assert rules.each("title", [("gemeente", "GM1696", AFTER_THE_MERGER.isoformat())]) == [None]


def test_days_and_months_are_said_the_same(rules: BrowserRules, knowledge: Knowledge) -> None:
    asked = days(knowledge)
    months = sorted({initiative.gezien for initiative in knowledge.catalogue})
    texts = knowledge.texts
    assert rules.each("day", [(on.isoformat(),) for on in asked]) == [texts.day(on) for on in asked]
    assert rules.each("seen", [(month,) for month in months]) == [texts.freshness(m, outdated=False) for m in months]


def test_code_of_a_municipality_that_ended_is_that_of_its_successor(rules: BrowserRules, knowledge: Knowledge) -> None:
    municipalities = knowledge.municipalities
    asked = [(m.code, on) for m in municipalities.gemeenten for on in days(knowledge)]
    expected = [municipalities.current(code, on) for code, on in asked]
    assert rules.each("current", [(code, on.isoformat()) for code, on in asked]) == expected
    assert rules.each("current", [("GM1696", "2026-12-31"), ("GM1696", "2027-01-01")]) == ["GM1696", "GM0402"]
