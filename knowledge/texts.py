"""The words of results, as `texts.yaml` holds them."""

from pathlib import Path

import msgspec

from knowledge.loading import KnowledgeError, Problem, convert, read


class Reasons(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why an initiative is shown: one template for those that fit, one per fallback."""

    initiatief: str
    vangnet: dict[str, str]


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Templates and words that reasons are made of."""

    thema: dict[str, str]
    nabij: dict[str, str]
    streek: dict[str, str]
    fase: dict[str, str]
    redenen: Reasons
    gezien: str
    verouderd: str
    maanden: tuple[str, ...]

    def freshness(self, month: str, *, outdated: bool) -> str:
        """How fresh what we know is, in words. `month` as in "2024-05"."""
        year, number = month.split("-")
        seen = self.gezien.format(maand=f"{self.maanden[int(number) - 1]} {year}")
        return f"{seen} {self.verouderd}" if outdated else seen


_FIELDS = {"nabij", "thema", "fase", "gemeente", "streek", "maand"}


def load_texts(path: Path) -> Texts:
    """Read the words. Raises KnowledgeError when a template asks for something that is never filled in."""
    document = read(path)
    texts = convert(document, Texts)
    problems: list[Problem] = []
    templates: list[tuple[tuple[str | int, ...], str]] = [
        (("redenen", "initiatief"), texts.redenen.initiatief),
        *((("redenen", "vangnet", name), text) for name, text in texts.redenen.vangnet.items()),
        *((("nabij", name), text) for name, text in texts.nabij.items()),
        (("gezien",), texts.gezien),
    ]
    for where, template in templates:
        try:
            template.format(**dict.fromkeys(_FIELDS, ""))
        except (KeyError, ValueError, IndexError) as error:
            what = f"De tekst vraagt om iets dat niet bestaat ({error})."
            remedy = f"Gebruik alleen {', '.join(sorted(_FIELDS))} tussen accolades."
            problems.append(document.problem(where, what, remedy))
    if len(texts.maanden) != 12:
        problems.append(document.problem(("maanden",), "Er horen twaalf maanden te staan.", "Vul ze aan."))
    if problems:
        raise KnowledgeError(problems)
    return texts
