"""The portal as an operator starts with it: invite by command, log in with the link that the gateway prints."""

import re
import subprocess
import sys
import time

import httpx2

from tests.product.running import ROOT, Product

EMAIL = "operator@gemeente.example"
SECONDS = 10


def command(product: Product, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "api.portal", *arguments],
        cwd=ROOT,
        env=product.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def hidden(page: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found[1]


def printed_link(product: Product, before: int) -> str:
    """The link that the gateway printed after `before` others."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        links = re.findall(r"http://\S+/portaal/inloggen/link\S+", product.log("gateway"))
        if len(links) > before:
            return links[before]
        time.sleep(0.05)
    raise AssertionError(product.log("gateway")[-1000:])


def log_in(product: Product, client: httpx2.Client) -> httpx2.Response:
    before = product.log("gateway").count("/portaal/inloggen/link?")
    token = hidden(client.get("/portaal/inloggen").text, "formulier")
    fields = {"formulier": token, "email": EMAIL, "naar": "/portaal/mensen"}
    answer = client.post("/portaal/inloggen", data=fields)
    assert answer.headers["location"] == "/portaal/inloggen/verstuurd", answer.text
    page = client.get(printed_link(product, before)).text
    fields = {name: hidden(page, name) for name in ("formulier", "sleutel", "naar")}
    return client.post("/portaal/inloggen/link", data=fields)


def client(product: Product) -> httpx2.Client:
    return httpx2.Client(base_url=product.url, headers={"Origin": product.url}, timeout=30)


def test_from_invitation_to_withdrawal(product: Product) -> None:
    invited = command(product, "uitnodigen", "--email", EMAIL, "--naam", "Olga", "--rol", "coordinator")
    assert invited.returncode == 0, invited.stderr
    assert f"{product.url}/portaal/inloggen" in invited.stdout
    with client(product) as browser:
        assert log_in(product, browser).headers["location"] == "/portaal/mensen"
        product.restart("gateway")
        assert "Ingelogd als <strong>Olga</strong>" in browser.get("/portaal/mensen").text
        assert command(product, "intrekken", "--email", EMAIL).returncode == 0
        assert browser.get("/portaal/mensen").status_code == 303


def test_tries_are_counted_over_a_restart(product: Product) -> None:
    with client(product) as browser:
        token = hidden(browser.get("/portaal/inloggen").text, "formulier")

        def ask(email: str) -> int:
            return browser.post("/portaal/inloggen", data={"formulier": token, "email": email}).status_code

        for email in ("een@gemeente.example", "twee@gemeente.example"):
            hour = time.time() // 3600
            before = [ask(email) for _ in range(5)]
            product.restart("gateway")
            after = ask(email)
            if time.time() // 3600 == hour:  # otherwise counting began anew, which it does not do twice in a minute
                break
    assert before == [303] * 5
    assert after == 429


def test_files_hold_no_token(product: Product) -> None:
    command(product, "uitnodigen", "--email", EMAIL, "--naam", "Olga", "--rol", "werkgroep")
    with client(product) as browser:
        log_in(product, browser)
        session = browser.cookies["portaal"]
    for path in product.folder.rglob("*"):
        if path.is_file():
            assert session.encode() not in path.read_bytes(), path


def test_wrong_mail_server_is_named_and_nothing_starts(product: Product) -> None:
    started = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "api.start"],
        cwd=ROOT,
        env={**product.environment, "SMTP_URL": "http://naam:geheim@mail.example"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert started.returncode == 1
    assert started.stderr.startswith("SMTP_URL: dit adres klopt niet.")
    assert "geheim" not in started.stderr
