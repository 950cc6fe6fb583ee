"""Something in the place of TensorFlow, which Rasa imports at start for components that the product does not use.

It is half of what Rasa takes to start, and a third of its memory. What stands in its place can be named, inherited from
and used as a decorator, which is all that Rasa's modules do with it when they are imported, and it does nothing.
"""

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

PACKAGES = ("tensorflow", "tensorflow_hub", "keras")
OWN = "bot."
KNOWN_WITHOUT = frozenset({"RulePolicy"})  # components of Rasa's own that do without TensorFlow


class _Named(type):
    """Whatever is asked of the stand-in is another stand-in."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(name)


def _stand_in(name: str) -> Any:
    def used(_cls: type, *given: Any, **_: Any) -> Any:
        # As a decorator: of what it is put on, or with settings first.
        return given[0] if len(given) == 1 and callable(given[0]) else lambda decorated: decorated

    return _Named(name, (), {"__new__": used, "__init_subclass__": classmethod(lambda *_, **__: None)})


class _StandInModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(name)


class _Finder(MetaPathFinder, Loader):
    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name.partition(".")[0] in PACKAGES else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""


def is_needed(config: Path) -> bool:
    """Whether the pipeline or the policies hold a component that may need TensorFlow."""
    settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    names = [component["name"] for part in ("pipeline", "policies") for component in settings[part]]
    return not all(name.startswith(OWN) or name in KNOWN_WITHOUT for name in names)


def leave_out() -> None:
    """From here on nothing imports TensorFlow; has to come before Rasa is imported."""
    sys.meta_path.insert(0, _Finder())
