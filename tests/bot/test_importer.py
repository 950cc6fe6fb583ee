"""The fast way of reading data/nlu gives what Rasa's own importer gives, and takes nothing that it cannot read."""

from pathlib import Path

import pytest
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.importer import PlainNluImporter, Sentence

PLAIN = "version: '3.1'\nnlu:\n- intent: groet\n  examples: |\n    - hallo\n    - goedemorgen, met Jan\n"


def written(folder: Path, text: str) -> str:
    file = folder / "nlu.yml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_examples_are_those_that_rasa_reads(tmp_path: Path) -> None:
    file = written(tmp_path, PLAIN)
    read = []
    for kind in (RasaFileImporter, PlainNluImporter):
        data = kind(training_data_paths=[file]).get_nlu_data()
        read.append([(example.get(TEXT), example.get(INTENT)) for example in data.intent_examples])
    assert read[0] == read[1] == [("hallo", "groet"), ("goedemorgen, met Jan", "groet")]


@pytest.mark.parametrize("other", ["- synonym: Jan\n  examples: |\n    - Johan\n", "- intent: leeg\n"])
def test_file_with_anything_else_is_refused(tmp_path: Path, other: str) -> None:
    file = written(tmp_path, PLAIN + other)
    with pytest.raises(ValueError, match=r"nlu\.yml: expected `intent` and `examples`, found \w+"):
        PlainNluImporter(training_data_paths=[file]).get_nlu_data()


def test_sentence_is_named_apart_by_all_that_it_holds() -> None:
    names = [Sentence({TEXT: text, INTENT: intent}).fingerprint() for text in "ab" for intent in "xy"]
    more = Sentence({TEXT: "a", INTENT: "x"})
    assert more.fingerprint() == names[0]
    more.set("iets", "van een component")
    assert more.fingerprint() == Message(more.data).fingerprint()
    assert len({*names, more.fingerprint()}) == 5
