"""The rules of the intake in a browser, beside those of the server, and what both are asked."""

import dataclasses
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import msgspec
import yaml
from playwright.sync_api import Browser, Page, Route

from api.tablet.rules import rules_document
from knowledge.base import Knowledge
from knowledge.catalogue import Initiative, Kind, SizeClass, StageId, Theme
from knowledge.catalogue_folder import Edition
from knowledge.intake import OPEN, OUTSIDE_REGION, Question
from knowledge.matching import CYBER_NATIONAL, CYBER_NEAR, EVERYBODY

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "api/tablet/static/regels.js"
ADDRESS = "http://regels.test/"
SEED = 5
FIRST_PARTS = ("wijk", "super", "zeil", "tuin", "u", "bio", "sneeuw")
# How people name two places and mean one of them, or both, or neither.
TWO_PLACES = (
    *("van {} naar {} verhuisd", "we gaan van {} naar {} verhuizen", "vroeger in {}, nu in {}", "niet {}, maar {}"),
    *("ik woon in {} en mijn zaak is in {}", "een winkel in {} en een in {}", "tussen {} en {}", "tegen {} aan, in {}"),
    *("{} dus niet bij {}", "{} (bij {})", "{} is om de hoek bij {}", "die uit {} zit in {}; gelderland", "{} {}"),
    *("klanten in {}. zelf zitten we in {}", "niet bij {} en niet bij {}", "{} maar alleen op papier, {} utrecht"),
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"

Answers = dict[str, str]


class BrowserRules:
    """The rules as a page has them."""

    def __init__(self, browser: Browser, knowledge: Knowledge) -> None:
        self.page: Page = browser.new_page()
        self.page.route(f"{ADDRESS}**", self._serve)
        self.page.goto(ADDRESS)
        self.load(knowledge)

    def load(self, knowledge: Knowledge) -> None:
        """Go on with the rules of this data."""
        self._document, _ = rules_document(knowledge)
        self.page.evaluate(
            """async () => {
                const { Rules } = await import("/regels.js");
                window.rules = new Rules(await (await fetch("/regels.json")).json());
            }"""
        )

    def each(self, method: str, calls: Iterable[Sequence[Any]]) -> list[Any]:
        """What a method of the rules gives for every list of arguments."""
        # As text: it is far faster than what Playwright does with so many objects.
        found = self.page.evaluate(
            "([method, calls]) => JSON.stringify(JSON.parse(calls).map((given) => window.rules[method](...given)))",
            [method, json.dumps(list(calls))],
        )
        answers: list[Any] = json.loads(found)
        return answers

    def _serve(self, route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        if name == "regels.js":
            route.fulfill(body=SCRIPT.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")
        elif name == "regels.json":
            route.fulfill(body=self._document, content_type="application/json")
        else:
            route.fulfill(body="<!doctype html><title>Regels</title>", content_type="text/html")


def days(knowledge: Knowledge) -> list[date]:
    """Days on which something changes with the day before and after, and days on which nothing does."""
    changes = [date for m in knowledge.municipalities.gemeenten for date in (m.geldigVan, m.geldigTot) if date]
    changes += [date for initiative in knowledge.catalogue for date in (initiative.begin, initiative.einde) if date]
    around = {change + timedelta(days=step) for change in changes for step in (-1, 0, 1)}
    return sorted(around | {date(2026, month, 28) for month in range(1, 13)} | {date(2028, 2, 29)})


def answer_sets(knowledge: Knowledge, number: int, seed: int = SEED) -> Iterator[tuple[Answers, date]]:
    """Answers that somebody may give: a core scan, one that stops further on, or a whole one; and a day."""
    chance = random.Random(seed)
    on = days(knowledge)
    for _ in range(number):
        asked = knowledge.intake.core
        further = list(knowledge.intake.further)
        chance.shuffle(further)
        asked += tuple(further[: chance.choice((0, chance.randrange(6), 5, 5))])
        # Mostly answers of one kind: evenly mixed ones would nearly all end in the same stage.
        leaning = chance.choice((None, "0", "1", "2", "3", "weet_niet"))
        yield {q.id: _code(knowledge, q, chance, leaning) for q in asked}, chance.choice(on)


def codes(knowledge: Knowledge, question: Question) -> list[str]:
    """Every code that answers a question."""
    if question.id == "bedrijf":
        return [*knowledge.sectors.codes, OPEN]
    if question.id == "gemeente":
        return [*(m.code for m in knowledge.municipalities.gemeenten), OUTSIDE_REGION, OPEN]
    return [*(code for code, _ in question.choices()), *([OPEN] if question.id == "personen" else [])]


def _code(knowledge: Knowledge, question: Question, chance: random.Random, leaning: str | None) -> str:
    if question.scored and leaning and chance.random() < 0.7:
        return leaning
    return chance.choice(codes(knowledge, question))


def other_catalogue(knowledge: Knowledge, seed: int) -> Knowledge:
    """The knowledge with initiatives for others, elsewhere, and seen and running at other times.

    The last fallback stays, as it must.
    """
    chance = random.Random(seed)
    areas = ["provincie", "gooi", "regio", "landelijk", *(m.code for m in knowledge.municipalities.gemeenten)]
    cyber = {CYBER_NEAR, CYBER_NATIONAL}

    def some(values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(chance.sample(values, chance.randint(1, len(values))))

    def changed(initiative: Initiative) -> Initiative:
        day = date(2026, 12, 31) + timedelta(days=chance.randint(-40, 40))
        return msgspec.structs.replace(
            initiative,
            soort=chance.choice(get_args(Kind)) if initiative.id not in cyber else initiative.soort,
            gezien=f"{chance.randint(2024, 2026)}-{chance.randint(1, 12):02}",
            verwijst=initiative.status == "actief" and chance.random() < 0.9,
            regio=tuple(chance.choices(areas, k=3)),
            thema=some(get_args(Theme)),
            fase=some(get_args(StageId)),
            grootte=some(get_args(SizeClass)),
            begin=chance.choice((None, None, day)),
            einde=chance.choice((None, None, day + timedelta(days=20))),
            url=chance.choice((None, "https://voorbeeld.nl/")),
        )

    catalogue = tuple(i if i.id == EVERYBODY else changed(i) for i in knowledge.catalogue)
    return dataclasses.replace(knowledge, editions=Edition(catalogue, "1"))


def sector_names(knowledge: Knowledge) -> list[str]:
    """Every name in the gazetteer of activities."""
    activities = knowledge.sectors.activities
    return [name for e in (*activities.activiteiten, *activities.twijfel) for name in (e.naam, *e.ook)]


def place_names(knowledge: Knowledge) -> list[str]:
    """Every name in the gazetteer of places, and every postcode."""
    lists = knowledge.municipalities
    postcodes = [span[:4] for m in lists.gemeenten for span in m.postcodes]
    others = [entry.naam for entry in (*lists.dubbelzinnig, *lists.gebieden, *lists.buitenRegio)]
    return [*(name for m in lists.gemeenten for name in m.names), *others, *postcodes]


def pairs_of_places(knowledge: Knowledge, number: int) -> list[str]:
    """Sentences with two places, of which one often has a name that several places have."""
    chance = random.Random(SEED)
    names = place_names(knowledge)
    several = [entry.naam for entry in knowledge.municipalities.dubbelzinnig]
    found = []
    for _ in range(number):
        pair = [chance.choice(names), chance.choice(chance.choice((names, several)))]
        chance.shuffle(pair)
        found.append(chance.choice(TWO_PLACES).format(*pair))
    return found


def utterances(question: str) -> list[str]:
    """The sentences of people with which understanding is measured."""
    path = ROOT / "tests/understanding/utterances" / f"{question}.yml"
    return [entry["tekst"] for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]


def training_sentences() -> list[str]:
    """Every sentence of the training data, whatever it is about: both look-ups may get any of them."""
    found = []
    for path in sorted((ROOT / "data/nlu").glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = (line.removeprefix("- ").strip() for line in entry.get("examples", "").splitlines())
            found += [line for line in lines if line]
    return list(dict.fromkeys(found))


def compounds(names: Sequence[str], number: int) -> list[str]:
    """Words that nobody listed, made as Dutch makes them: the last part says what it is."""
    chance = random.Random(SEED)
    single = [name for name in names if " " not in name]
    return [chance.choice(FIRST_PARTS) + name for name in chance.choices(single, k=number)]


def misspelt(texts: Sequence[str], number: int) -> list[str]:
    """Texts with one to three slips of the finger."""
    chance = random.Random(SEED)
    found = []
    for text in chance.choices(texts, k=number):
        changed = text
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(changed) + 1)
            slip = chance.choice(("", changed[at : at + 1] * 2, chance.choice(LETTERS), chance.choice("éëï'’-. ½İß€")))
            changed = changed[:at] + slip + changed[at + chance.randint(0, 1) :]
        found.append(changed)
    return found
