"""What no test runs is told by function, unless it is explained; an explanation of nothing is told too."""

from typing import Any

from tests.quality.explanations import explanations, read
from tests.quality.uncovered import EXPLAINED, Gap, gaps, report

MEASURED: dict[str, Any] = {
    "files": {
        "api/one.py": {
            "functions": {
                "Door.open": {"missing_lines": [12, 13]},
                "Door.close": {"missing_lines": []},
                "": {"missing_lines": [40]},
            }
        }
    }
}


def explained(*names: str, files: str = "api/*.py") -> list[dict[str, Any]]:
    return [{"why": "It needs a door", "files": files, "names": list(names)}]


def test_gaps_are_functions_with_lines_that_were_not_run() -> None:
    assert list(gaps(MEASURED)) == [Gap("api/one.py", "Door.open", (12, 13)), Gap("api/one.py", "", (40,))]


def test_gap_without_a_reason_is_told() -> None:
    assert report(MEASURED, []) == [
        "api/one.py:12: Door.open, lines 12, 13",
        "api/one.py:40: the module, lines 40",
    ]


def test_gap_with_a_reason_is_not() -> None:
    assert report(MEASURED, explanations(explained("Door.*", ""))) == []
    assert len(report(MEASURED, explanations(explained("Door.*", "", files="bot/*.py")))) == 3


def test_reason_for_nothing_is_told() -> None:
    assert report({"files": {}}, explanations(explained("*"))) == [
        f"{EXPLAINED}: nothing to explain any more: It needs a door"
    ]


def test_every_entry_says_why() -> None:
    assert all(each.why and each.names for each in read(EXPLAINED))
