"""One shape for every error: application/problem+json, in Dutch, without what was typed."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 2


class ProblemDetails(BaseModel, title="Probleem"):
    """Wat er misging, in de vorm van RFC 9457. Er staat nooit in wat jij stuurde."""

    status: int = Field(description="De HTTP-status", examples=[404])
    title: str = Field(description="Wat er misging, in een paar woorden", examples=["Niet gevonden"])
    detail: str = Field(description="Wat je eraan kunt doen", examples=["Dit bestaat niet of niet meer."])


class InputFault(BaseModel, title="Invoerfout"):
    """Wat er mis is met een veld."""

    pointer: str = Field(description="Welk veld (RFC 6901); / is het geheel", examples=["/kanaal"])
    code: str = Field(description="Het soort fout, voor programma's", examples=["literal_error"])
    detail: str = Field(description="Het soort fout, in woorden", examples=["Deze waarde bestaat niet."])


class InputProblemDetails(ProblemDetails, title="InvoerProbleem"):
    """Wat er mis is met wat je stuurde."""

    errors: list[InputFault] = Field([], description="Per veld wat er mis is; ontbreekt als het over het geheel gaat")


PROBLEMS: tuple[type[BaseModel], ...] = (ProblemDetails, InputProblemDetails)


class ApiError(Exception):
    """An error that a client gets to see."""

    status = 500
    title = "Er ging iets mis"
    detail = "Er ging iets mis. Probeer het zo opnieuw."
    shape: type[ProblemDetails] = ProblemDetails

    def __init__(self, detail: str | None = None, headers: Mapping[str, str] | None = None) -> None:
        """Say what is wrong, in Dutch; the default of the class when nothing is said."""
        self.detail = detail or self.detail
        self.headers = dict(headers or {})
        self.more: dict[str, Any] = {}
        super().__init__(self.detail)

    @classmethod
    def documented(cls) -> dict[str, Any]:
        """Describe this error as OpenAPI wants it."""
        content = {
            "schema": {"$ref": f"#/components/schemas/{cls.shape.__name__}"},
            "example": {"status": cls.status, "title": cls.title, "detail": cls.detail},
        }
        return {"description": cls.title, "content": {MEDIA_TYPE: content}}


class BadInput(ApiError):
    """The request cannot be understood or is not allowed now."""

    status = 400
    title = "Ongeldige aanvraag"
    detail = "De aanvraag klopt niet."
    shape = InputProblemDetails

    def __init__(self, detail: str | None = None, errors: Sequence[Mapping[str, str]] = ()) -> None:
        """Say what is wrong in whole; `errors` name each field with a JSON pointer, as a faulty form does."""
        super().__init__(detail)
        self.more = {"errors": list(errors)} if errors else {}


class Unauthorized(ApiError):
    """The secret that this needs is missing or does not hold."""

    status = 401
    title = "Sleutel ontbreekt"
    detail = "Stuur de sleutel mee in de header Authorization."

    def __init__(self) -> None:
        """Name the scheme that is expected."""
        super().__init__(headers={"WWW-Authenticate": "Bearer"})


class Forbidden(ApiError):
    """A page of another website asks for what is not there for it."""

    status = 403
    title = "Website niet bekend"
    detail = "Pagina's van deze website mogen dit niet gebruiken."


class NotFound(ApiError):
    """There is no such thing, or not any more, or it is somebody else's."""

    status = 404
    title = "Niet gevonden"
    detail = "Dit bestaat niet of niet meer."


class TooManyTries(ApiError):
    """Something was tried more often than anybody would who knows how."""

    status = 429
    title = "Te vaak geprobeerd"
    detail = "Dit is te vaak geprobeerd. Wacht een kwartier en probeer het dan opnieuw."

    def __init__(self, seconds: int) -> None:
        """Tell after how many seconds to try again."""
        super().__init__(headers={"Retry-After": str(seconds)})


class Unavailable(ApiError):
    """A part of the product does not answer; nothing was changed."""

    status = 503
    title = "Even niet bereikbaar"
    detail = "De assistent is even niet bereikbaar. Je antwoord is niet verwerkt. Probeer het zo opnieuw."

    def __init__(self, detail: str | None = None) -> None:
        """Tell when to try again."""
        super().__init__(detail, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def problem_response(
    status: int, title: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> JSONResponse:
    """An answer in the one shape."""
    content = {"status": status, "title": title, "detail": detail, **more}
    return JSONResponse(content, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def documented(*problems: type[ApiError]) -> dict[int | str, dict[str, Any]]:
    """The errors of a route, for its OpenAPI."""
    return {problem.status: problem.documented() for problem in problems}


_TITLES = {404: "Niet gevonden", 405: "Niet toegestaan", 413: "Te groot"}
_DETAILS = {404: "Dit adres bestaat niet.", 405: "Deze methode kan niet op dit adres.", 413: "Het bericht is te groot."}

_MESSAGES = {
    "missing": "Dit veld ontbreekt.",
    "json_invalid": "Dit is geen geldige JSON.",
    "extra_forbidden": "Dit veld hoort hier niet.",
    "string_too_short": "Deze tekst is te kort.",
    "string_too_long": "Deze tekst is te lang.",
    "literal_error": "Deze waarde bestaat niet.",
    "string_pattern_mismatch": "Deze waarde heeft niet de goede vorm.",
    "string_type": "Hier hoort tekst.",
}


ErrorPage = Callable[[Request, int, str, str, Mapping[str, str] | None], Response]
Answer = Callable[..., Response]


def shaped(pages: Mapping[str, ErrorPage]) -> Answer:
    """What gives an error the shape that its address asks for.

    `pages` maps the start of an address to what shows an error there to people.
    """

    def answer(
        request: Request, status: int, title: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> Response:
        for start, page in pages.items():
            if request.url.path.startswith(start):
                return page(request, status, title, detail, headers)
        return problem_response(status, title, detail, headers, **more)

    return answer


def install(app: FastAPI, answer: Answer) -> None:
    """Put the handlers in place. `answer` gives an error its shape."""

    @app.exception_handler(ApiError)
    async def known(request: Request, problem: ApiError) -> Response:
        return answer(request, problem.status, problem.title, problem.detail, problem.headers, **problem.more)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        # Pydantic's own messages repeat the input, which may be what somebody typed.
        found = [
            {
                "pointer": "/" + "/".join(str(step) for step in fault["loc"][1:]),
                "code": fault["type"],
                "detail": _MESSAGES.get(
                    fault["type"], str(fault.get("ctx", {}).get("reason", "Deze waarde klopt niet."))
                ),
            }
            for fault in error.errors()
        ]
        detail = " ".join(dict.fromkeys(fault["detail"] for fault in found))
        return answer(request, 400, BadInput.title, detail, errors=found)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        title = _TITLES.get(error.status_code, HTTPStatus(error.status_code).phrase)
        detail = _DETAILS.get(error.status_code, "De aanvraag kon niet worden verwerkt.")
        return answer(request, error.status_code, title, detail, error.headers)

    @app.exception_handler(SQLAlchemyError)
    async def database(request: Request, error: SQLAlchemyError) -> Response:
        unavailable = Unavailable(
            "De gegevens zijn even niet bereikbaar. Er is niets verwerkt. Probeer het zo opnieuw."
        )
        return answer(request, unavailable.status, unavailable.title, unavailable.detail, unavailable.headers)
