"""Training, only when what the model is made of has changed. The same data gives the same model."""

import hashlib
import logging
import os
import sys
import warnings
from pathlib import Path

from bot.pipelines import AUTOMATIC, resolve
from knowledge.intake import load_intake

SOURCES = (
    "config.yml",
    "domain.yml",
    "data/**/*.yml",
    "bot/classifier.py",
    "bot/clauses.py",
    "bot/dutch.py",
    "bot/fitting.py",
    "bot/gazetteer.py",
    "bot/importer.py",
    "bot/phrases.py",
    "bot/pipelines.py",
    "bot/requirements.txt",
    "knowledge/activities.yaml",
    "knowledge/lexicon.py",
    "knowledge/lexicon.yaml",
    "knowledge/number_words.py",
    "knowledge/people.py",
    "knowledge/retold.py",
    "knowledge/subjects.py",
    "knowledge/words.py",
)
MODELS = Path("var/models")


def fingerprint(root: Path = Path()) -> str:
    """A name for everything that the model is made of, the Dutch pipeline included."""
    digest = hashlib.sha256(resolve(AUTOMATIC).encode())
    for pattern in SOURCES:
        for path in sorted(root.glob(pattern)):
            digest.update(str(path.relative_to(root)).encode())
            digest.update(path.read_bytes())
    # Of the questions only the ids count: a change of their texts needs no training.
    digest.update(repr([q.id for q in load_intake(root / "knowledge" / "intake.yaml").vragen]).encode())
    return digest.hexdigest()[:16]


def model_path(root: Path = Path()) -> Path:
    """Where the model that belongs to the present data is, or will be."""
    return root / MODELS / f"{fingerprint(root)}.tar.gz"


def main() -> int:
    """Train when there is no model for the present data. Returns the exit code."""
    path = model_path()
    if path.exists():
        print(f"The model is up to date ({path.name}).")
        return 0
    # Rasa's cache does not see a change in our components, and would pass off what the old ones learnt as new.
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Rasa's dependencies warn about each other, past any filter; what is wrong with our data is printed by Rasa itself.
    warnings.showwarning = lambda *_args, **_more: None
    # It takes seconds to import, and is not needed most of the time.
    from rasa.model_training import train  # noqa: PLC0415
    from rasa.utils.log_utils import configure_structlog  # noqa: PLC0415

    configure_structlog(logging.WARNING)

    print("Training the assistant, about a minute...", flush=True)
    MODELS.mkdir(parents=True, exist_ok=True)
    result = train("domain.yml", "config.yml", ["data"], output=str(MODELS), fixed_model_name=path.stem)
    if result.code != 0 or not path.exists():
        print("Training failed; see the messages above.", file=sys.stderr)
        return 1
    for older in MODELS.glob("*.tar.gz"):
        if older != path:
            older.unlink()
    print(f"Trained {path.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
