"""The documents by which a public body accounts for the product, written once for each edition of the data."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.accountability import algorithm_register
from api.accountability.facts import Installation, facts
from api.accountability.markdown import markdown
from api.page.templates import with_words
from knowledge.base import Knowledge

START = "/verantwoording"
_LOADER = FileSystemLoader(Path(__file__).parent / "templates")
_PAGES = with_words(
    Environment(loader=_LOADER, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
)
_PLAIN = Environment(autoescape=False, undefined=StrictUndefined)  # noqa: S701  # plain text, escaped where it is shown


@dataclass(frozen=True)
class Document:
    """One document: its id, which its template and file are called after, its title, and what is in it."""

    id: str
    title: str
    what: str
    address: str

    @property
    def download(self) -> str:
        """Where it is as Markdown."""
        return f"{START}/{self.id}.md"


def _document(identifier: str, title: str, what: str, address: str | None = None) -> Document:
    return Document(identifier, title, what, address or f"{START}/{identifier}")


DOCUMENTS = (
    _document("uitleg", "Uitleg van de score", "Hoe de score en het advies worden gemaakt, met voorbeelden."),
    _document("privacy", "Privacy", "Wat we bewaren, waarom en hoelang, en wat je kunt vragen.", "/privacy"),
    _document("gegevens", "Alle gegevens", "Elk gegeven in de database, met doel en termijn."),
    _document("bewaartermijnen", "Bewaartermijnen", "Hoelang alles blijft, en wat vanzelf wordt gewist."),
    _document("dpia", "DPIA", "Onderzoek naar de risico's voor mensen van wie we gegevens hebben. Een concept."),
    _document("verwerkingsregister", "Register van verwerkingen", "Zoals artikel 30 van de AVG het vraagt."),
    _document("algoritmeregister", "Algoritmeregister", "Hoe het in het Algoritmeregister van de overheid kan staan."),
    _document("ai-verordening", "AI-verordening", "Waarom we zeggen dat je met een computer praat. Een concept."),
    _document("toegankelijkheid", "Toegankelijkheid", "Per eis van WCAG 2.2 wat is getest, en wat niet."),
    _document("kwetsbaarheid", "Een zwakke plek melden", "Voor wie een gat in de beveiliging vindt."),
)


@dataclass(frozen=True)
class Decision:
    """What somebody has to decide, and who: the FG, a lawyer, the working group."""

    who: str
    what: str


@dataclass(frozen=True)
class Written:
    """A document as it stands: what is on its page, and the whole of it as Markdown."""

    document: Document
    content: Markup
    markdown: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class Library:
    """All documents, the page that leads to them, and the entry for the Algoritmeregister as data."""

    start: Markup
    documents: Mapping[str, Written]
    algorithm: Mapping[str, Any]


@lru_cache(maxsize=4)
def library(knowledge: Knowledge, installation: Installation) -> Library:
    """The documents with the data of this moment, in the words of this installation.

    Hand over `knowledge.now()`, so that a changed catalogue is a different one.
    """
    told = facts(knowledge, installation)
    fields = algorithm_register.filled(lambda text: _PLAIN.from_string(text).render(told))
    groups: defaultdict[str, list[algorithm_register.Field]] = defaultdict(list)
    for entry in fields:
        groups[entry.groep].append(entry)
    told["register"] = groups
    written = {document.id: _write(document, told) for document in DOCUMENTS}
    return Library(_start(written), written, algorithm_register.document(fields))


@dataclass
class _Questions:
    """Notes what a template leaves to somebody, and shows it as such."""

    asked: list[Decision] = field(default_factory=list)

    def __call__(self, who: str, what: str) -> Markup:
        what = lower_first(what)
        self.asked.append(Decision(who, what))
        return Markup('<strong class="beslissing">[Beslissing {}: {}]</strong>').format(who, what)


def _write(document: Document, told: Mapping[str, Any]) -> Written:
    questions = _Questions()
    content = Markup(_PAGES.get_template(f"{document.id}.html").render(told, besluit=questions))  # noqa: S704  # escaped
    text = markdown(f"<h2>{document.title}</h2>{content}", told["base"])
    return Written(document, content, text, tuple(questions.asked))


def _start(written: Mapping[str, Written]) -> Markup:
    by_who: defaultdict[str, list[tuple[Document, str]]] = defaultdict(list)
    for one in written.values():
        for decision in one.decisions:
            by_who[decision.who].append((one.document, decision.what))
    content = _PAGES.get_template("verantwoording.html").render(
        documents=written.values(),
        decisions=sorted(by_who.items(), key=lambda entry: entry[0].lower()),
        count=sum(map(len, by_who.values())),
    )
    return Markup(content)  # noqa: S704  # the template escapes


def lower_first(text: str) -> str:
    """A sentence as it goes on after a colon."""
    return text[:1].lower() + text[1:]


def _trimmed(text: str, signs: str) -> str:
    return text.strip(signs)


_PAGES.filters |= {"lower_first": lower_first, "trim": _trimmed}
