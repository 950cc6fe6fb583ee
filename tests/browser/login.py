"""What a browser keeps in which somebody is logged in to the portal."""

from typing import Any

from playwright.sync_api import Browser, expect

from analytics.database import open_database
from api.portal.repository import PortalRepository
from tests.browser.test_portal import ask
from tests.product.running import Product


def logged_in_as(browser: Browser, product: Product, name: str, role: str = "evenement") -> Any:
    """Invite somebody, log in by the mailed link, and give what the browser keeps."""
    email = f"{name.lower()}@gemeente.example"
    engine = open_database(product.database_url)
    PortalRepository(engine).invite(email, name, role)
    engine.dispose()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(ask(page, product, email, "/portaal/evenementen"))
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text(f"Ingelogd als {name}")).to_be_visible()
    kept = context.storage_state()
    context.close()
    return kept
