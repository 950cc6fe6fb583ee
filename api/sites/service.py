"""A site as its widget needs it."""

from typing import Any

import msgspec

from api.errors import Forbidden, NotFound
from knowledge.base import Knowledge
from knowledge.sites import Site


def admitted(knowledge: Knowledge, identifier: str, origin: str | None) -> Site:
    """A site, for a page that it names. `origin` is the website that asks, None for our own pages.

    Raises NotFound for a site that does not exist, and Forbidden when the site does not name that website.
    """
    site = knowledge.sites.get(identifier)
    if site is None:
        raise NotFound("Deze site bestaat niet.")
    if not site.admits(origin):
        raise Forbidden
    return site


def configuration(knowledge: Knowledge, identifier: str, language: str, origin: str | None) -> dict[str, Any]:
    """What the widget of a site needs, in one language. Raises NotFound and Forbidden as `admitted` does."""
    site = admitted(knowledge, identifier, origin)
    theme = msgspec.to_builtins(site.thema)
    return {
        **{name: getattr(site, name) for name in ("id", "naam", "aanbieder", "status", "privacy", "gemeente")},
        "taal": language,
        "paginas": msgspec.to_builtins(site.paginas),
        "contact": msgspec.to_builtins(site.contact),
        "thema": {name: value for name, value in theme.items() if value is not None},
        "teksten": knowledge.languages.widget(language, site.teksten),
    }
