"""What a browser keeps in which somebody is logged in to the portal."""

import time
from collections.abc import Collection
from typing import Any

from playwright.sync_api import Browser
from sqlalchemy import update

from analytics.database import open_database
from api.portal.models import PortalSession
from api.portal.repository import PortalRepository
from api.portal.tokens import hashed, new_token
from tests.product.running import Product


def session_of(product: Product, email: str, *, confirmed: bool = False) -> str:
    """A session as somebody gets by a mailed link, confirmed with a passkey when told; mails are counted per hour."""
    engine = open_database(product.database_url)
    repository, now = PortalRepository(engine), int(time.time())
    person = repository.find(email)
    assert person
    link, session = new_token(), new_token()
    repository.add_link(link, person.id, "browser", now)
    assert repository.log_in(link, "browser", session, now)
    if confirmed:
        mine = PortalSession.token_hash == hashed(session)
        with engine.begin() as connection:
            connection.execute(update(PortalSession).where(mine).values(second_factor_at=now))
    engine.dispose()
    return session


def logged_in_as(
    browser: Browser,
    product: Product,
    name: str,
    role: str = "evenement",
    *,
    initiatives: Collection[str] = (),
    confirmed: bool = False,
) -> Any:
    """Invite somebody, log in, confirmed with a passkey when told, and give what the browser keeps."""
    email = f"{name.lower()}@gemeente.example"
    engine = open_database(product.database_url)
    PortalRepository(engine).invite(email, name, role, initiatives)
    engine.dispose()
    context = browser.new_context()
    session = session_of(product, email, confirmed=confirmed)
    context.add_cookies([{"name": "portaal", "value": session, "url": product.url}])
    kept = context.storage_state()
    context.close()
    return kept
