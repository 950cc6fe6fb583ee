"""Documents promise nothing for people who are not there, and nothing that another page leaves open."""

import re

import pytest
import yaml

from tests.docs.documents import ROOT, prose

FOR_WHO_PUBLISHES = ("SECURITY.md", "GOVERNANCE.md", "CODE_OF_CONDUCT.md")
WEAKNESSES = (ROOT / "api/accountability/templates/kwetsbaarheid.html").read_text(encoding="utf-8")
MAINTENANCE = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))["maintenance"]
DECISION = re.compile(r"\*\*\[Decision: [^\]]+\?\]\*\*")
TERM = re.compile(r"within (?!how)(?:\w+ ){1,3}?(?:days?|weeks?|months?)", re.I)


def told(document: str) -> str:
    return " ".join(prose(ROOT / document).split())


@pytest.mark.parametrize("document", FOR_WHO_PUBLISHES)
def test_what_who_publishes_has_to_decide_is_open_until_there_is_somebody(document: str) -> None:
    text = told(document)
    assert bool(DECISION.search(text)) == (MAINTENANCE["type"] == "none")
    if MAINTENANCE["type"] == "none":
        assert TERM.findall(text) == []
        assert "nothing to fear" not in text


def test_maintainers_are_those_of_the_description_for_catalogues() -> None:
    assert ("has no maintainers yet" in told("GOVERNANCE.md")) == ("contacts" not in MAINTENANCE)


def test_terms_for_reports_of_weaknesses_are_open_in_both_places_or_in_none() -> None:
    left_to_the_ciso = "binnen hoeveel dagen" in WEAKNESSES
    assert ("within how many days" in told("SECURITY.md")) == left_to_the_ciso
    assert ("no legal steps" in told("SECURITY.md")) == ("geen aangifte" in WEAKNESSES)


@pytest.mark.parametrize("promise", ["An answer within three working days.", "They answer within a week."])
def test_promise_is_found(promise: str) -> None:
    assert TERM.search(promise)


def test_all_that_has_to_be_decided_is_named_where_it_is_published_from() -> None:
    comment = (ROOT / "publiccode.yml").read_text(encoding="utf-8").partition("publiccodeYmlVersion")[0]
    decided = {path.name for path in ROOT.glob("*.md") if DECISION.search(" ".join(prose(path).split()))}
    assert {name for name in FOR_WHO_PUBLISHES if name in comment} == decided
