"""Scenarios: whole conversations in Dutch, written in YAML and composed from fragments.

A scenario is a list of steps. A step says something (`zeg`, one text or several), presses a button (`kies`, one code or
several), or plays a fragment by name (`speel`). What may be expected after the last text or button of a step:

- `vraag`: id of the open question (`geen` for none), `bevestigen`: whether the assistant asks back (no by default when
  `vraag` is given), `knoppen`: codes that are offered;
- `antwoorden`: codes of answers, as the interface names them (`leeg` for none);
- `hoort`, `hoortNiet`: texts that stand, or do not stand, in what was said, in any case;
- `uitslag`: parts of the result: `fase`, `score`, `voorlopig`, `veiligheidsvlag`, `geenPassendAanbod`, `initiatieven`
  and `vangnet` by id, or `geen`;
- `onderbreking: true`: the question that was open is open again, and no answer has changed.
"""

from pathlib import Path
from typing import Any

import msgspec
import yaml

FOLDER = Path(__file__).parent
NONE = "geen"
EMPTY = "leeg"


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a scenario: what is done, and what may be expected then."""

    zeg: str | list[str] | None = None
    kies: str | list[str] | None = None
    speel: str | None = None
    vraag: str | None = None
    bevestigen: bool = False
    knoppen: list[str] = []
    antwoorden: dict[str, int | str] = {}
    hoort: str | list[str] = []
    hoortNiet: str | list[str] = []
    uitslag: dict[str, Any] | str | None = None
    onderbreking: bool = False

    @property
    def actions(self) -> list[dict[str, str]]:
        """The messages that are sent, in the shape of the interface."""
        return [{"tekst": text} for text in as_list(self.zeg)] + [{"keuze": code} for code in as_list(self.kies)]


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A conversation from its first message to its end."""

    naam: str
    stappen: list[Step]
    site: str = "demo"
    geregistreerd: bool = False  # whether a referral is on record at the end


class _Fragments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fragmenten: dict[str, list[Step]]


class _Scenarios(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    scenarios: list[Scenario]


def as_list(value: str | list[str] | None) -> list[str]:
    """One text or several as a list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


def scenarios() -> list[Scenario]:
    """Every scenario with its fragments filled in. Raises KeyError for a fragment that does not exist."""
    fragments = _read(FOLDER / "fragments.yaml", _Fragments).fragmenten
    found = []
    for path in sorted((FOLDER / "conversations").glob("*.yaml")):
        for scenario in _read(path, _Scenarios).scenarios:
            steps = [played for step in scenario.stappen for played in _played(step, fragments)]
            found.append(msgspec.structs.replace(scenario, stappen=steps))
    return found


def _played(step: Step, fragments: dict[str, list[Step]]) -> list[Step]:
    """A step, or the steps of the fragment that it plays; what the step expects holds after the fragment."""
    if step.speel is None:
        return [step]
    inner = [played for part in fragments[step.speel] for played in _played(part, fragments)]
    return [*inner, msgspec.structs.replace(step, speel=None)]


def _read(path: Path, kind: Any) -> Any:
    try:
        return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), kind)
    except msgspec.ValidationError as error:
        raise ValueError(f"{path.name}: {error}") from error
