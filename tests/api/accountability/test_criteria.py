"""The accessibility statement: every criterion of WCAG 2.2 A and AA, and each proof that it names is there."""

import ast
import json
import re
from pathlib import Path

import pytest

from api.accountability.criteria import criteria, judged, proofs
from knowledge.base import Knowledge
from tests.api.accountability.installation import text, written

# Level A and AA of WCAG 2.2 (W3C Recommendation of 12 December 2024), which no longer has 4.1.1.
LEVEL_A = [
    "1.1.1",
    "1.2.1",
    "1.2.2",
    "1.2.3",
    "1.3.1",
    "1.3.2",
    "1.3.3",
    "1.4.1",
    "1.4.2",
    "2.1.1",
    "2.1.2",
    "2.1.4",
    "2.2.1",
    "2.2.2",
    "2.3.1",
    "2.4.1",
    "2.4.2",
    "2.4.3",
    "2.4.4",
    "2.5.1",
    "2.5.2",
    "2.5.3",
    "2.5.4",
    "3.1.1",
    "3.2.1",
    "3.2.2",
    "3.2.6",
    "3.3.1",
    "3.3.2",
    "3.3.7",
    "4.1.2",
]
LEVEL_AA = [
    "1.2.4",
    "1.2.5",
    "1.3.4",
    "1.3.5",
    "1.4.3",
    "1.4.4",
    "1.4.5",
    "1.4.10",
    "1.4.11",
    "1.4.12",
    "1.4.13",
    "2.4.5",
    "2.4.6",
    "2.4.7",
    "2.4.11",
    "2.5.7",
    "2.5.8",
    "3.1.2",
    "3.2.3",
    "3.2.4",
    "3.3.3",
    "3.3.4",
    "3.3.8",
    "4.1.3",
]
PROOF = sorted({proof for criterion in criteria() for proof in criterion.bewijs})


def test_every_criterion_is_there_once_with_its_level() -> None:
    found = {criterion.nummer: criterion.niveau for criterion in criteria()}
    assert len(found) == len(criteria())
    assert found == dict.fromkeys(LEVEL_A, "A") | dict.fromkeys(LEVEL_AA, "AA")


def test_order_is_that_of_the_standard() -> None:
    numbers = [tuple(map(int, criterion.nummer.split("."))) for criterion in criteria()]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("proof", PROOF)
def test_proof_is_there(proof: str) -> None:
    file, _, test = proof.partition("::")
    assert re.search(rf"^\s*(async )?def {test}\(", Path(file).read_text(), re.MULTILINE), f"{file} has no {test}"


def looked_at_with_axe() -> set[str]:
    """Every test in a browser that has axe-core look at something of the product."""
    return {
        f"{path}::{function.name}"
        for path in sorted(Path("tests/browser").glob("test_*.py"))
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef)
        and function.name.startswith("test_")
        and "axe" in {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    }


def test_every_look_with_axe_is_a_proof() -> None:
    found = looked_at_with_axe()
    assert len(found) > 15
    assert found - set(PROOF) == {"tests/browser/test_axe.py::test_every_fault_and_doubt_is_told_with_its_place"}


@pytest.mark.parametrize("page", ["initiatives", "handbook", "interface_page", "accountability", "figures_page"])
def test_pages_for_everybody_are_looked_at_for_what_axe_judges(page: str) -> None:
    for criterion in criteria():
        if criterion.metAxe:
            assert any(proof.startswith(f"tests/browser/test_{page}.py::") for proof in criterion.bewijs)


def test_page_names_each_test_with_what_it_proves(knowledge: Knowledge) -> None:
    page = text(written(knowledge), "toegankelijkheid")
    pairs = {
        (f"{file}::{test}", number)
        for file, tests in proofs().items()
        for test, numbers in tests.items()
        for number in numbers
    }
    assert pairs == {(proof, criterion.nummer) for criterion in criteria() for proof in criterion.bewijs}
    for file, tests in proofs().items():
        for test, numbers in tests.items():
            assert f"{file} {test} {', '.join(numbers)}" in page


def test_version_of_axe_is_the_one_that_the_tests_use() -> None:
    packages = json.loads(Path("tests/browser/package.json").read_text())
    assert judged().axe == packages["devDependencies"]["axe-core"]


def test_what_is_not_well_or_not_known_is_said_apart(knowledge: Knowledge) -> None:
    page = text(written(knowledge), "toegankelijkheid")
    before, _, _ = page.partition("Zo is er gekeken")
    for criterion in criteria():
        assert (criterion.paginas.hoe in before) == (criterion.paginas.oordeel == "deels"), criterion.nummer
    for unknown in ("Schermlezers", "Firefox en Safari"):
        assert unknown in before


def test_numbers_add_up(knowledge: Knowledge) -> None:
    assert sum(judged().numbers.values()) == len(criteria())
    page = text(written(knowledge), "toegankelijkheid")
    assert f"voldoen onze pagina's aan {judged().numbers['voldoet']}." in page
