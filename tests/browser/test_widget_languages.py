"""In which language the frame of the widget is; the conversation in it stays Dutch."""

import pytest
from playwright.sync_api import expect

from api.widget.releases import newest
from tests.browser.conftest import OpenWidget
from tests.browser.host import Host
from tests.product.running import Product


def test_english_interface_around_dutch_answers(open_widget: OpenWidget) -> None:
    widget = open_widget("/demo/geen?taal=en", launcher="Which help suits me?")
    widget.open()

    expect(widget.button("Close")).to_be_visible()
    expect(widget.page.get_by_text("Question 1 of 9")).to_be_visible()
    assert widget.element.locator("section").get_attribute("lang") == "en"
    expect(widget.page.get_by_role("group", name="Choose an answer")).not_to_have_attribute("lang", "nl")
    widget.say("met z'n vieren")
    said = widget.log.locator(".bot, .jij, .keuzes button")
    assert set(said.evaluate_all("nodes => nodes.map((node) => node.lang)")) == {"nl"}
    speakers = widget.log.locator(".vh")
    assert set(speakers.evaluate_all("nodes => nodes.map((node) => node.lang)")) == {"en"}
    assert {"Assistant: ", "You: "} <= set(speakers.all_text_contents())


def test_english_interface_tells_faults_in_english(open_widget: OpenWidget) -> None:
    widget = open_widget("/demo/geen?taal=en", launcher="Which help suits me?").open()
    busy = {"status": 503, "title": "Druk", "detail": "Het is nu erg druk."}
    widget.page.route("**/berichten", lambda route: route.fulfill(status=503, headers={"Retry-After": "60"}, json=busy))
    widget.field.fill("vier")
    widget.field.press("Enter")

    expect(widget.alert).to_contain_text("Something is wrong on our side. We keep trying.")
    expect(widget.alert.get_by_role("button", name="Try again")).to_be_visible()
    expect(widget.log.locator("small")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(
    ("page", "tag", "label"),
    [
        ("en-GB", "", "Which help suits me?"),
        ("fr", "", "Welke digitale hulp past bij mij?"),
        ("en", 'taal="nl"', "Welke digitale hulp past bij mij?"),
        ("", "", "Welke digitale hulp past bij mij?"),
    ],
)
def test_language_of_the_tag_then_of_the_page(
    open_widget: OpenWidget, host: Host, product: Product, *, page: str, tag: str, label: str
) -> None:
    lang = f' lang="{page}"' if page else ""
    text = f'<!doctype html><html{lang}><title>Proef</title><mkb-assistent site="demo" {tag}></mkb-assistent>'
    script = f'<script src="{product.url}{newest().address}" crossorigin="anonymous"></script>'
    host.put_file("/taal", text + script, "text/html; charset=utf-8")

    expect(open_widget(f"{host.origin}/taal", launcher=label).launcher).to_be_visible()
