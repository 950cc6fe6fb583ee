"""`/hsds`: the interface for reading of Open Referral HSDS. Parameters and answers are named by the standard."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from api.dependencies import AppParts, Parts, public_address
from api.description.document import operation_id
from api.errors import BadInput, NotFound, documented
from api.hsds import service
from api.hsds.description import (
    PREFIX,
    TAG,
    About,
    Publisher,
    answer,
    described,
    file_answer,
    page_of,
    plain_answer,
)
from api.hsds.directory import Directory, Item, brief
from api.hsds.package import MEDIA_TYPE
from api.hsds.pages import Format, listed
from api.hsds.service import Asked
from api.hsds.standard import PROFILE, VERSION

MOST = 500  # on one page
_OFTEN = 50

_EXAMPLE = "a8114f9b-3e02-5d10-b636-29baa4318b39"  # KVK, whose id stays this

_routes = APIRouter(tags=[TAG], generate_unique_id_function=operation_id)


def _query(description: str, example: object, **limits: Any) -> Any:
    """A parameter with an example of what it may be."""
    return Query(description=description, examples=[example], **limits)


@dataclass(frozen=True)
class Sheet:
    """Which part of a list is asked for, and how."""

    page: Annotated[int, _query("Nummer van de pagina, vanaf 1", 1, ge=1, le=1_000_000)] = 1
    per_page: Annotated[int, _query("Hoeveel er op een pagina staan", 50, ge=1, le=MOST)] = _OFTEN
    format: Annotated[Format, _query("`ndjson` geeft alles, op elke regel één", "ndjson")] = "json"


Id = Annotated[str, Path(alias="id", description="Id volgens HSDS", examples=[_EXAMPLE])]
Words = Annotated[str | None, _query("Woorden die er allemaal in staan", "veilig", max_length=200)]
Term = Annotated[str | None, _query("Met deze term", _EXAMPLE, alias="taxonomy_term_id")]
TaxonomyId = Annotated[str | None, _query("Met een term van deze taxonomie", _EXAMPLE, alias="taxonomy_id")]
OrganizationId = Annotated[str | None, _query("Van deze organisatie", _EXAMPLE, alias="organization_id")]
Since = Annotated[
    datetime | None,
    _query("Veranderd op of na dit moment", "2026-11-26T12:00:00Z", alias="modified_after"),
]
Full = Annotated[bool, _query("Met alles wat erbij hoort", True)]
Sheets = Annotated[Sheet, Depends()]


def _now() -> datetime:
    return datetime.now(UTC)


def _directory(parts: AppParts) -> Directory:
    return parts.hsds.current(_now())


Current = Annotated[Directory, Depends(_directory)]


def _one(items: dict[str, Item], identifier: str) -> Item:
    if identifier not in items:
        raise NotFound("Dit staat niet in de gids.")
    return items[identifier]


def _list(items: list[Item], sheet: Sheet, *, full: bool = True) -> Response:
    shape = _whole if full else brief
    return listed(items, shape, page=sheet.page, per_page=sheet.per_page, kind=sheet.format)


def _whole(item: Item) -> Item:
    return item


@_routes.get("/", response_model=About)
def about(request: Request, parts: AppParts) -> About:
    """Wat dit is: welke versie van HSDS, en waar de beschrijving staat."""
    here = public_address(request, parts.settings)
    return About(
        version=VERSION,
        profile=PROFILE,
        openapi_url=f"{here}{PREFIX}/openapi.json",
        description="De initiatieven die ondernemers in de regio Utrecht helpen om digitaal te werken.",
        publisher=Publisher(name=parts.settings.controller, website=here),
    )


@_routes.get("/services", responses=page_of("service") | documented(BadInput))
def services(
    directory: Current,
    sheet: Sheets,
    *,
    search: Words = None,
    term: Term = None,
    taxonomy: TaxonomyId = None,
    organization: OrganizationId = None,
    modified_after: Since = None,
    minimal: Annotated[bool, _query("Alleen id en last_modified", True)] = False,
    full: Full = False,
) -> Response:
    """Zoek initiatieven. Filters tellen allemaal mee."""
    found = service.services(directory, Asked(search, term, taxonomy, organization, modified_after))
    if minimal:
        found, full = [service.minimal(item) for item in found], True
    return _list(found, sheet, full=full)


@_routes.get("/services/{id}", responses=answer("service") | documented(NotFound))
def one_service(directory: Current, identifier: Id) -> JSONResponse:
    """Lees een initiatief, met alles wat erbij hoort."""
    return JSONResponse(_one(directory.services, identifier))


@_routes.get("/organizations", responses=page_of("organization") | documented(BadInput))
def organizations(
    directory: Current,
    sheet: Sheets,
    *,
    search: Words = None,
    term: Term = None,
    taxonomy: TaxonomyId = None,
    full: Full = False,
    full_service: Annotated[bool, _query("Met hele initiatieven", True)] = False,
) -> Response:
    """Zoek wie initiatieven aanbieden, op wat ze aanbieden. Filters tellen allemaal mee."""
    found = service.organizations(directory, Asked(search, term, taxonomy))
    shaped = [service.without_services(item, whole=full_service) for item in found]
    return _list(shaped, sheet, full=full or full_service)


@_routes.get("/organizations/{id}", responses=answer("organization") | documented(BadInput, NotFound))
def one_organization(
    directory: Current,
    identifier: Id,
    *,
    full_service: Annotated[bool, _query("Met hele initiatieven", True)] = False,
) -> JSONResponse:
    """Lees wie initiatieven aanbiedt, en welke."""
    return JSONResponse(service.without_services(_one(directory.organizations, identifier), whole=full_service))


@_routes.get("/service_at_locations", responses=page_of("service_at_location") | documented(BadInput))
def service_at_locations(
    parts: AppParts,
    directory: Current,
    sheet: Sheets,
    *,
    search: Words = None,
    term: Term = None,
    taxonomy: TaxonomyId = None,
    organization: OrganizationId = None,
    modified_after: Since = None,
    full: Full = False,
    postcode: Annotated[str | None, _query("Werkt in de gemeente van deze postcode", "3811 AB", max_length=10)] = None,
    proximity: Annotated[str | None, _query("Wordt niet aangeboden", "5000", max_length=20)] = None,
) -> Response:
    """Zoek waar initiatieven werken. Filters tellen allemaal mee."""
    if proximity is not None:
        raise BadInput("Zoeken op afstand kan niet: van initiatieven is geen adres bekend. Laat proximity weg.")
    municipality = None if postcode is None else _municipality(parts, postcode)
    asked = Asked(search, term, taxonomy, organization, modified_after)
    found = service.service_at_locations(directory, asked, parts.knowledge, municipality, _now())
    return _list(found, sheet, full=full)


def _municipality(parts: Parts, postcode: str) -> str:
    reading = parts.knowledge.places.read(postcode, _now().date())
    if reading is None or not reading.places:
        raise BadInput("Dit is geen postcode. Geef vier cijfers, met of zonder de twee letters.")
    return reading.places[0].code


@_routes.get("/service_at_locations/{id}", responses=answer("service_at_location") | documented(NotFound))
def one_service_at_location(directory: Current, identifier: Id) -> JSONResponse:
    """Lees waar een initiatief werkt."""
    return JSONResponse(_one(directory.service_at_locations, identifier))


@_routes.get("/taxonomies", responses=page_of("taxonomy", plain=True) | documented(BadInput))
def taxonomies(directory: Current, sheet: Sheets, *, search: Words = None) -> Response:
    """Zoek indelingen van initiatieven."""
    return _list(Asked(search).searched(directory, directory.taxonomies), sheet)


@_routes.get("/taxonomies/{id}", responses=plain_answer("taxonomy") | documented(NotFound))
def one_taxonomy(directory: Current, identifier: Id) -> JSONResponse:
    """Lees een indeling."""
    return JSONResponse(_one(directory.taxonomies, identifier))


@_routes.get("/taxonomy_terms", responses=page_of("taxonomy_term", plain=True) | documented(BadInput))
def taxonomy_terms(
    directory: Current,
    sheet: Sheets,
    *,
    search: Words = None,
    taxonomy: TaxonomyId = None,
    parent_id: Annotated[str | None, _query("Onder deze term", _EXAMPLE)] = None,
) -> Response:
    """Zoek termen van indelingen. Geen term staat onder een andere, dus `top_only` verandert niets."""
    every = directory.taxonomy_terms.items()
    found = {name: item for name, item in every if taxonomy is None or item["taxonomy_id"] == taxonomy}
    return _list([] if parent_id else Asked(search).searched(directory, found), sheet)


@_routes.get("/taxonomy_terms/{id}", responses=plain_answer("taxonomy_term") | documented(NotFound))
def one_taxonomy_term(directory: Current, identifier: Id) -> JSONResponse:
    """Lees een term van een indeling."""
    return JSONResponse(_one(directory.taxonomy_terms, identifier))


@_routes.get("/export.zip", response_class=Response, responses=file_answer(MEDIA_TYPE))
def package(directory: Current) -> Response:
    """Alles in een keer, als Tabular Data Package."""
    return Response(
        directory.package, media_type=MEDIA_TYPE, headers={"Content-Disposition": 'attachment; filename="hsds.zip"'}
    )


@_routes.get("/openapi.json", include_in_schema=False)
def description(request: Request, parts: AppParts) -> JSONResponse:
    """The description of all this."""
    address = public_address(request, parts.settings)
    return JSONResponse(described(_routes.routes, address, parts.settings.api_contact))


router = APIRouter(prefix=PREFIX, include_in_schema=False)  # not in the description of /v1: see api/hsds/description.py
router.include_router(_routes)
router.add_api_route("", about)
