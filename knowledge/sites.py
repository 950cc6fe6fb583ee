"""The web sites that carry the assistant, one file each: what may stand in such a file."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from knowledge.languages import OF_SITES, Languages, text_fault
from knowledge.loading import Document, KnowledgeError, Problem, convert, read

NotKnown = Literal["url", "telefoon", "openingstijden", "email", "privacy", "herkomsten"]

MUST_BE_NAMED: tuple[NotKnown, ...] = ("openingstijden", "telefoon", "privacy", "herkomsten")
STANDARD = "demo"  # the site of who names none: our own pages, a conversation without one, the preview
LOWEST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3, for text of any size
HIGHEST_PORT = 65535

_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+)(?::(?P<port>[0-9]{1,5}))?")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_LOOPBACK = ("localhost", "127.0.0.1")
_STANDARD_PORTS = {"https": 443, "http": 80}
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
# Nothing that could end a value in a style sheet and begin another.
_CORNERS = re.compile(r"0|[0-9]{1,2}(\.[0-9]+)?(px|rem|em)")
_FONTS = re.compile(r"[A-Za-z0-9 ,'\"-]+")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]*[0-9]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class SiteContact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where somebody who wants a person can turn to."""

    naam: str
    url: str | None = None
    telefoon: str | None = None
    openingstijden: str | None = None
    email: str | None = None


