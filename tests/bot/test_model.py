"""The trained model: what it understands, and that training it again gives the same."""

import asyncio
import hashlib
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

from bot.classifier import WEIGHTS
from bot.train import fingerprint
from knowledge.base import Knowledge, load
from knowledge.words import words
from tests.bot.agents import trained


@pytest.fixture(scope="module")
def agent() -> Agent:
    return trained()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def parse(agent: Agent, text: str) -> dict[str, Any]:
    parsed: dict[str, Any] = asyncio.run(agent.parse_message(text))
    return parsed


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("al mijn facturen staan in excel", "administratie_1"),
        ("we gebruiken twinfield", "administratie_2"),
        ("overal hetzelfde wachtwoord", "inloggen_0"),
        ("geen flauw idee", "weet_niet"),
        ("waarom wil je dat weten", "vraag_waarom"),
        ("ik wil iemand aan de telefoon", "mens_spreken"),
    ],
)
def test_plain_sentence_is_understood(agent: Agent, text: str, intent: str) -> None:
    assert parse(agent, text)["intent"]["name"] == intent


def test_ranking_holds_every_intent_and_adds_up_to_one(agent: Agent) -> None:
    ranking = parse(agent, "in excel")["intent_ranking"]
    trained = {
        entry["intent"] for path in Path("data/nlu").glob("*.yml") for entry in yaml.safe_load(path.read_text())["nlu"]
    }
    general = {"personen", "bedrijf"}  # these say that a text is about size or sector, their options which
    assert {entry["name"] for entry in ranking} == trained - general
    assert sum(entry["confidence"] for entry in ranking) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("wij vervangen cv-ketels en leggen leidingen aan", "bedrijf_F_F"),
        ("we zijn met zeven man", "personen_2-9"),
        ("een stuk of dertig collega's", "personen_10-49"),
    ],
)
def test_sector_and_size_are_understood_in_sentences(agent: Agent, text: str, intent: str) -> None:
    assert parse(agent, text)["intent"]["name"] == intent


def test_programme_that_nobody_trained_on_says_what_its_kind_says(agent: Agent, knowledge: Knowledge) -> None:
    known = {word for path in Path("data/nlu").glob("*.yml") for word in words(path.read_text())}
    kind = next(kind for kind in knowledge.lexicon.kinds if kind.soort == "boekhoudprogramma")
    unknown = [name for name in kind.namen if not set(words(name)) & known]
    assert unknown, "every name of the lexicon stands in the training data"
    ranking = {e["name"]: e["confidence"] for e in parse(agent, f"we doen het met {unknown[0]}")["intent_ranking"]}
    options = {name: share for name, share in ranking.items() if name.startswith("administratie_")}
    assert max(options, key=lambda name: options[name]) == "administratie_2"


def test_loudness_says_nothing(agent: Agent) -> None:
    loud, calm = parse(agent, "MEER KLANTEN!!!"), parse(agent, "meer klanten")
    assert loud["intent"] == calm["intent"]


def test_profile_answers_are_read_as_entities(agent: Agent) -> None:
    entities = {e["entity"]: e["value"] for e in parse(agent, "ik heb met 3 man een kapsalon in Zeist")["entities"]}
    assert entities["personen"]["classes"] == ("2-9",)
    assert entities["bedrijf"]["sectors"][0]["sbi2025"] == "T"
    assert entities["gemeente"]["places"][0]["code"] == "GM0355"


def weights(model: Path) -> str:
    """A fingerprint of the classifier in a model file."""
    with tarfile.open(model) as archive:
        (member,) = [member for member in archive.getmembers() if member.name.endswith(WEIGHTS)]
        stored = archive.extractfile(member)
        assert stored is not None
        return hashlib.sha256(stored.read()).hexdigest()


@pytest.mark.slow
def test_same_data_gives_the_same_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "nlu"
    data.mkdir()
    for name in ("administratie", "wedervragen"):
        (data / f"{name}.yml").write_text(Path(f"data/nlu/{name}.yml").read_text())
    found = []
    for run in ("een", "twee"):
        monkeypatch.setenv("RASA_CACHE_DIRECTORY", str(tmp_path / f"cache-{run}"))  # trained anew, not fetched
        trained = train_nlu("config.yml", str(data), str(tmp_path), fixed_model_name=run)
        assert trained is not None
        found.append(weights(Path(trained)))
    assert found[0] == found[1]


def test_model_is_named_after_its_data(tmp_path: Path) -> None:
    for name in ("config.yml", "domain.yml", "data/nlu/plan.yml", "knowledge/intake.yaml"):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Path(name).read_text())
    before = fingerprint(tmp_path)
    intake = tmp_path / "knowledge/intake.yaml"
    intake.write_text(intake.read_text().replace("Tel jezelf mee.", "Jij telt ook mee."))
    assert fingerprint(tmp_path) == before, "a text of a question needs no training"
    (tmp_path / "data/nlu/plan.yml").write_text("nlu: []")
    assert fingerprint(tmp_path) != before
