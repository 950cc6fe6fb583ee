"""The pages about contact as a browser without JavaScript takes them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi.testclient import TestClient
from httpx2 import Response

from api.portal.people import OWNER, invitation
from tests.api.contact_gateway import ASKED, Gateway
from tests.api.scan_page import FILLED, ScanPage

NOOR = {"naam": "Noor Bakker", "email": "noor@bakkerijnoor.nl", "voorkeur": "mail", "moment": "ochtend"}
SCAN = "/scan?site=utrecht"
SECOND = "u-tech-community"  # shown with ASKED, and looked after too


class ContactPage(ScanPage):
    """`ticked` and `boxes` are the checkboxes, `described` the ids that tell of each control, by its id."""

    def __init__(self, html: str) -> None:
        self.ticked: list[str] = []
        self.boxes: list[str] = []
        self.described: dict[str, list[str]] = {}
        self.focused: list[str] = []
        self._area = ""
        super().__init__(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "aria-describedby" in given and "id" in given:
            self.described[given["id"]] = given["aria-describedby"].split()
        if "autofocus" in given:
            self.focused.append(given.get("role", tag))
        if given.get("type") == "checkbox":
            self.boxes.append(given["value"])
            self.ticked += [given["value"]] if "checked" in given else []
            self.tags.append(tag)
            self.ids.append(given["id"])
            return
        super().handle_starttag(tag, attrs)
        if tag == "textarea":
            self._area = given["name"]
            self.sends[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sends[self._area] = self.sends[self._area].removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sends[self._area] += data
        super().handle_data(data)


class Entrepreneur:
    """A browser of somebody who did the scan, at a site that counts."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        gateway.portal.invite(invitation("eef@voorbeeld.nl", "Eef", OWNER, [SECOND], known=[SECOND]))
        self.client = TestClient(gateway.app, base_url="http://testserver", follow_redirects=False)

    def result(self, address: str = SCAN, **changes: str) -> ScanPage:
        """The result of the form."""
        response = self.client.post(address, data=FILLED | changes)
        assert response.status_code == 200, response.text
        return ScanPage(response.text)

    def way(self) -> str:
        """The address of the form for contact, as the result has it."""
        return next(link for link in self.result().links if link.startswith("/contact?"))

    def open(self, way: str = "") -> ContactPage:
        response = self.client.get(way or self.way())
        assert response.status_code == 200, response.text
        return ContactPage(response.text)

    def post(self, address: str, data: Mapping[str, Any], **headers: str) -> Response:
        """Send what a page of ours would."""
        return self.client.post(address, data=dict(data), headers={"Sec-Fetch-Site": "same-origin"} | headers)

    def send(self, page: ContactPage, *initiatives: str, **changes: str) -> Response:
        """Fill in the form of a page and send it: with Noor's data and these initiatives, unless told."""
        fields: dict[str, Any] = page.sends | NOOR | {"initiatief": list(initiatives or (ASKED,))} | changes
        return self.post(page.action, fields)

    def ask(self, *initiatives: str, **changes: str) -> ContactPage:
        """Ask for contact; gives the page of thanks."""
        response = self.send(self.open(), *initiatives, **changes)
        assert response.status_code == 303, response.text
        return self.open(response.headers["location"])

    def link(self, purpose: str, template: str = "bevestigen") -> str:
        """The link of this purpose in the newest mail of a kind."""
        query = "select id from outbox_item where template = :template order by made_at desc"
        item = self.gateway.rows(query, template=template)[0].id
        return f"/contact/{purpose}?sleutel={self.gateway.parts.vault.token(purpose, item)}"

    def press(self, link: str, **fields: Any) -> Response:
        """Open a link and press a button of its page."""
        path, token = link.partition("?")[0], parse_qs(urlsplit(link).query)["sleutel"][0]
        return self.post(path, {"sleutel": token, **fields})

    def confirmed(self, *initiatives: str, **changes: str) -> None:
        """Ask for contact and confirm it."""
        self.ask(*initiatives, **changes)
        response = self.press(self.link("bevestigen"))
        assert response.status_code == 200, response.text

    def statuses(self) -> dict[str, str]:
        return {lead.initiative: lead.status for lead in self.gateway.leads()}


def read(response: Response, status: int = 200) -> ContactPage:
    """The page of an answer that has this status."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"].startswith("text/html")
    return ContactPage(response.text)
