"""The texts of the widget: the same in every language but for the words."""

from pathlib import Path

import pytest

from knowledge.base import Knowledge
from knowledge.loading import KnowledgeError
from knowledge.widget import load_widget

GOOD = """\
perSite: [kop, pauze]
teksten:
  nl:
    kop: Hulp
    pauze: "Bel {naam} op {nummer}."
  en:
    kop: Help
    pauze: "Call {naam} at {nummer}."
"""


def load(folder: Path, old: str = "", new: str = ""):
    assert old in GOOD
    path = folder / "widget.yaml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    return load_widget(path)


def test_texts_of_a_site_come_first_in_their_own_language_only(tmp_path: Path) -> None:
    widget = load(tmp_path)
    own = {"nl": {"kop": "Hulp in Proef"}}
    assert widget.texts("nl", own) == {"kop": "Hulp in Proef", "pauze": "Bel {naam} op {nummer}."}
    assert widget.texts("en", own) == {"kop": "Help", "pauze": "Call {naam} at {nummer}."}


def test_a_site_may_choose_the_words_of_the_button_the_heading_and_the_pause(knowledge: Knowledge) -> None:
    assert knowledge.widget.perSite == ("knop", "kop", "pauze")
    assert set(knowledge.widget.teksten) == {"nl", "en"}


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "remedy"),
    [
        ("    kop: Help\n", "", 7, "Bij en ontbreekt 'kop'.", "begint met 'kop:'"),
        ("    kop: Hulp\n", "    kop: Hulp\n    sluiten: Sluiten\n", 8, "Bij en ontbreekt 'sluiten'.", "'sluiten:'"),
        ("    kop: Help\n", "    kop: Help\n    close: Close\n", 4, "Bij nl ontbreekt 'close'.", "'close:'"),
        ("at {nummer}", "now", 8, "Tussen accolades staat iets anders", "{naam}, {nummer}"),
        ("{naam} at {nummer}", "{nummer} for {naam}", 8, "Tussen accolades staat iets anders", "{naam}, {nummer}"),
        ("kop: Help", "kop: Help {naam}", 7, "Tussen accolades staat iets anders", "volgorde: niets"),
        ("{naam} op", "{naam op", 5, "Een accolade staat alleen.", "zoals {naam}"),
        ("kop: Help", "kop: ''", 7, "Deze tekst is leeg.", "Vul hem in."),
        ("[kop, pauze]", "[kop, titel]", 1, "De tekst 'titel' bestaat niet.", "onder teksten"),
        ("  en:", "  de:", 3, "De waarde 'de' bestaat niet.", "Vergelijk"),
        ("kop: Help", "kop: 12", 3, "Hier hoort str, er staat int.", "Vergelijk"),
    ],
)
def test_fault_is_told_with_line_and_remedy(
    tmp_path: Path, *, old: str, new: str, line: int, what: str, remedy: str
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path, old, new)
    problem = caught.value.problems[0]
    assert problem.what.startswith(what)
    assert remedy in problem.remedy
    assert problem.line == line


def test_language_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="De taal 'en' ontbreekt"):
        load(tmp_path, GOOD[GOOD.index("  en:") :], "")
