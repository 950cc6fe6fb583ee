"""Which Dutch spaCy pipeline runs. Apart from bot/dutch.py because asking must not take seconds of imports.

nl_core_news_sm is not on PyPI. `python -m bot.pipelines` tries to fetch it once and says which pipeline will run.
"""

import subprocess
import sys
from importlib import invalidate_caches
from importlib.util import find_spec

PACKAGE = "nl_core_news_sm"
BUILT_IN = "ingebouwd"
AUTOMATIC = "auto"
DOWNLOAD_SECONDS = 60


def resolve(setting: str) -> str:
    """The pipeline that a setting stands for: the name of a spaCy package, or "ingebouwd"."""
    if setting == AUTOMATIC:
        return PACKAGE if find_spec(PACKAGE) else BUILT_IN
    return setting


def main() -> None:
    """Fetch nl_core_news_sm when it is missing and can be had; never an error when it cannot."""
    if resolve(AUTOMATIC) == BUILT_IN:
        command = [sys.executable, "-m", "spacy", "download", PACKAGE]
        try:
            subprocess.run(command, capture_output=True, timeout=DOWNLOAD_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            print(f"{PACKAGE}: no answer within {DOWNLOAD_SECONDS} seconds.")
        invalidate_caches()
    print(f"Dutch spaCy pipeline: {resolve(AUTOMATIC)}")


if __name__ == "__main__":
    main()