class Pages(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On which pages of the site the widget is shown: on those of `aan`, except those of `uit`.

    A pattern is the path of a page; `*` stands for any text, slashes included.
    """

    aan: tuple[str, ...] = ("/*",)
    uit: tuple[str, ...] = ()


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The looks that a site sets itself; what it leaves out comes from the page around the widget."""

    accent: str | None = None
    opAccent: str | None = None
    hoeken: str | None = None
    lettertype: str | None = None


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A site: who runs the assistant there, how it looks and speaks, and which pages of others may use it.

    `telt` says whether its traffic counts, `gemeente` is the municipality to suggest, and `herkomsten` are the origins
    (as browsers send them) whose pages may talk to the assistant. What is not known is left out and listed in
    `nietBekend`.
    """

    id: str
    naam: str
    aanbieder: str
    status: Literal["actief", "gepauzeerd"]
    telt: bool
    contact: SiteContact
    gemeente: str | None = None
    herkomsten: tuple[str, ...] = ()
    paginas: Pages = Pages()
    teksten: dict[str, dict[str, str]] = {}
    privacy: str | None = None
    thema: Theme = Theme()
    nietBekend: tuple[NotKnown, ...] = ()

    def admits(self, origin: str | None) -> bool:
        """Whether a page of this origin may use the assistant of this site. None stands for our own pages."""
        return origin is None or origin in self.herkomsten


def load_site(path: Path, municipalities: Collection[str], languages: Languages) -> Site:
    """Read the file of one site. Raises KnowledgeError with every fault in it."""
    document = read(path)
    site = convert(document, Site)
    problems = [
        *_blank_problems(document, site),
        *_identity_problems(document, site, municipalities),
        *_address_problems(document, site),
        *_origin_problems(document, site),
        *_page_problems(document, site.paginas),
        *_text_problems(document, site, languages),
        *_theme_problems(document, site.thema),
        *_gap_problems(document, site),
    ]
    if problems:
        raise KnowledgeError(problems)
    return site


def _blank_problems(document: Document, site: Site) -> Iterator[Problem]:
    """Names in which nothing stands: entrepreneurs read them."""
    names = {
        ("naam",): site.naam,
        ("aanbieder",): site.aanbieder,
        ("contact", "naam"): site.contact.naam,
        ("contact", "openingstijden"): site.contact.openingstijden,
    }
    for where, text in names.items():
        if text is not None and not text.strip():
            yield document.problem(where, "Hier staat niets.", "Vul de tekst in.")


def _identity_problems(document: Document, site: Site, municipalities: Collection[str]) -> Iterator[Problem]:
    if site.id != document.path.stem:
        what = f"Het id '{site.id}' is anders dan de naam van het bestand."
        yield document.problem(("id",), what, f"Maak er '{document.path.stem}' van.")
    if site.gemeente is not None and site.gemeente not in municipalities:
        what = f"De gemeente {site.gemeente} bestaat niet."
        yield document.problem(("gemeente",), what, "Noem een code uit municipalities.yaml.")


def _address_problems(document: Document, site: Site) -> Iterator[Problem]:
    """Addresses that a browser cannot follow, or should not."""
    for where, address in ((("contact", "url"), site.contact.url), (("privacy",), site.privacy)):
        if address is not None and not re.fullmatch(r"https://[^\s/]+(/\S*)?", address):
            what = "Het adres begint niet met https:// of heeft een spatie."
            yield document.problem(where, what, "Schrijf het hele adres, zoals de browser het toont.")
    if site.contact.telefoon is not None and not _TELEPHONE.fullmatch(site.contact.telefoon):
        what = f"'{site.contact.telefoon}' is geen telefoonnummer."
        remedy = 'Schrijf alleen het nummer, tussen aanhalingstekens: "030 123 45 67".'
        yield document.problem(("contact", "telefoon"), what, remedy)
    if site.contact.email is not None and not _EMAIL.fullmatch(site.contact.email):
        what = f"'{site.contact.email}' is geen e-mailadres."
        yield document.problem(("contact", "email"), what, "Schrijf het zo: naam@gemeente.nl.")


def _origin_problems(document: Document, site: Site) -> Iterator[Problem]:
    """Origins that no browser sends, or that let in more than meant."""
    for index, origin in enumerate(site.herkomsten):
        fault = _origin_fault(origin)
        if fault is None and origin in site.herkomsten[:index]:
            fault = (f"De herkomst '{origin}' staat er twee keer.", "Laat er een staan.")
        if fault:
            yield document.problem(("herkomsten", index), *fault)


def _origin_fault(origin: str) -> tuple[str, str] | None:
    """What is wrong with an origin and the remedy: a browser sends scheme, host and any unusual port, nothing else."""
    if "*" in origin:
        return f"De herkomst '{origin}' heeft een jokerteken.", "Noem elke website apart, zonder *."
    if origin != origin.lower():
        return f"De herkomst '{origin}' heeft hoofdletters.", f"Maak er '{origin.lower()}' van."
    scheme, found, rest = origin.partition("://")
    if not found or scheme not in _STANDARD_PORTS:
        return f"De herkomst '{origin}' begint niet met https://.", "Schrijf bijvoorbeeld https://www.gemeente.nl."
    if "/" in rest or "?" in rest or "#" in rest:
        short = f"{scheme}://{re.split('[/?#]', rest)[0]}"
        return f"De herkomst '{origin}' heeft een pad of een schuine streep aan het eind.", f"Maak er '{short}' van."
    match = _ORIGIN.fullmatch(origin)
    host = match["host"] if match else ""
    if match is None or (host not in _LOOPBACK and not _HOST.fullmatch(host)):
        return f"De herkomst '{origin}' heeft geen goede naam van een website.", "Kijk na op tikfouten en spaties."
    if scheme == "http" and host not in _LOOPBACK:
        return f"De herkomst '{origin}' is niet beveiligd.", f"Maak er 'https://{rest}' van."
    if match["port"] is not None:
        port = int(match["port"])
        if port == _STANDARD_PORTS[scheme]:
            return f"Browsers sturen poort {port} niet mee.", f"Maak er '{scheme}://{host}' van."
        if match["port"].startswith("0") or port > HIGHEST_PORT:
            return f"Poort {match['port']} bestaat niet.", f"Kies een poort van 1 tot {HIGHEST_PORT}."
    return None


def _page_problems(document: Document, pages: Pages) -> Iterator[Problem]:
    if not pages.aan:
        remedy = "Noem een pagina, of zet de status op gepauzeerd."
        yield document.problem(("paginas", "aan"), "Zo is de hulp op geen enkele pagina te zien.", remedy)
    for name, patterns in (("aan", pages.aan), ("uit", pages.uit)):
        for index, pattern in enumerate(patterns):
            if not re.fullmatch(r"/[^\s?#]*", pattern):
                what = f"Het patroon '{pattern}' is geen pad van een pagina."
                remedy = 'Begin met een schuine streep, zonder spatie, ? of #: "/ondernemers/*".'
                yield document.problem(("paginas", name, index), what, remedy)


def _text_problems(document: Document, site: Site, languages: Languages) -> Iterator[Problem]:
    """Texts that a site may not set, or that do not fit in the place of ours."""
    for language, texts in site.teksten.items():
        if language not in languages:
            what = f"De taal '{language}' is er niet."
            yield document.problem(("teksten", language), what, f"Kies uit: {', '.join(languages)}.")
            continue
        for key, text in texts.items():
            where = ("teksten", language, key)
            if key not in OF_SITES:
                what = f"De tekst '{key}' kan een site niet zelf kiezen."
                yield document.problem(where, what, f"Kies uit: {', '.join(OF_SITES)}.")
            elif fault := text_fault(text, languages[language]["widget"][key]):
                yield document.problem(where, *fault)


def _theme_problems(document: Document, theme: Theme) -> Iterator[Problem]:
    if (theme.accent is None) != (theme.opAccent is None):
        what = "De kleuren accent en opAccent horen bij elkaar: vlak en letters erop."
        yield document.problem(("thema",), what, "Noem ze allebei, of geen van beide.")
    colours = {"accent": theme.accent, "opAccent": theme.opAccent}
    wrong = {name: colour for name, colour in colours.items() if colour is not None and not _COLOUR.fullmatch(colour)}
    for name, colour in wrong.items():
        what = f"'{colour}' is geen kleur."
        yield document.problem(("thema", name), what, 'Schrijf een kleur zo, tussen aanhalingstekens: "#0b5672".')
    if theme.accent is not None and theme.opAccent is not None and not wrong:
        ratio = contrast(theme.accent, theme.opAccent)
        if ratio < LOWEST_CONTRAST:
            # Rounded down, so that 4.499 does not read as enough.
            what = f"Het contrast van accent en opAccent is {int(ratio * 100) / 100:.2f}:1, en dat is te laag."
            remedy = f"Kies kleuren met een contrast van minstens {LOWEST_CONTRAST}:1."
            yield document.problem(("thema", "opAccent"), what, remedy)
    if theme.hoeken is not None and not _CORNERS.fullmatch(theme.hoeken):
        what = f"'{theme.hoeken}' is geen maat voor hoeken."
        yield document.problem(("thema", "hoeken"), what, 'Schrijf "0", "8px" of "0.5rem".')
    if theme.lettertype is not None and not _FONTS.fullmatch(theme.lettertype):
        what = "Het lettertype heeft tekens die er niet in horen."
        remedy = "Noem alleen namen van lettertypen, met komma's ertussen."
        yield document.problem(("thema", "lettertype"), what, remedy)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as #rrggbb, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _gap_problems(document: Document, site: Site) -> Iterator[Problem]:
    """What is said to be unknown and stands there, and what is missing without being said."""
    known: dict[NotKnown, object] = {
        "url": site.contact.url,
        "telefoon": site.contact.telefoon,
        "openingstijden": site.contact.openingstijden,
        "email": site.contact.email,
        "privacy": site.privacy,
        "herkomsten": site.herkomsten,
    }
    for index, name in enumerate(site.nietBekend):
        if known[name]:
            what = f"Bij nietBekend staat '{name}', maar dat is ingevuld."
            yield document.problem(("nietBekend", index), what, f"Haal '{name}' weg bij nietBekend.")
    for name in MUST_BE_NAMED:
        if not known[name] and name not in site.nietBekend:
            what = f"'{name}' ontbreekt, en staat niet bij nietBekend."
            yield document.problem(("nietBekend",), what, f"Vul '{name}' in, of noem het bij nietBekend.")
