"""Which Dutch spaCy pipeline runs. Apart from bot/dutch.py because asking must not take seconds of imports."""

from importlib.util import find_spec

PACKAGE = "nl_core_news_sm"
BUILT_IN = "ingebouwd"
AUTOMATIC = "auto"


def resolve(setting: str) -> str:
    """The pipeline that a setting stands for: the name of a spaCy package, or "ingebouwd"."""
    if setting == AUTOMATIC:
        return PACKAGE if find_spec(PACKAGE) else BUILT_IN
    return setting
