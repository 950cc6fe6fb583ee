"""Every document: complete, in the words of the installation, with what is left to decide marked as such."""

import re

import pytest

from analytics.disclosure import FOR_EVERYBODY
from api.accountability.documents import DOCUMENTS
from api.accountability.inventory import processings
from api.administration.retention import KINDS, STAYS, duration
from api.leads import consent
from api.leads.endings import KEEP_CLOSED_SECONDS
from api.leads.service import CONFIRM_SECONDS
from api.settings import Settings
from knowledge.base import Knowledge
from knowledge.languages import DUTCH
from tests.api.accountability.installation import plain, text, written

NAMES = [document.id for document in DOCUMENTS]
LEGAL = ("privacy", "dpia", "verwerkingsregister", "bewaartermijnen", "ai-verordening", "algoritmeregister")


@pytest.mark.parametrize("name", NAMES)
def test_page_and_file_say_the_same(knowledge: Knowledge, name: str) -> None:
    one = written(knowledge).documents[name]

    def letters(text: str) -> str:
        return "".join(
            re.findall(r"\w+", re.sub(r"\]\([^)]*\)|\|?(?: --- \|)+|^\d+\. |\\", " ", text, flags=re.MULTILINE))
        )

    page = re.sub(r'<p class="alleen-pagina">.*?</p>', "", f"{one.document.title} {one.content}")
    assert letters(one.markdown).replace("_", "") == letters(plain(page)).replace("_", "")


@pytest.mark.parametrize("name", LEGAL)
def test_legal_document_leaves_decisions_to_people(knowledge: Knowledge, name: str) -> None:
    one = written(knowledge).documents[name]
    assert one.decisions
    for decision in one.decisions:
        assert f"[Beslissing {decision.who}: {decision.what}]" in plain(one.content)


def test_start_leads_to_every_document_and_lists_every_decision(knowledge: Knowledge) -> None:
    found = written(knowledge)
    start = plain(found.start)
    for one in found.documents.values():
        assert f'href="{one.document.address}"' in found.start
        assert f'href="{one.document.download}"' in found.start
        for decision in one.decisions:
            assert decision.what in start
    count = sum(len(one.decisions) for one in found.documents.values())
    assert f"Nu staan er {count} open" in start


def test_links_lead_to_documents_and_parts_that_are_there(knowledge: Knowledge) -> None:
    found = written(knowledge)
    ours = {one.document.address for one in found.documents.values()} | {
        "/cijfers",
        "/scan",
        "/.well-known/security.txt",
    }
    ours |= {one.document.download for one in found.documents.values()} | {"/verantwoording/algoritmeregister.json"}
    for name, page in {"": found.start, **{name: one.content for name, one in found.documents.items()}}.items():
        for link in re.findall(r'href="([^"]+)"', page):
            if link.startswith("#"):
                assert f'id="{link[1:]}"' in page, (name, link)
            elif link.startswith("/"):
                assert link in ours, (name, link)


def test_terms_are_those_of_the_deleting(knowledge: Knowledge) -> None:
    page = text(written(knowledge), "bewaartermijnen")
    for kind in KINDS:
        assert f"{kind.name} {duration(kind.seconds)} {kind.since}" in page
    for name, why in STAYS.values():
        assert f"{name} {why}" in page
    privacy = text(written(knowledge), "privacy")
    assert f"wissen we alles na {duration(CONFIRM_SECONDS)}" in privacy
    assert f"tot {duration(KEEP_CLOSED_SECONDS)} nadat het contact klaar is" in privacy
    assert f"{duration(consent.KEEP_SECONDS)} dat er toestemming is gegeven" in privacy


def test_every_column_is_on_the_page_of_all_data(knowledge: Knowledge) -> None:
    page = written(knowledge).documents["gegevens"].content
    for processing in processings():
        for table, held in processing.tabellen.items():
            part = page.partition(f'id="{table}"')[2].partition("</table>")[0]
            assert re.findall(r"<code>(\w+)</code>", part) == list(held.kolommen), table


def test_register_has_what_article_30_asks_of_every_processing(knowledge: Knowledge) -> None:
    page = text(written(knowledge), "verwerkingsregister")
    for processing in processings():
        for said in (
            processing.naam,
            processing.doel,
            processing.betrokkenen,
            processing.grondslag,
            processing.ontvangers,
        ):
            assert plain(said) in page, processing.id
    for said in ("Provincie Voorbeeld", "Doorgifte buiten de EER", "Beveiliging"):
        assert said in page


def test_dpia_follows_the_seventeen_points(knowledge: Knowledge) -> None:
    headings = re.findall(r"<h4>(\d+)\. ", written(knowledge).documents["dpia"].content)
    assert headings == [str(number) for number in range(1, 18)]


def test_note_on_the_ai_act_quotes_what_every_visitor_reads(knowledge: Knowledge) -> None:
    said = knowledge.languages.widget(DUTCH, {})["ai"]
    assert said in text(written(knowledge), "ai-verordening")


def test_kinds_of_personal_data_are_those_that_are_taken_out(knowledge: Knowledge) -> None:
    for name in ("uitleg", "privacy", "dpia"):
        for kind in knowledge.texts.persoonsgegevens.values():
            assert kind in text(written(knowledge), name)


def test_threshold_of_published_figures_is_the_one_that_is_set(knowledge: Knowledge) -> None:
    assert f"geen aantallen onder {FOR_EVERYBODY.threshold}." in text(written(knowledge), "privacy")
    higher = written(knowledge, thresholds=Settings(staff_threshold=15, public_threshold=20).thresholds)
    assert "geen aantallen onder 20." in text(higher, "privacy")
    assert "geen aantallen onder 20 (werkgroep: 15)" in text(higher, "dpia")


@pytest.mark.parametrize(
    ("more", "name", "said"),
    [
        ({"controller": "Gemeente <b>Zeist</b>"}, "privacy", "Verantwoordelijk is Gemeente <b>Zeist</b>."),
        ({"mail_server": False}, "verwerkingsregister", "Er is nu geen mailserver ingesteld"),
        ({"mail_server": True}, "verwerkingsregister", "Mails gaan via een mailserver"),
        ({"identity_provider": "Gemeente-login"}, "privacy", "inloggen met Gemeente-login"),
        ({"base": "https://x.nl"}, "privacy", "__Host-portaal "),
        ({"security_contacts": ()}, "kwetsbaarheid", "Er is nog geen adres ingesteld"),
        ({}, "kwetsbaarheid", "veilig@voorbeeld.example Dit geldt tot 30 juni 2027"),
    ],
)
def test_says_how_this_installation_is_set_up(
    knowledge: Knowledge, more: dict[str, object], name: str, said: str
) -> None:
    assert said in text(written(knowledge, **more), name)


def test_value_of_a_setting_is_never_markup(knowledge: Knowledge) -> None:
    found = written(knowledge, controller="<script>x</script>")
    for one in found.documents.values():
        assert "<script" not in one.content
