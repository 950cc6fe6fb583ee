"""How long training takes: as the product does it, and with everything in Rasa's own hands but the same components."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

import yaml

from tests.product.running import ROOT

RASA = ROOT / "bot/.venv/bin/rasa"


def seconds(*, own_importer: bool) -> float:
    """Seconds for `rasa train`, without a cache. Without our importer, Rasa reads the same files in its own way."""
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    if not own_importer:
        del config["importers"]
    environment = os.environ | {
        "RASA_MAX_CACHE_SIZE": "0",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        command = [str(RASA), "train", "--config", f"{folder}/config.yml", "--out", folder]
        begun = time.perf_counter()
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        return time.perf_counter() - begun
