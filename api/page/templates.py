"""Our own pages, as HTML in which everything is escaped, and what they allow a browser to load."""

from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from knowledge.languages import DUTCH, shipped

_API = Path(__file__).parent.parent
_FOLDERS = [
    _API / subject / "templates"
    for subject in ("page", "widget", "figures", "initiatives", "description", "accountability", "handbook")
]
NOWHERE = "'none'"
_IN_DUTCH_ONLY = ("initiatieven", "cijfers", "inbouwen", "demo", "stukken")


def fill(text: str, **values: str) -> Markup:
    """A text with values, which are links as a rule, in the place of the names between braces."""
    return escape(text).format(**values)


def with_words(environment: Environment) -> Environment:
    """The templates of pages, with the Dutch words: `w` of our pages, `u` of the result and `f` of the form.

    Those of pages that are in Dutch only go by the name of their part.
    """
    dutch = shipped()[DUTCH]
    environment.filters["fill"] = fill
    environment.globals |= {"w": dutch["paginas"], "u": dutch["uitslag"], "f": dutch["formulier"]}
    environment.globals |= {part: dutch[part] for part in _IN_DUTCH_ONLY}
    return environment


_ENVIRONMENT = with_words(
    Environment(
        loader=FileSystemLoader(_FOLDERS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
)


def part(template: str, **values: Any) -> Markup:
    """A part of a page that is the same whoever asks for it, so that it can be drawn once and kept."""
    return Markup(_ENVIRONMENT.get_template(template).render(**values))  # noqa: S704 - a template escapes all in it


def page(
    template: str, *, status: int = 200, framed_by: str = NOWHERE, language: str = DUTCH, **values: Any
) -> HTMLResponse:
    """A page. `framed_by` names the origins whose pages may show it in a frame; `language` is that of its own words."""
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {framed_by}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-cache" if status < 400 else "no-store"}
    words = shipped()[language]["paginas"]
    html = _ENVIRONMENT.get_template(template).render(language=language, w=words, **values)
    return HTMLResponse(html, status, headers)
