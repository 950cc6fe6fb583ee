import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy

from bot import dutch, pipelines


@pytest.fixture
def small_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A spaCy package named nl_core_news_sm, as pip installs one: its lemmas say where they come from."""
    pipeline = spacy.blank("nl")
    ruler = pipeline.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "facturen"}]], {"LEMMA": "uit-het-pakket"})
    pipeline.meta["name"] = "core_news_sm"
    (tmp_path / pipelines.PACKAGE).mkdir()
    data = tmp_path / pipelines.PACKAGE / f"{pipelines.PACKAGE}-0.0.0"
    pipeline.to_disk(data)
    (tmp_path / pipelines.PACKAGE / "__init__.py").write_text(
        "from pathlib import Path\n"
        "from spacy.util import load_model_from_path\n"
        "def load(**overrides):\n"
        f"    return load_model_from_path(Path(__file__).parent / '{data.name}', **overrides)\n"
    )
    info = tmp_path / f"{pipelines.PACKAGE}-0.0.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {pipelines.PACKAGE}\nVersion: 0.0.0\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield pipelines.PACKAGE
    sys.modules.pop(pipelines.PACKAGE, None)  # spaCy imported it; the tests after this one must not find it


def lemmas(setting: str, text: str) -> list[str]:
    return [token.lemma_ for token in dutch.load(setting).model(text)]


def test_built_in_pipeline_has_dutch_lemmas() -> None:
    assert lemmas(pipelines.BUILT_IN, "klanten facturen gewerkt") == ["klant", "factuur", "werken"]


def test_built_in_pipeline_goes_by_its_own_name() -> None:
    assert dutch.load(pipelines.BUILT_IN).model_name == "ingebouwd"


def test_package_is_taken_when_it_is_installed(small_package: str) -> None:
    assert pipelines.resolve(pipelines.AUTOMATIC) == small_package
    assert dutch.load(pipelines.AUTOMATIC).model_name == small_package
    assert lemmas(pipelines.AUTOMATIC, "facturen") == ["uit-het-pakket"]


def test_built_in_pipeline_can_be_asked_for_when_the_package_is_installed(small_package: str) -> None:
    assert lemmas(pipelines.BUILT_IN, "facturen") == ["factuur"]


def test_package_asked_for_by_name_that_is_missing_is_an_error() -> None:
    with pytest.raises(OSError, match="nl_bestaat_niet"):
        dutch.load("nl_bestaat_niet")


def test_built_in_pipeline_runs_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipelines, "find_spec", lambda name: None)
    assert pipelines.resolve(pipelines.AUTOMATIC) == pipelines.BUILT_IN
