"""Cross-origin requests: from the sites' own origins, exactly as their files name them, and from nowhere else."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import BadInput, Forbidden, problem_response
from api.sites.origins import foreign_origin
from knowledge.site_folder import Sites

REQUEST_HEADERS = ("Authorization", "Content-Type", "Idempotency-Key", "Accept")
ANSWER_HEADERS = ("API-Version", "Retry-After", "Location", "Deprecation", "Sunset", "Link")
PREFLIGHT_SECONDS = 600
EVERYBODY = "*"

_GUARDED = ("/v1/", "/webhooks/", "/hsds")
_PUBLIC = ("/v1/openapi.json", "/v1/initiatieven", "/v1/cijfers", "/hsds")
_READING = ("GET", "HEAD", "OPTIONS")


class _CORSMiddleware(CORSMiddleware):
    """Starlette's, whose refusals have the shape of every error here."""

    def __init__(self, app: ASGIApp, *, methods: tuple[str, ...], origins: tuple[str, ...] = ()) -> None:
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=methods,
            allow_headers=REQUEST_HEADERS,
            expose_headers=ANSWER_HEADERS,
            max_age=PREFLIGHT_SECONDS,
        )

    def preflight_response(self, request_headers: Headers) -> Response:
        response = super().preflight_response(request_headers)
        if response.status_code < 400:
            return response
        kept = {name: value for name, value in response.headers.items() if not name.startswith("content-")}
        detail = "Deze methode of een van deze headers mag een andere website niet gebruiken."
        return problem_response(BadInput.status, BadInput.title, detail, kept)


class SiteCORSMiddleware(_CORSMiddleware):
    """Answers preflights, adds the headers that let a page read an answer, and refuses pages of unknown websites.

    Without the refusal a browser would hide the answer from an unknown page, but the request would be carried out.
    Which site an origin belongs to is looked at where the site is known: in the routes.
    """

    def __init__(self, app: ASGIApp, sites: Sites) -> None:
        """Wrap an application; the sites are followed as they change."""
        super().__init__(app, methods=("GET", "POST", "DELETE"))
        self._sites = sites
        self._public = _CORSMiddleware(app, methods=("GET",), origins=(EVERYBODY,))

    def is_allowed_origin(self, origin: str) -> bool:
        """Whether the origin stands at any site."""
        return any(site.admits(origin) for site in self._sites.values())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here when it is a preflight or comes from an unknown website."""
        if scope["type"] != "http" or not scope["path"].startswith(_GUARDED):
            await self.app(scope, receive, send)
            return
        if is_public(scope["method"], scope["path"]):
            await self._public(scope, receive, _open(send))
            return
        headers = Headers(scope=scope)
        origin = foreign_origin(headers)
        if origin is None:
            await self.simple_response(scope, receive, send, request_headers=headers)
        elif self.is_allowed_origin(origin):
            await super().__call__(scope, receive, send)
        else:
            refusal = problem_response(Forbidden.status, Forbidden.title, Forbidden.detail, {"Vary": "Origin"})
            await refusal(scope, receive, send)


def is_public(method: str, path: str) -> bool:
    """Whether this asks for data that are there for everybody, on every website."""
    return method in _READING and any(path == public or path.startswith(f"{public}/") for public in _PUBLIC)


def _open(send: Send) -> Send:
    """Open an answer to every page, also when no page asks: a browser may give what it kept to a page later."""

    async def send_open(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Access-Control-Allow-Origin"] = EVERYBODY
        await send(message)

    return send_open
