"""Every mail: the same in text and HTML, short, without anything from elsewhere, and none that nobody can send."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from api.leads import deadlines, handover
from api.leads.statuses import EXPIRED, WITHDRAWN
from api.outbox import queue
from api.outbox.examples import example
from api.outbox.plain_text import plain
from api.outbox.registry import ENTREPRENEUR, EVENTS, TEMPLATES
from api.outbox.writing import FOLDER, written
from knowledge.base import Knowledge

ADDRESS = "https://hulp.example"
API = Path(__file__).parents[2] / "api"
LONGEST_SUBJECT, LONGEST_WORDS = 90, 130  # letters; words of a mail without the receipts in it
_PUT = re.compile(r"template=\s*\"([a-z.-]+)\"|\b_?tell(?:_owners|_coordinators)?\(.*?\"([a-z.-]+)\"")


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(params=sorted(TEMPLATES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_is_a_template_and_every_template_is_known() -> None:
    bases = {"mail", "ondernemer", "portaal"}
    assert {path.stem for path in FOLDER.glob("*.html")} - bases == set(TEMPLATES)


def test_text_and_html_say_the_same(name: str, knowledge: Knowledge) -> None:
    mail = example(name, knowledge, ADDRESS)
    assert mail.text == plain(mail.html)[0]
    assert mail.text.startswith("Hallo")
    assert "<" not in mail.text
    for tag, attributes in Tags(mail.html).tags:
        if tag == "a":
            assert attributes["href"] in mail.text.splitlines() or f"  {attributes['href']}" in mail.text.splitlines()


def test_subject_is_one_short_line(name: str, knowledge: Knowledge) -> None:
    subject = example(name, knowledge, ADDRESS).subject
    assert 0 < len(subject) < LONGEST_SUBJECT
    assert subject.isprintable()


def test_mail_is_short_and_its_lines_are_too(name: str, knowledge: Knowledge) -> None:
    mail = example(name, knowledge, ADDRESS)
    if name != "ontvangstbewijs":  # has the whole text of the consent in it
        assert len(mail.text.split()) < LONGEST_WORDS
    assert max(len(line) for line in mail.text.splitlines() if ADDRESS not in line) <= 72


def test_html_is_simple_and_brings_nothing_from_elsewhere(name: str, knowledge: Knowledge) -> None:
    tags = Tags(example(name, knowledge, ADDRESS).html).tags
    assert {tag for tag, _ in tags} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "footer", "h1", "h2", "p", "ul", "li", "a"),
    }
    assert ("html", {"lang": "nl"}) in tags
    assert not any({"src", "background", "style"} & set(attributes) for _, attributes in tags)


def test_colours_leave_light_and_dark_to_the_reader(name: str, knowledge: Knowledge) -> None:
    html = example(name, knowledge, ADDRESS).html
    assert '<meta name="color-scheme" content="light dark">' in html
    body = re.search(r"body \{([^}]*)\}", html)
    assert body is not None
    assert "background: Canvas; color: CanvasText;" in body[1]
    assert "a { color: LinkText; }" in html


@pytest.mark.parametrize("to_entrepreneur", [one.name for one in TEMPLATES.values() if one.to == ENTREPRENEUR])
def test_mail_to_an_entrepreneur_has_a_link_to_withdraw_and_no_name_that_somebody_typed(
    to_entrepreneur: str, knowledge: Knowledge
) -> None:
    mail = example(to_entrepreneur, knowledge, ADDRESS)
    assert f"{ADDRESS}/contact/intrekken?sleutel=" in mail.text
    assert "Anna" not in mail.text
    assert mail.text.startswith("Hallo,\n")


@pytest.mark.parametrize("reason", [deadlines.NO_RESPONSE, deadlines.STOPPED, deadlines.NO_OWNER])
def test_reason_for_another_way_is_told(reason: str) -> None:
    values = {"initiative": "SPOT035", "website": None, "alternatives": [], "address": ADDRESS, "withdraw": ADDRESS}
    text = " ".join(written("alternatief", "a@b.example", {**values, "details": {"reden": reason}}).text.split())
    words = {deadlines.NO_RESPONSE: "tien werkdagen", deadlines.STOPPED: "gestopt", deadlines.NO_OWNER: "niemand"}
    for other, its_words in words.items():
        assert (its_words in text) == (other == reason)


def test_what_is_typed_becomes_no_html_and_no_header() -> None:
    name = 'Kim <a href="https://kwaad.example">klik</a>\r\nBcc: x@kwaad.example'
    values = {"name": name, "initiative": f"Hulp & Co\r\nBcc: x@kwaad.example {name}", "address": ADDRESS, "lead": "1"}
    mail = written("nieuwe-aanvraag", "a@b.example", values)
    assert mail.subject.startswith("Nieuwe aanvraag voor Hulp & Co Bcc: x@kwaad.example Kim <a")
    assert mail.subject.isprintable()
    links = [attributes["href"] for tag, attributes in Tags(mail.html).tags if tag == "a"]
    assert mail.link in links
    assert all(link and link.startswith(f"{ADDRESS}/portaal/aanvragen/1") for link in links)
    assert "kwaad" not in mail.link


class TestPutting:
    def test_everything_that_is_put_somewhere_in_the_product_can_be_sent(self) -> None:
        put = {
            found
            for path in API.rglob("*.py")
            if "outbox" not in path.parts
            for match in _PUT.finditer(path.read_text(encoding="utf-8"))
            for found in match.groups()
            if found
        }
        assert put >= {"nieuwe-aanvraag", "ontvangstbewijs", "ervaring", "herinnering", "gegevens-controle"}
        assert put <= {name for name, template in TEMPLATES.items() if template.queued}
        computed = {f"aanvraag-{status}" for status in (WITHDRAWN, EXPIRED)} | set(deadlines._TEMPLATES.values())
        assert computed <= set(TEMPLATES)
        assert {handover.CREATED, handover.GONE} <= set(EVENTS)

    @pytest.mark.parametrize("template", ["bestaat-niet", "inloggen", "lead.created"])
    def test_unknown_mail_or_one_that_is_sent_at_once_is_refused(self, template: str) -> None:
        with pytest.raises(ValueError, match="There is no mail"):
            queue.put(Session(), kind=queue.MAIL, template=template, now=0)

    def test_unknown_event_is_refused(self) -> None:
        with pytest.raises(ValueError, match="There is no event"):
            queue.put(Session(), kind=queue.WEBHOOK, template="nieuwe-aanvraag", now=0)

    def test_mail_that_lacks_what_its_text_needs_is_refused(self) -> None:
        with pytest.raises(ValueError, match="needs in its details: reden"):
            queue.put(Session(), kind=queue.MAIL, template="alternatief", now=0)
