"""Everything of others that the product is made of, from the locks, with the licence that each says it has."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

import yaml
from license_expression import Licensing
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LICENCES = Path(__file__).with_name("licences.yaml")
# The place of use, the declaration and the lock of each environment, and where it is installed.
ENVIRONMENTS = (
    ("gateway and actions", Path("pyproject.toml"), Path("requirements.txt"), Path(".venv")),
    ("Rasa", Path("bot/pyproject.toml"), Path("bot/requirements.txt"), Path("bot/.venv")),
)
_NPM = "package-lock.json"
_SITE_PACKAGES = "lib/python3.11/site-packages"
_LOCKED = re.compile(r"^([\w.-]+)==([\w.+!-]+)", re.MULTILINE)
_CLASSIFIER = "License :: "


def package_locks() -> list[Path]:
    """The locks of npm in the repository."""
    return sorted(path for pattern in ("api/*", "tests/*", "tests/*/*") for path in Path().glob(f"{pattern}/{_NPM}"))


@dataclass(frozen=True, order=True)
class Component:
    """A package, font or data set: where it is used, whether the running product needs it, and its licence (SPDX)."""

    kind: str
    name: str
    version: str
    used_in: tuple[str, ...]
    runs: bool
    licence: str


@cache
def rules() -> dict[str, Any]:
    """What licences.yaml says: `allowed`, `spelled`, `packages`, `exceptions` and `bundled`."""
    return yaml.safe_load(LICENCES.read_text())


def components() -> list[Component]:
    """All of them, each version once. Raises LookupError for what is locked and not installed."""
    found: dict[tuple[str, str, str], Component] = {}
    for one in (*_from_python(), *_from_npm(), *_bundled()):
        key = (one.kind, one.name, one.version)
        other = found.get(key, one)
        found[key] = Component(*key, tuple(sorted({*one.used_in, *other.used_in})), one.runs or other.runs, one.licence)
    return sorted(found.values())


def acceptable(expression: str, allowed: Iterable[str]) -> bool:
    """Whether allowed licences are enough: one of those joined by OR, all of those joined by AND. Nothing said is not.

    Raises license_expression.ExpressionError for what is no expression.
    """
    licensing = Licensing()
    parsed = licensing.parse(expression)
    if parsed is None:
        return False
    good = {licensing.parse(name): licensing.TRUE for name in allowed}
    return bool(parsed.subs(good).simplify() == licensing.TRUE)


def _from_python() -> Iterator[Component]:
    for used_in, declaration, lock, environment in ENVIRONMENTS:
        installed = {
            canonicalize_name(each.name): each for each in distributions(path=[str(environment / _SITE_PACKAGES)])
        }
        declared = tomllib.loads(declaration.read_text())
        corrected = declared.get("tool", {}).get("uv", {}).get("dependency-metadata", [])
        asked = [*declared["project"]["dependencies"], *(line for each in corrected for line in each["requires-dist"])]
        needed = _needed(asked, installed)
        for name, version in _LOCKED.findall(lock.read_text()):
            known = installed.get(canonicalize_name(name))
            if known is None or known.version != version:
                raise LookupError(f"{lock}: {name} {version} is not installed. Remedy: make install")
            yield Component("pypi", name, version, (used_in,), canonicalize_name(name) in needed, licence(known))


def _needed(asked: list[str], installed: dict[str, Distribution]) -> set[str]:
    """The packages that the declared ones need to run, they included."""
    needed: set[tuple[str, str]] = set()
    waiting = [(Requirement(text), "") for text in asked]
    while waiting:
        requirement, extra = waiting.pop()
        name = str(canonicalize_name(requirement.name))
        if name not in installed or (requirement.marker and not requirement.marker.evaluate({"extra": extra})):
            continue
        for wanted in {"", *requirement.extras}:
            if (name, wanted) not in needed:
                needed.add((name, wanted))
                waiting += [(Requirement(text), wanted) for text in installed[name].requires or ()]
    return {name for name, _ in needed}


def licence(package: Distribution) -> str:
    """What a Python package says its licence is, in SPDX where licences.yaml knows how; empty when it says nothing."""
    known = rules()["packages"].get(canonicalize_name(package.name))
    if known:
        return str(known["licence"])
    said = package.metadata.json
    expression = str(said.get("license_expression") or "")
    spelled: dict[str, str] = rules()["spelled"]
    if expression:
        return spelled.get(expression, expression)
    field = str(said.get("license") or "").strip()
    classifiers = [str(line).rsplit(" :: ", 1)[-1] for line in said.get("classifier", ()) if _CLASSIFIER in line]
    texts = [*field.splitlines()[:1], *classifiers]
    clear = [spelled.get(text, text) for text in texts if text in spelled or text in rules()["allowed"]]
    # The most exact one: "BSD-3-Clause" rather than "BSD License".
    return min(clear, key=lambda name: name.startswith("LicenseRef")) if clear else " AND ".join(texts)


def _from_npm() -> Iterator[Component]:
    for lock in package_locks():
        for path, package in json.loads(lock.read_text())["packages"].items():
            if path:
                name = path.rpartition("node_modules/")[2]
                known = rules()["packages"].get(name, {})
                said = known.get("licence", package.get("license", ""))
                # What is not of development goes into the script that browsers get.
                runs = not package.get("dev", False) and not lock.is_relative_to("tests")
                yield Component(
                    "npm", name, package["version"], (str(lock.parent),), runs, rules()["spelled"].get(said, said)
                )


def _bundled() -> Iterator[Component]:
    for entry in rules()["bundled"]:
        yield Component("bundled", entry["name"], entry["version"], (entry["path"],), entry["runs"], entry["licence"])
