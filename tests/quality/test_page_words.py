"""The words of public pages stand in the file of a language; what is Dutch in a template is named here, with why."""

import ast
import re
from fnmatch import fnmatch
from html.parser import HTMLParser
from pathlib import Path

import pytest

from api.accountability.documents import DOCUMENTS
from api.portal.pages import SUBJECTS
from knowledge.languages import DUTCH, shipped
from tests.quality.dutch_texts import texts_of

# Templates that are Dutch themselves, and why.
DUTCH_TEMPLATES = {
    **dict.fromkeys(
        (f"api/{subject}/templates/*.html" for subject in SUBJECTS),
        "the portal is for staff and owners, and its letters are documents",
    ),
    **dict.fromkeys(
        (f"api/accountability/templates/{document.id}.html" for document in DOCUMENTS),
        "a document of a public body, whose wording is settled in Dutch",
    ),
    "api/accountability/templates/delen.html": "parts of those documents",
    "api/description/templates/docs.html": "the manual of the interface, which is written in Dutch with it",
    "actions/preview/preview.html": "a file for who edits the Dutch texts, and no page",
}
# The modules of api/ that make public pages.
CODE_OF_PAGES = (
    *("page/routes", "page/templates", "contact/form", "contact/page", "leads/contact", "handbook/routes"),
    *("intakes/form", "intakes/lists", "intakes/page", "tablet/shell", "accountability/routes"),
    *("initiatives/finding", "initiatives/pages", "initiatives/portrait", "initiatives/words"),
    *("figures/pages", "figures/words", "widget/embedding", "widget/pages", "widget/presentation"),
)
SHOWN = {"alt", "title", "aria-label", "placeholder", "label", "data-toon"}  # attributes that people see or hear
NOT_SHOWN = {"script", "style", "pre", "code"}
# Formats, units and addresses, which are the same in every language; a class, and a piece of code.
ALIKE = {"JSON", "JSON-LD", "kvk.nl", "ms", "kiosk", "color-scheme: light dark"}
_FILLED_IN = "q0q"  # letters, so that it can stand for the name of an element
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_LITERAL = re.compile(r'"([^"]*)"|\'([^\']*)\'')
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_WORD = re.compile(r"[^\W\d_]{2,}")
_FOR_PEOPLE = re.compile(r"\b[A-ZÀ-Ý][a-zà-ÿ]|[^\W\d_] [^\W\d_]")  # of a text in code: a capital, or several words


class _Words(HTMLParser):
    """The texts of a template that has nothing of Jinja any more."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._apart = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._apart += tag in NOT_SHOWN
        self.found += [value or "" for name, value in attrs if name in SHOWN]

    def handle_endtag(self, tag: str) -> None:
        self._apart -= tag in NOT_SHOWN

    def handle_data(self, data: str) -> None:
        if not self._apart:
            # A macro may hold attributes without their element.
            self.found.append(_ATTRIBUTE.sub(lambda each: each[2] if each[1] in SHOWN else "", data))


def words_in(template: str) -> list[str]:
    """The texts for people that a template holds itself, between tags, in attributes and in its code."""
    code = " ".join(part for part in _JINJA.findall(template) if not part.startswith("{#"))
    literals = [re.sub(r"<[^>]*>", "", one or other) for one, other in _LITERAL.findall(code)]
    parser = _Words()
    parser.feed(_JINJA.sub(lambda part: _FILLED_IN if part[0].startswith("{{") else "", template))
    parser.close()
    texts = [" ".join(text.replace(_FILLED_IN, " ").split()) for text in parser.found]
    shown = [text for text in texts if _WORD.search(text)]
    return [text for text in (*shown, *filter(_FOR_PEOPLE.search, literals)) if text.strip("() ") not in ALIKE]


def _templates() -> list[Path]:
    return [path for top in ("api", "actions") for path in sorted(Path(top).rglob("*.html")) if _ours(path)]


def _ours(path: Path) -> bool:
    return "node_modules" not in path.parts


def test_no_public_page_has_words_in_its_template() -> None:
    public = [path for path in _templates() if not any(fnmatch(str(path), each) for each in DUTCH_TEMPLATES)]
    assert len(public) > 30
    found = {str(path): words for path in public if (words := words_in(path.read_text(encoding="utf-8")))}
    assert found == {}, "move these to a part of knowledge/languages/nl.yaml, or name the template with the reason"


def test_templates_that_are_named_are_there_and_have_words() -> None:
    templates = {str(path): words_in(path.read_text(encoding="utf-8")) for path in _templates()}
    for pattern in DUTCH_TEMPLATES:
        assert any(words for path, words in templates.items() if fnmatch(path, pattern)), pattern


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Zoek</p>", ["Zoek"]),
        ("<p>{{ i.zoek }}</p>", []),
        ("{% block title %}Cijfers – {{ w.merk }}{% endblock %}", ["Cijfers –"]),
        ("{# Words for makers. #}<p>{{ text }}</p>", []),
        ('<form aria-label="Initiatieven">', ["Initiatieven"]),
        ('<img alt="een kaart" src="/a.png">', ["een kaart"]),
        ('<input placeholder="Je naam" value="ja" name="naam">', ["Je naam"]),
        ('<button data-toon="Dank je wel" data-zeg="dank">', ["Dank je wel"]),
        ('{{ choice("fase", "Maakt niet uit", found) }}', ["Maakt niet uit"]),
        ("{{ \"Alles\" if all else 'niets gevonden' }}", ["Alles", "niets gevonden"]),
        ("<option{{ ' selected' if chosen }}>{{ title }}</option>", []),
        ("{{ w.ai | fill(kvk='<a href=\"/privacy\">' | safe ~ w.privacy ~ '</a>' | safe) }}", []),
        ('{% macro a(b) %} aria-invalid="{{ b }}" title="Let op"{% endmacro %}', ["Let op"]),
        ("<{{ tag }} class=\"paneel\">van {{ naam }}</{{ tag }}>", ["van"]),
        ("<a>{{ all }}</a> (JSON) <code>--mkb-accent</code><script>let een = 1</script>", []),
    ],
)  # fmt: skip
def test_words_of_a_template(template: str, found: list[str]) -> None:
    assert words_in(template) == found


def _raised(path: Path) -> set[str]:
    """The texts of errors, which have one shape for people and programs (api/errors.py)."""
    raised = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Raise))
    return {each.value for node in raised for each in ast.walk(node) if isinstance(each, ast.Constant)}


@pytest.mark.parametrize("module", CODE_OF_PAGES)
def test_no_public_page_has_words_in_its_code(module: str) -> None:
    path = Path("api", f"{module}.py")
    assert set(texts_of(path)) - _raised(path) == set()


def test_every_text_is_shown_somewhere() -> None:
    files = (path for top in ("api", "actions") for path in Path(top).rglob("*.*") if _ours(path))
    source = "\n".join(path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".html", ".ts"))
    asked = set(re.findall(r"\.([\w-]+)|[\"']([\w-]+)[\"']", source))
    names = {name for both in asked for name in both} | set(re.findall(r"\b(\w+)_\{", source))  # f"naam_{code}"
    keys = [(part, key) for part, words in shipped()[DUTCH].items() for key in words]
    assert [(part, key) for part, key in keys if not {key, key.split("_")[0], f"{key.split('_')[0]}_"} & names] == []
