"""Fields of which the file of an initiative says something else than what owners changed in the portal."""

from knowledge.catalogue import Initiative
from knowledge.catalogue_folder import Editions

_FOLLOW = ("nietBekend",)  # says what the other fields leave open


def shadowed(editions: Editions) -> list[str]:
    """A line for each initiative whose file does not count everywhere, in Dutch."""
    pairs = zip(editions.files.catalogue, editions.current().catalogue, strict=True)
    return [_line(file, fields) for file, now in pairs if (fields := _differing(file, now))]


def _differing(file: Initiative, now: Initiative) -> list[str]:
    names = (name for name in Initiative.__struct_fields__ if name not in _FOLLOW)
    return [name for name in names if getattr(file, name) != getattr(now, name)]


def _line(initiative: Initiative, fields: list[str]) -> str:
    return (
        f"initiatives/{initiative.id}.yaml: {', '.join(fields)}. Hier telt het portaal, en niet het bestand. "
        "Wijzig het daar, of vraag het de eigenaar."
    )
