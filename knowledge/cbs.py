"""The CBS figures of the seed: establishments per sector and size class, the target group, and what was reached."""

from pathlib import Path
from typing import Any

from knowledge.loading import Document, KnowledgeError, Problem, read


def load_cbs(path: Path) -> dict[str, Any]:
    """Read the tables. Raises KnowledgeError when a row, a column or the target group does not add up."""
    document = read(path)
    data: dict[str, Any] = document.data
    try:
        problems = _sum_problems(document, data)
    except (KeyError, TypeError, AttributeError) as error:
        problem = document.problem((), "De tabel is niet compleet.", "Zet het bestand terug.")
        raise KnowledgeError([problem]) from error
    if problems:
        raise KnowledgeError(problems)
    return data


def _sum_problems(document: Document, data: dict[str, Any]) -> list[Problem]:
    problems = []
    remedy = "Kijk de getallen na in de bron die bovenaan staat."
    sizes = [size["id"] for size in data["grootteklassen"]]
    sectors = data["sectoren"]
    for index, row in enumerate(sectors):
        if sum(row["vestigingen"].values()) != row["totaal"]:
            what = f"De rij '{row['id']}' telt niet op tot {row['totaal']}."
            problems.append(document.problem(("sectoren", index, "totaal"), what, remedy))
    for name in ("vijfSectoren", "overigeSectoren", "alleSectoren"):
        if sum(data[name]["vestigingen"].values()) != data[name]["totaal"]:
            problems.append(document.problem((name, "totaal"), f"'{name}' telt niet op.", remedy))
    for size in sizes:
        five = sum(row["vestigingen"][size] for row in sectors)
        rest = data["overigeSectoren"]["vestigingen"][size]
        if five != data["vijfSectoren"]["vestigingen"][size]:
            problems.append(document.problem(("vijfSectoren", "vestigingen", size), "De kolom telt niet op.", remedy))
        if five + rest != data["alleSectoren"]["vestigingen"][size]:
            problems.append(document.problem(("alleSectoren", "vestigingen", size), "De kolom telt niet op.", remedy))
    target = data["doelgroep"]
    base = sum(data["alleSectoren"]["vestigingen"][size] for size in target["grootteklassen"])
    if base != target["basis"] or round(base * target["aandeel"]) != target["berekend"]:
        problems.append(document.problem(("doelgroep",), "De doelgroep volgt niet uit de tabel.", remedy))
    return problems
