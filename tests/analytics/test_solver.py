"""The quick ways of solving give what the slow ones give."""

from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from analytics import solver
from analytics.audit import audit, components
from analytics.highs import Program
from analytics.system import System
from analytics.targets import targets
from tests.analytics.every_solution import Region
from tests.analytics.test_audit import BOTH, CROSSED, MONTHS, QUARTER, some_firms


def some_program(seed: int) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """Sums of 12 unknowns that some whole numbers fit."""
    random = np.random.default_rng(seed)
    matrix = csr_array(random.integers(0, 2, (9, 12)).astype(float))
    middle = matrix @ random.integers(0, 9, 12)
    slack = random.integers(0, 4, 9)
    return vstack([matrix, np.ones((1, 12))]).tocsr(), np.append(middle - slack, 0), np.append(middle + slack, 99)


@pytest.mark.parametrize("seed", range(20))
def test_program_that_is_solved_again_gives_what_a_new_one_gives(seed: int) -> None:
    matrix, low, high = some_program(seed)
    program = Program(matrix, low, high)
    for goal in np.random.default_rng(seed).normal(size=(6, 12)):
        best = linprog(goal, A_ub=vstack([matrix, -matrix]), b_ub=np.concatenate([high, -low]), bounds=(0, None)).fun
        for solution in (program.inside(goal), program.corner(goal)):
            assert solution is not None
            assert goal @ solution == pytest.approx(best, abs=1e-5)
            values = matrix @ solution
            assert np.all((low - 1e-6 <= values) & (values <= high + 1e-6))
            assert solution.min() >= 0


def test_program_without_a_solution() -> None:
    program = Program(csr_array(np.ones((2, 3))), np.array([5.0, 0.0]), np.array([9.0, 4.0]))
    assert program.inside(np.ones(3)) is None
    assert program.corner(np.ones(3)) is None


def test_solution_beside_which_nothing_fits_shows_nothing() -> None:
    dimensions, tables, months, between = QUARTER
    region = Region(dimensions, some_firms(Random(1), dimensions, months, between))
    sheets = [region.sheet(*one) for one in tables]
    system = System(sheets, region.records, ())
    cells, firms = zip(*targets(system, sheets, region.records, region.true), strict=True)
    looking = solver.Solver(system, cells, firms, {})
    every = np.arange(system.unknowns)
    solution = Program(system.matrix, system.low, system.high).corner(np.ones(system.unknowns))
    assert solution is not None
    looking._push_in(every, every[:1], solution + 1000)
    assert not np.isfinite([looking.lowest, looking.highest]).any()
    looking._push_in(every, every, solution)
    assert np.isfinite(looking.lowest).all()


@pytest.mark.parametrize("menu", [MONTHS, CROSSED, QUARTER], ids=["months", "crossed", "quarter"])
def test_solutions_that_need_not_be_whole_find_the_same_tables_too_narrow(
    menu: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They can show a count as wider than it is, and hardly ever do."""
    dimensions, tables, months, between = menu
    said, wider = [], 0
    for seed in range(40):
        region = Region(dimensions, some_firms(Random(seed), dimensions, months, between))  # type: ignore[arg-type]
        for sheets in components(region.sheet(*one) for one in tables):  # type: ignore[attr-defined]
            exact = audit(sheets, region.records, {}, true=region.true).narrow is not None
            with monkeypatch.context() as few:
                few.setattr(solver, "FEW_UNKNOWNS", 0)
                quick = audit(sheets, region.records, {}, true=region.true).narrow is not None
            assert exact or not quick
            wider += exact and not quick
            said.append(exact)
    assert {True, False} == set(said)
    assert wider <= len(said) // 20


def test_what_is_possible_for_who_has_more_is_so_for_who_has_less() -> None:
    dimensions, tables, months, between = QUARTER
    compared = 0
    for seed in range(40):
        region = Region(dimensions, some_firms(Random(seed), dimensions, months, between))
        more = tuple(region.sheet(*one) for one in tables)
        less = tuple(sheet for sheet in more if sheet.months == frozenset(BOTH))
        shown = audit(more, region.records, {}).shown
        alone, after = audit(less, region.records, {}), audit(less, region.records, {}, shown=shown)
        assert (alone.narrow is None) == (after.narrow is None)
        assert alone.cells == after.cells
        compared += alone.cells
    assert compared > 40
