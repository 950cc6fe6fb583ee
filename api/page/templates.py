"""Our own pages, as HTML in which everything is escaped, and what they allow a browser to load."""

from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_API = Path(__file__).parent.parent
_FOLDERS = [_API / subject / "templates" for subject in ("page", "widget", "figures")]
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_FOLDERS), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)

NOWHERE = "'none'"


def page(template: str, *, status: int = 200, framed_by: str = NOWHERE, **values: Any) -> HTMLResponse:
    """A page. `framed_by` names the origins whose pages may show it in a frame."""
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {framed_by}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-cache" if status < 400 else "no-store"}
    return HTMLResponse(_ENVIRONMENT.get_template(template).render(**values), status, headers)
