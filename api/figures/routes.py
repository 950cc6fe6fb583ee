"""`/v1/cijfers`: released figures for everybody, as JSON, CSV and a description that machines read."""

import hashlib
import json
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.encoders import jsonable_encoder

from analytics.figures import Release
from analytics.menu import PUBLIC
from analytics.periods import month
from api.dependencies import AppParts, Parts, public_address
from api.description.texts import PUBLISHER
from api.errors import ApiError, BadInput, NotFound, documented
from api.figures import schemas, service
from api.figures.description import description
from api.figures.dictionary import dictionary
from api.figures.tables import as_csv, public_menu, table_of
from knowledge.base import Knowledge

_KEPT = 64  # releases as JSON; they never change
_NO_MONTH = "Dit is geen maand. Schrijf jaar en maand, bijvoorbeeld 2026-11."
_NO_RELEASE = "Van deze maand is er geen uitgave. Kijk op /v1/cijfers welke er zijn."
_NO_QUESTION = "Hier kun je niets kiezen of filteren. Haal alles vanaf het vraagteken weg uit het adres."
_OUTSIDE_MENU = "Deze tabel maken we niet. Kijk in de uitgave welke tabellen er zijn."
_NO_TABLE = "Deze tabel staat niet in deze uitgave: er waren te weinig gesprekken, of er was te veel uit af te leiden."


def no_choice(request: Request) -> None:
    """Let nobody think that a filter did something. Raises BadInput when an address asks one."""
    if request.query_params:
        raise BadInput(_NO_QUESTION)


router = APIRouter(prefix=service.ADDRESS, tags=["Cijfers"], dependencies=[Depends(no_choice)])
KnownVersion = Annotated[
    str | None,
    Header(
        alias="If-None-Match",
        description="De ETag van wat je al hebt. Is dat nog goed, dan krijg je 304.",
        examples=['"0f343b0931126a20f133d67c2b018a3b"'],
    ),
]
Month = Annotated[str, Path(description="De maand waar de uitgave mee eindigt", examples=["2026-11"])]
TableName = Annotated[str, Path(description="De naam van de tabel", examples=["tot-nu-sector"])]

_NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "Wat je al hebt, is nog goed"}}
_DCAT = {"@context": "https://www.w3.org/ns/dcat.jsonld", "@type": "dcat:Catalog"}
_CSV = "uitgave;tabel;rij;rijTitel;kolom;kolomTitel;waarde;status;drempel;afronding;synthetisch"


def _given(media_type: str, shape: str, shown: Any, *problems: type[ApiError]) -> dict[int | str, dict[str, Any]]:
    """The answers of a route that gives no JSON of a shape of ours."""
    content = {media_type: {"schema": {"type": shape}, "example": shown}}
    return {200: {"content": content}, **_NOT_MODIFIED, **documented(BadInput, *problems)}


@router.get("", response_model=list[schemas.ReleaseInList], responses=_NOT_MODIFIED | documented(BadInput))
def releases(parts: AppParts, known: KnownVersion = None) -> Response:
    """Alle uitgaven, de nieuwste eerst."""
    return _json([service.in_list(release) for release in reversed(parts.figures.all(PUBLIC))], known)


@router.get(
    "/beschrijving",
    response_class=Response,
    responses=_given("application/ld+json", "object", _DCAT),
)
def described(request: Request, parts: AppParts, known: KnownVersion = None) -> Response:
    """De beschrijving voor datacatalogi: DCAT-AP-NL als JSON-LD."""
    found = description(public_address(request, parts.settings), PUBLISHER, parts.figures.all(PUBLIC))
    return _json(found, known, "application/ld+json")


@router.get("/woordenboek", response_model=schemas.Dictionary, responses=_NOT_MODIFIED | documented(BadInput))
def words(parts: AppParts, known: KnownVersion = None) -> Response:
    """Het gegevenswoordenboek: wat elke kolom, code en meting betekent."""
    return _json(dictionary(parts.knowledge), known)


@router.get("/{maand}", response_model=schemas.Release, responses=_NOT_MODIFIED | documented(BadInput, NotFound))
def one(maand: Month, parts: AppParts, known: KnownVersion = None) -> Response:
    """Lees een uitgave met al haar tabellen."""
    return _answer(_whole(parts.knowledge.now(), _release(parts, maand)), "application/json", known)


@lru_cache(maxsize=_KEPT)
def _whole(knowledge: Knowledge, release: Release) -> bytes:
    return _as_json(service.whole(knowledge, release))


@router.get("/{maand}/{tabel}", response_class=Response, responses=_given("text/csv", "string", _CSV, NotFound))
# The decorator nearest to the function counts first, and the other address would take this one for a name of a table.
@router.get(
    "/{maand}/{tabel}.csv",  # see api.description.deprecations
    name="table_by_its_old_address",
    description="Haal een tabel op als CSV, op het oude adres. Gebruik het adres zonder .csv.",
    response_class=Response,
    responses=_given("text/csv", "string", _CSV, NotFound),
)
def table(maand: Month, tabel: TableName, parts: AppParts, known: KnownVersion = None) -> Response:
    """Haal een tabel op als CSV (UTF-8, puntkomma's)."""
    if tabel not in public_menu():
        raise BadInput(_OUTSIDE_MENU)
    release = _release(parts, maand)
    found = table_of(release, tabel)
    if found is None:
        raise NotFound(_NO_TABLE)
    name = f'attachment; filename="cijfers-{release.month.id}-{tabel}.csv"'
    return _answer(as_csv(release, found), "text/csv; charset=utf-8", known, {"Content-Disposition": name})


def _release(parts: Parts, identifier: str) -> Release:
    try:
        asked = month(identifier)
    except ValueError as error:
        raise BadInput(_NO_MONTH) from error
    found = parts.figures.release(PUBLIC, asked.id)
    if found is None:
        raise NotFound(_NO_RELEASE)
    return found


def _json(content: Any, known: str | None, media_type: str = "application/json") -> Response:
    return _answer(_as_json(content), media_type, known)


def _as_json(content: Any) -> bytes:
    return json.dumps(jsonable_encoder(content), ensure_ascii=False, separators=(",", ":")).encode()


def _answer(body: bytes, media_type: str, known: str | None, headers: dict[str, str] | None = None) -> Response:
    """An answer with a name for its content, or the word that the one that somebody has is still right."""
    version = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    given = {**(headers or {}), "ETag": version, "Cache-Control": "no-cache"}
    if known is not None and version in (name.strip().removeprefix("W/") for name in known.split(",")):
        return Response(status_code=304, headers=given)
    return Response(body, media_type=media_type, headers=given)
