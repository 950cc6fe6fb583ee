"""The intake without a connection: nothing that somebody answered is lost, counted twice or readable on the device."""

import os
import re
import signal
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, expect

from api.tablet.shell import STATIC
from tests.browser.conftest import ARGUMENTS, CHROMIUM, OpenTablet
from tests.browser.tablet import Tablet, make_event
from tests.product.running import Product

INTAKES = 30


def opened(browser: Browser, profile: Path) -> BrowserContext:
    """A browser as a tablet has it: what it keeps lies in files of its own."""
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=ARGUMENTS, locale="nl-NL", viewport={"width": 1024, "height": 768}
    )
    context.set_default_timeout(10_000)
    return context


def kill(profile: Path) -> None:
    """End the browser that works in these files, with all its processes at once."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"--user-data-dir={profile}".encode() in (process / "cmdline").read_bytes().split(b"\0"):
                os.kill(int(process.name), signal.SIGKILL)
    for lock in profile.glob("Singleton*"):
        lock.unlink()


def test_thirty_intakes_without_a_connection_survive_a_killed_browser_and_count_thirty_times(
    browser: Browser, product: Product, tmp_path: Path
) -> None:
    code, profile = make_event(product).event.code, tmp_path / "profile"
    context = opened(browser, profile)
    tablet = Tablet(context.pages[0], product, code).visit()
    expect(tablet.ready).to_be_visible()
    with product.without("gateway"):
        context.set_offline(True)
        tablet.page.reload()
        tablet.begin().core()
        expect(tablet.bar).to_have_text("1 intake wacht op internet")
        tablet.tap("Klaar")
        tablet.several(INTAKES - 1)
        expect(tablet.bar).to_have_text(f"{INTAKES} intakes wachten op internet")
        # An intake that was begun and not ended is there afterwards too.
        tablet.begin().tap("2 tot 9")
        assert len(tablet.stored()) == INTAKES + 1
        kill(profile)
    assert tablet.records() == []

    context = opened(browser, profile)
    again = Tablet(context.pages[0], product, code).visit()
    expect(again.page.get_by_text("Er is een scan die nog niet af is")).to_be_visible()
    again.until_stored(1)
    again.tap("Ga verder")
    expect(again.heading).to_contain_text("Wat voor bedrijf heb je?")
    context.close()
    records = again.records()
    assert len(records) == INTAKES
    assert {row["event"] for row in records} == {code}


def test_rows_on_the_device_hold_no_readable_codes_and_no_key_that_can_be_read_out(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit()
    expect(tablet.ready).to_be_visible()
    tablet.page.context.set_offline(True)
    tablet.begin().core()
    expect(tablet.bar).to_have_text("1 intake wacht op internet")

    (row,) = tablet.stored()
    assert set(row) == {"id", "event", "revision", "keyId", "iv", "data"}
    read = """name => new Promise(resolve => {
        const opening = indexedDB.open("intake");
        opening.onsuccess = () => {
            const reading = opening.result.transaction(name).objectStore(name).getAll();
            const outside = row => JSON.stringify({ ...row, id: 0, keyId: 0, iv: 0, data: 0 });  // of what is random
            reading.onsuccess = () => resolve(reading.result.map(row =>
                name === "keys" ? row.key.extractable : [new TextDecoder().decode(row.data), outside(row)]));
        };
    })"""
    for store in ("intakes", "deliveries"):
        rows = tablet.page.evaluate(read, store)
        assert rows
        for sealed, outside in rows:
            assert not re.search("GM0355|onbekend|administratie|vindbaar|personen", sealed)
            assert not re.search("GM0355|2-9|onbekend|administratie|vindbaar|personen", outside)
    assert tablet.page.evaluate(read, "keys") == [False]
    assert tablet.page.evaluate("Object.values(localStorage).length") == 0

    tablet.page.context.set_offline(False)
    tablet.until_sent()
    tablet.tap("Klaar")
    expect(tablet.button("Doe de scan zelf")).to_be_visible()
    tablet.until_stored(0)
    assert tablet.stored("deliveries") == []
    assert len(tablet.records()) == 1


def test_result_without_a_connection_is_the_result_with_one(open_tablet: OpenTablet) -> None:
    with_one = open_tablet().visit().begin().core()
    without = open_tablet().visit()
    expect(without.ready).to_be_visible()
    without.page.context.set_offline(True)
    without.page.reload()
    without.begin().core()
    assert without.result.inner_text() == with_one.result.inner_text()


def test_reload_goes_on_where_somebody_was(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit()
    expect(tablet.ready).to_be_visible()
    tablet.page.context.set_offline(True)
    tablet.begin().tap("2 tot 9", "Weet ik niet")
    tablet.page.reload()
    tablet.tap("Ga verder")
    expect(tablet.heading).to_have_text("In welke gemeente zit je bedrijf?")
    tablet.tap("Zeist", "Weet ik nog niet", *["Weet ik niet"] * 5)
    expect(tablet.result).to_be_visible()
    tablet.page.reload()
    expect(tablet.result).to_be_visible()
    tablet.tap("Klaar")
    tablet.page.reload()
    expect(tablet.button("Doe de scan zelf")).to_be_visible()


def test_reload_shows_a_result_that_was_sent(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit().begin().core()
    tablet.until_sent()
    for _ in range(3):
        tablet.page.reload()
        expect(tablet.result).to_be_visible()
    tablet.tap("Klaar")
    tablet.until_stored(0)


def test_new_version_is_taken_at_the_next_start_and_not_during_an_intake(
    open_tablet: OpenTablet, product: Product
) -> None:
    tablet = open_tablet().visit()
    expect(tablet.ready).to_be_visible()
    tablet.begin().tap("2 tot 9")
    version = "caches.keys().then(names => names.join())"
    before = tablet.page.evaluate(version)
    style = STATIC / "intake.css"
    original = style.read_bytes()
    try:
        style.write_bytes(original + b"/* another version */\n")
        product.restart("gateway")
        tablet.page.evaluate("navigator.serviceWorker.ready.then(own => own.update()).then(() => null)")
        tablet.until("navigator.serviceWorker.ready.then(own => !!own.waiting)")
        tablet.tap("Weet ik niet")
        expect(tablet.heading).to_have_text("In welke gemeente zit je bedrijf?")
        assert before in tablet.page.evaluate(version)
        tablet.tap("Zeist", "Weet ik nog niet", *["Weet ik niet"] * 5, "Klaar")
        expect(tablet.button("Doe de scan zelf")).to_be_visible()
        tablet.until(f"{version}.then(names => !names.includes('{before}'))")
    finally:
        style.write_bytes(original)
    product.restart("gateway")
    assert len(tablet.records()) == 1


def test_page_can_be_installed(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit()
    expect(tablet.ready).to_be_visible()
    session = tablet.page.context.new_cdp_session(tablet.page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"] == f"{tablet.address}/manifest.webmanifest"
    faults = [fault["errorId"] for fault in session.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert set(faults) <= {
        "in-incognito"
    }  # as every browser of these tests that has windows; nothing else is in the way
    assert tablet.page.evaluate("navigator.serviceWorker.controller.scriptURL").endswith("/intake/worker.js")


def test_device_that_was_never_there_says_that_it_needs_a_connection_once(
    open_tablet: OpenTablet, product: Product
) -> None:
    tablet = open_tablet().visit()
    expect(tablet.ready).to_be_visible()
    other = make_event(product).event.code
    tablet.page.context.set_offline(True)
    tablet.page.goto(f"{product.url}/intake/{other.lower()}")
    expect(tablet.heading).to_have_text("We krijgen geen verbinding")
    tablet.page.context.set_offline(False)
    tablet.tap("Probeer opnieuw")
    expect(tablet.button("Doe de scan zelf")).to_be_visible()
