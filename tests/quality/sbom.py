"""`make sbom`: docs/sbom.cdx.json (CycloneDX 1.6) and docs/licences.md, from the locks and licences.yaml."""

import json
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.quality.components import Component, rules

SBOM = Path("docs/sbom.cdx.json")
PAGE = Path("docs/licences.md")
# The identifiers that CycloneDX takes as a licence of its own; everything else it takes as an expression or a name.
_JOINED = (" AND ", " OR ", "(")


def sbom(found: list[Component]) -> str:
    """The list of everything that the product is made of, the same for the same locks."""
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    product = {
        "type": "application",
        "bom-ref": "product",
        "name": project["name"],
        "version": project["version"],
        "licenses": [{"license": {"id": "EUPL-1.2"}}],
    }
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": product},
        "components": [_component(each) for each in found],
    }
    return json.dumps(bom, indent=1, ensure_ascii=False) + "\n"


def _component(each: Component) -> dict[str, Any]:
    reference = (
        f"pkg:{each.kind if each.kind != 'bundled' else 'generic'}/{_in_purl(each.name)}@{_in_purl(each.version)}"
    )
    return {
        "type": "data" if each.licence.startswith("CC") else "library",
        "bom-ref": reference,
        "name": each.name,
        "version": each.version,
        "scope": "required" if each.runs else "excluded",
        "licenses": [_licence(each.licence)],
        "purl": reference,
        "properties": [{"name": "used in", "value": place} for place in each.used_in],
    }


def _in_purl(text: str) -> str:
    return text.replace("@", "%40").replace(" ", "%20").replace(",", "%2C").replace("+", "%2B")


def _licence(expression: str) -> dict[str, Any]:
    if any(sign in expression for sign in _JOINED):
        return {"expression": expression}
    return {"license": {"name" if expression.startswith("LicenseRef") else "id": expression}}


def page(found: list[Component]) -> str:
    """The same for people: which licences, how often, and what is used in spite of the list."""
    names: dict[str, list[str]] = defaultdict(list)
    for each in found:
        if each.runs and each.name not in names[each.licence]:
            names[each.licence].append(each.name)
    rows = [
        f"| {licence} | {len(those)} | {', '.join(sorted(those, key=str.lower))} |"
        for licence, those in sorted(names.items(), key=lambda row: (-len(row[1]), row[0]))
    ]
    exceptions = [
        f"- **{', '.join(each['packages'])}** ({each['licence']}): {each['why']}" for each in rules()["exceptions"]
    ]
    running = sum(each.runs for each in found)
    return "\n".join(
        [
            "# Licences of what the product is made of",
            "",
            "Made by `make sbom` from the locks, together with the list for programs,",
            f"[sbom.cdx.json](sbom.cdx.json) (CycloneDX 1.6). {len(found)} parts, of which {running} are in the",
            "product that runs; the rest builds and tests it. A licence outside the list in",
            "`tests/quality/licences.yaml` makes a test fail. What a package says of itself is believed; libraries",
            "inside its binaries are not looked at.",
            "",
            "The product itself is under the [EUPL-1.2](../LICENSE).",
            "",
            "## In the product that runs",
            "",
            "| licence | parts | which |",
            "|---|---:|---|",
            *rows,
            "",
            "## In spite of the list",
            "",
            *exceptions,
            "",
        ]
    )
