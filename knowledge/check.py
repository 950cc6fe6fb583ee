"""`make check-knowledge`: every fault in the data files, with file, line and remedy."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from knowledge.base import FOLDER, load
from knowledge.catalogue import doubtful
from knowledge.cbs import load_cbs
from knowledge.loading import KnowledgeError, Problem
from knowledge.naming import named_twice
from knowledge.responses import load_responses
from knowledge.shadowed import shadowed
from knowledge.sites import STANDARD

DOMAIN = FOLDER.parent / "domain.yml"


def problems(folder: Path = FOLDER, domain: Path = DOMAIN) -> list[Problem]:
    """Every fault in the data files, and in the texts of domain.yml."""
    found: list[Problem] = []
    checks: tuple[Callable[[], object], ...] = (
        lambda: _knowledge(folder),
        lambda: load_cbs(folder / "cbs.yaml"),
        lambda: load_responses(domain),
    )
    for check in checks:
        try:
            check()
        except KnowledgeError as error:
            found += error.problems
    return sorted(found)


def _knowledge(folder: Path) -> None:
    """Everything that the product reads, and what it would go on with but nobody means."""
    found = load(folder)
    initiatives, catalogue = folder / "initiatives", found.editions.files.catalogue
    problems = [*doubtful(initiatives, catalogue, date.today()), *named_twice(initiatives, catalogue)]
    if STANDARD not in found.sites:
        what = f"De site '{STANDARD}' ontbreekt. Zonder die site werken de eigen pagina's en make preview niet."
        problems.append(Problem("sites/", 1, what, f"Zet sites/{STANDARD}.yaml terug, bijvoorbeeld met git checkout."))
    if problems:
        raise KnowledgeError(problems)


def main() -> int:
    """Print the faults, or what was checked. Returns the exit code."""
    found = problems()
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        print(f"{len(found)} fout(en) gevonden.", file=sys.stderr)
        return 1
    knowledge = load()
    print(
        f"In orde: {len(knowledge.catalogue)} initiatieven, {len(knowledge.intake.vragen)} vragen, "
        f"{len(knowledge.municipalities.gemeenten)} gemeenten, "
        f"{len(knowledge.sectors.activities.activiteiten)} activiteiten, {len(knowledge.sites)} sites, "
        f"{len(load_responses(DOMAIN))} teksten in domain.yml."
    )
    for line in shadowed(knowledge.editions):
        print(f"Let op: {line}")
    print("Spelling, moeilijke woorden en lange zinnen kijk je na met: make taal.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
