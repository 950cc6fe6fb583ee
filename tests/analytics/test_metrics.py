"""The definitions of the figures: complete, checked, and the same in the documentation."""

from pathlib import Path

import pytest

from analytics import metric_guide
from analytics.menu import AUDIENCES
from analytics.metric_guide import FILE as GUIDE
from analytics.metric_guide import guide
from analytics.metrics import FILE, metrics
from knowledge.loading import KnowledgeError

GOOD = FILE.read_text(encoding="utf-8")


@pytest.fixture
def faults(tmp_path: Path):
    def read(old: str, new: str) -> list[str]:
        """The faults in the file after a change."""
        assert old in GOOD
        path = tmp_path / "metrics.yaml"
        path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(KnowledgeError) as caught:
            metrics(path)
        return [str(problem) for problem in caught.value.problems]

    return read


def line_of(text: str) -> int:
    return GOOD[: GOOD.index(text)].count("\n") + 1


def test_every_figure_of_the_working_group_is_defined():
    assert list(metrics()) == [
        "bereik",
        "doel",
        "doelgroep",
        "doorverwijzingen",
        "kanaal",
        "site",
        "evenement",
        "sector",
        "grootte",
        "plaats",
        "fase",
        "hulpvraag",
        "geen_aanbod",
        "gaten",
        "gestopt",
        "trechter",
        "aanvragen",
        "contact",
        "geholpen",
        "afloop",
        "doorlooptijd",
        "ervaring",
        "uitkomst_initiatief",
        "dekking",
        "vertegenwoordiging",
        "zzp",
        "gooi",
        "initiatieven",
    ]


def test_every_figure_asks_a_question_that_the_working_group_can_see_answered():
    for metric in metrics().values():
        assert metric.vraag.endswith("?"), metric.id
        assert "werkgroep" in metric.wie, metric.id
        assert set(metric.wie) <= set(AUDIENCES), metric.id


def test_the_sources_are_told_in_words():
    assert metrics()["doel"].sources[0] == "het precieze totaal van dit jaar"
    assert "tabel sector en grootte" in metrics()["dekking"].sources


def test_the_documentation_is_that_of_the_definitions():
    assert GUIDE.read_text(encoding="utf-8") == guide(), "docs/cijfers.md is out of date: make metrics"


def test_the_command_writes_the_documentation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(metric_guide, "FILE", tmp_path / GUIDE.name)
    assert metric_guide.main() == 0
    assert (tmp_path / GUIDE.name).read_text(encoding="utf-8") == guide()


def test_the_documentation_has_every_text_of_every_definition():
    page = " ".join(guide().split())
    for metric in metrics().values():
        for text in (metric.naam, metric.vraag, metric.eenheid, metric.formule, metric.kanttekening):
            assert " ".join(text.split()) in page


def test_a_figure_that_is_defined_twice_is_refused(faults):
    (fault,) = faults("- id: doelgroep", "- id: doel")
    assert f"metrics.yaml, regel {line_of('- id: doelgroep')}: Het cijfer 'doel' staat er twee keer." in fault


def test_a_source_that_does_not_exist_is_refused(faults):
    (fault,) = faults("bron: [kanaal, totaal]", "bron: [kanalen, totaal]")
    assert f"regel {line_of('bron: [kanaal, totaal]')}: De bron 'kanalen' bestaat niet." in fault
    assert "Kies uit live, evenement" in fault


def test_an_audience_that_does_not_exist_is_refused(faults):
    (fault,) = faults("wie: [werkgroep, publiek]", "wie: [werkgroep, pers]")
    assert f"regel {line_of('wie: [werkgroep, publiek]')}: De waarde 'pers' bestaat niet." in fault


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("bron: [live]", "bron: []", "Bij 'bereik' is bron leeg."),
        ("naam: Bereik", "naam: ''", "Bij 'bereik' is naam leeg."),
        ("    naam: Bereik\n", "", "Het veld 'naam' ontbreekt."),
        ("naam: Bereik", "naam: Bereik\n    kleur: rood", "Het veld 'kleur' hoort hier niet."),
    ],
)
def test_a_definition_that_is_not_complete_is_refused(faults, old, new, what):
    (fault,) = faults(old, new)
    assert what in fault


def test_every_fault_is_told_at_once(faults):
    assert len(faults("bron: [kanaal, totaal]", "bron: [a, b]")) == 2
