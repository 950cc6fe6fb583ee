"""What there is to get, in the words that catalogues of open data read: DCAT-AP-NL 3.0, as JSON-LD."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from analytics.figures import Release
from analytics.periods import Month
from api.description.texts import LICENCE_NOT_CHOSEN, RIGHTS
from api.figures.tables import slug

_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EU = "http://publications.europa.eu/resource/authority"
_TITLE = "Bereik van de digitale hulp voor ondernemers, regio Utrecht"
_WHAT = (
    "Hoeveel bedrijven de digitale hulp bereikt, naar sector, grootte, plaats, fase en hulpvraag, en wat er kwam van "
    "aanvragen om contact. Aantallen zijn afgerond op vijftallen, kleine aantallen staan er niet in. Een uitgave "
    "verandert niet meer nadat zij is gemaakt."
)
_KEYWORDS = ("digitalisering", "mkb", "ondernemers", "Utrecht", "Gooi en Vechtstreek")


def description(base: str, publisher: str, releases: Sequence[Release]) -> dict[str, Any]:
    """The description of all releases, the oldest first. `base` is the public address, without a slash at the end."""
    return {
        "@context": _CONTEXT,
        "@graph": [_dataset(base, publisher, releases), _service(base, publisher)],
    }


def _dataset(base: str, publisher: str, releases: Sequence[Release]) -> dict[str, Any]:
    found = _common(base, publisher, f"{base}/v1/cijfers") | {
        "@type": "dcat:Dataset",
        "dct:title": _dutch(_TITLE),
        "dct:description": _dutch(_WHAT),
        "dct:language": {"@id": f"{_EU}/language/NLD"},
        "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/MONTHLY"},
        "dct:spatial": [{"@type": "dct:Location", "dct:title": _dutch("Provincie Utrecht en Gooi en Vechtstreek")}],
        "dcat:keyword": [_dutch(word) for word in _KEYWORDS],
        "dcat:landingPage": {"@id": f"{base}/cijfers"},
        "dcat:distribution": [one for release in reversed(releases) for one in _distributions(base, release)],
    }
    if releases:
        found["dct:issued"], found["dct:modified"] = _day(releases[0].made_on), _day(releases[-1].made_on)
        found["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(_sunday(Month(releases[0].month.year - 1, 12)) + timedelta(days=1)),
            "dcat:endDate": _day(_sunday(releases[-1].month)),
        }
    if any(release.synthetic for release in releases):
        found["adms:versionNotes"] = _dutch("Synthetische gegevens: verzonnen om te laten zien hoe het werkt.")
    return found


def _distributions(base: str, release: Release) -> Iterator[dict[str, Any]]:
    """A release as JSON, and each of its tables as CSV."""
    address = f"{base}/v1/cijfers/{release.month.id}"
    yield _distribution(address, f"Uitgave van {release.month.id}", "JSON", "application/json")
    for table in release.tables.values():
        name = slug(table.id)
        yield _distribution(f"{address}/{name}", f"Uitgave van {release.month.id}, tabel {name}", "CSV", "text/csv")


def _distribution(address: str, title: str, form: str, media_type: str) -> dict[str, Any]:
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _dutch(title),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dct:format": {"@id": f"{_EU}/file-type/{form}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
        **_licence(),
    }


def _service(base: str, publisher: str) -> dict[str, Any]:
    return {
        **_common(base, publisher, f"{base}/v1/cijfers/beschrijving#api"),
        "@type": "dcat:DataService",
        "dct:title": _dutch(f"{_TITLE} (API)"),
        "dct:description": _dutch("De uitgaven als JSON, en hun tabellen als CSV. Zonder sleutel te gebruiken."),
        "dcat:endpointURL": {"@id": f"{base}/v1/cijfers"},
        "dcat:endpointDescription": {"@id": f"{base}/v1/openapi.json"},
        "dcat:servesDataset": {"@id": f"{base}/v1/cijfers"},
        **_licence(),
    }


def _common(base: str, publisher: str, identifier: str) -> dict[str, Any]:
    agent = {"@type": "foaf:Agent", "foaf:name": _dutch(publisher)}
    return {
        "@id": identifier,
        "dct:identifier": identifier,
        "dct:publisher": agent,
        "dct:creator": agent,
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": publisher,
            "vcard:hasURL": {"@id": f"{base}/cijfers"},
        },
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dcat:theme": {"@id": f"{_EU}/data-theme/ECON"},
    }


def _licence() -> dict[str, Any]:
    return {
        "dct:license": {"@id": LICENCE_NOT_CHOSEN},
        "dct:rights": {"@type": "dct:RightsStatement", "dct:description": _dutch(RIGHTS)},
    }


def _dutch(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "nl"}


def _day(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}


def _sunday(month: Month) -> date:
    """The last day of a month of whole weeks."""
    return date.fromisoformat(f"{month.last_week}-7")
