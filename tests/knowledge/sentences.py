"""The sentences in the YAML files beside this one: what people type, and how it should be read."""

from pathlib import Path
from typing import Any

import pytest
import yaml


def read(name: str) -> Any:
    """A file of sentences by subject."""
    return yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))


def cases(name: str, *, certain: bool) -> list[Any]:
    """Parameters (sentence, reading) of the sentences that are taken at once, or of those that are asked back."""
    return [
        pytest.param(sentence, tuple(group["lezing"]), id=f"{group['situatie']}: {sentence}")
        for group in read(name)["zinnen"]
        if group["zeker"] is certain
        for sentence in group["zinnen"]
    ]
