"""Our own pages: chat, kiosk, privacy, demo and snippet."""

import pytest
from playwright.sync_api import expect

from api.widget.embedding import settings
from api.widget.releases import newest
from tests.browser.conftest import OpenWidget
from tests.browser.host import Host
from tests.product.running import Product


def test_chat_page_asks_nothing_before_start(open_widget: OpenWidget) -> None:
    widget = open_widget("/", launcher="Start")
    expect(widget.launcher).to_be_visible()
    widget.page.wait_for_load_state("networkidle")

    assert sorted(widget.requests) == ["/", "/pagina/pagina.css", newest().address]
    assert not widget.stored()
    assert widget.faults == []


def test_chat_page_in_english(open_widget: OpenWidget) -> None:
    widget = open_widget("/", launcher="Start")
    widget.page.get_by_role("link", name="English").click()

    expect(widget.page.get_by_role("heading", name="Where do you find digital help?")).to_be_visible()
    expect(widget.page.locator("html")).to_have_attribute("lang", "en")
    widget.open()
    expect(widget.button("Send")).to_be_visible()
    expect(widget.page.get_by_role("link", name="Nederlands")).to_be_hidden()  # while the conversation is open


def test_chat_page_for_a_site_and_an_event(open_widget: OpenWidget, product: Product) -> None:
    code = product.event(site="utrecht").event.code
    widget = open_widget(f"/e/{code.lower()}", launcher="Start")
    widget.scan()

    (record,) = product.rows("select * from referral where event = ?", code)
    assert (record["site"], record["channel"]) == ("utrecht", "evenement")
    expect(widget.element.locator(".mens")).to_contain_text("Ondernemersloket van de gemeente Utrecht")


def test_chat_page_without_javascript_leads_to_the_form(open_widget: OpenWidget) -> None:
    widget = open_widget("/", java_script_enabled=False)
    widget.page.get_by_role("link", name="als formulier").click()

    expect(widget.page.get_by_role("button", name="Bekijk je uitslag", exact=True)).to_be_visible()


def test_unknown_site_and_strange_event(product: Product) -> None:
    assert product.http.get("/?site=niemand").status_code == 404
    assert product.http.get("/?evenement=%3Cscript%3E").status_code == 200


def test_chat_page_may_be_framed_by_its_own_site_only(product: Product) -> None:
    policy = product.http.get("/chat?site=utrecht").headers["content-security-policy"]
    ancestors = policy.partition("frame-ancestors ")[2].partition(";")[0].split()

    assert ancestors == ["'self'", "https://www.utrecht.nl"]


def test_snippet_works_on_a_page_as_it_stands(open_widget: OpenWidget, host: Host, product: Product) -> None:
    copied = open_widget("/inbouwen?site=demo")
    text = copied.page.locator("#html").inner_text()
    assert newest().integrity in text
    page = f'<!doctype html><html lang="nl"><title>Gemeente</title><main><h1>Gemeente</h1></main>{text}</html>'
    host.put_file("/geplakt", page, "text/html; charset=utf-8")

    widget = open_widget(f"{host.origin}/geplakt")
    widget.open()
    widget.choose("2 tot 9")
    csp = copied.page.locator("#csp").inner_text()
    assert csp.splitlines() == [f"script-src {product.url}", f"connect-src {product.url}"]


def test_snippet_page_for_each_site(open_widget: OpenWidget, product: Product) -> None:
    widget = open_widget("/inbouwen")
    options = widget.page.get_by_label("Website").locator("option")
    assert options.count() == len(list(product.sites.glob("*.yaml")))
    widget.page.get_by_label("Website").select_option("kvk")
    widget.page.wait_for_url("**/inbouwen?site=kvk&taal=nl")

    expect(widget.page.locator("#html")).to_contain_text('site="kvk"')
    expect(widget.page.locator("#html")).to_contain_text("https://www.kvk.nl")
    assert widget.faults == []


def test_copy_button_copies(open_widget: OpenWidget) -> None:
    widget = open_widget("/inbouwen", permissions=["clipboard-read", "clipboard-write"])
    widget.button("Kopieer").first.click()
    expect(widget.button("Gekopieerd")).to_be_visible()

    copied = widget.page.evaluate("navigator.clipboard.readText()")
    assert copied == widget.page.locator("#html").text_content()


@pytest.mark.parametrize("setting", settings())
def test_demo_shows_the_widget_open(open_widget: OpenWidget, setting: str) -> None:
    widget = open_widget(f"/demo/{setting}?stand=open")

    expect(widget.page.get_by_text("Vraag 1 van 9")).to_be_visible()
    assert widget.faults == []


def test_demo_files_only(product: Product) -> None:
    assert product.http.get("/demo/bestanden/thema/rvo.css").status_code == 200
    assert product.http.get("/demo/bestanden/..%2Freleases.py").status_code == 404
    assert product.http.get("/demo/bestanden/niets.css").status_code == 404
    assert product.http.get("/demo/parijs").status_code == 404


def test_words_of_the_site_itself_stand_in_its_snippet(open_widget: OpenWidget, product: Product) -> None:
    path = product.sites / "u10.yaml"
    before = path.read_text()
    path.write_text(before + "teksten: {nl: {knop: Hulp van <U10> & meer}}\n")
    try:
        widget = open_widget("/privacy")
        widget.page.wait_for_timeout(1100)  # a changed file counts within a second
        widget.visit("/inbouwen?site=u10")
        expect(widget.page.locator("#html")).to_contain_text('knop="Hulp van &lt;U10&gt; &amp; meer"')
    finally:
        path.write_text(before)
