"""Reads data/nlu in one go.

Rasa reads one file after another with a pure-Python YAML parser and goes through everything it has at each further
file, copying and fingerprinting all of it, several times a training: a minute for fifty thousand sentences. The files
are the same, and Rasa's own importer can read them too.
"""

import hashlib
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class Sentence(Message):
    """An example that is text and intent only, so that what names it apart is quickly told."""

    def fingerprint(self) -> str:
        """A name for text, intent and whatever a component has added."""
        if set(self.data) <= {TEXT, INTENT} and not self.features:
            return hashlib.md5(
                repr((self.data.get(TEXT), self.data.get(INTENT))).encode(), usedforsecurity=False
            ).hexdigest()
        return str(super().fingerprint())

    def __deepcopy__(self, memo: dict[int, Any]) -> "Sentence":
        """A copy; text and intent cannot be changed from outside, so they are shared."""
        return Sentence(dict(self.data), set(self.output_properties), self.time, list(self.features))


class PlainNluImporter(RasaFileImporter):
    """Rasa's importer, with a fast way for files of examples that hold text only."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Every example of every intent. Raises ValueError for a file that holds anything else."""
        return TrainingData(
            [
                Sentence({TEXT: text, INTENT: entry["intent"]})
                for path in sorted(self._nlu_files)
                for entry in _entries(Path(path))
                for text in _examples(entry)
            ]
        )


def _entries(path: Path) -> list[dict[str, str]]:
    entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]  # it is a safe loader
    for entry in entries:
        if set(entry) != {"intent", "examples"}:
            raise ValueError(f"{path}: expected `intent` and `examples`, found {', '.join(sorted(entry))}.")
    return list(entries)


def _examples(entry: dict[str, str]) -> list[str]:
    return [line.removeprefix("- ").strip() for line in entry["examples"].splitlines() if line.strip()]
