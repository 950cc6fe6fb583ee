"""Whoever has the whole database tries to find the anonymous record of who asked for contact, and does not.

The keys of contact data lie elsewhere. What can be tried: a value that both sides have, as it is or hashed; the order
in which rows lie; the time at which they were made; and what is known of the firm.
"""

import hashlib
import json
import random
import re
import time
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from scipy.stats import spearmanr
from sqlalchemy.exc import OperationalError

from analytics.database import Base
from analytics.recording import Recorder, Source
from api.conversations.repository import KEEP_SECONDS, Progress
from knowledge.base import Knowledge
from knowledge.result import result
from tests.api.contact_gateway import ASKED, Gateway
from tests.api.contact_pages import Entrepreneur
from tests.api.event_register import register
from tests.api.scan_page import CODES, FILLED

FIRMS = 300
DAY = 24 * 60 * 60
SCAN = ("referral", "referred_initiative", "conversation", "given_answer", "given_intake", "stopped")
LEADS = ("lead", "lead_key", "lead_link", "consent", "consent_event", "consent_text", "outbox_item", "audit_entry")
COUNTED = ("outcome", "participant")  # what came of leads, without a lead
BESIDE = {  # of staff and of events, and what was published
    *("account", "account_initiative", "api_token", "attempt", "login_link", "passkey", "passkey_challenge"),
    *("portal_session", "identity_request", "event", "event_staff", "staged_import", "webhook"),
    *("initiative_state", "proposed_change", "questionnaire", "counted", "publication", "published_cell"),
}
LEAST = 12  # characters of a value that can be a key; words and codes are shorter, or stand in the data
FAR = 0.25  # of a rank correlation of 300 pairs; chance alone gives 0.06


class Firms:
    """Firms that do the scan in the form, in a chat or at an event, and each then ask for contact, one after another.

    `records` and `leads` are their ids in the order in which they came; a firm has the same place in both.
    """

    def __init__(self, gateway: Gateway, knowledge: Knowledge) -> None:
        self.gateway, self.knowledge = gateway, knowledge
        self.visitor = Entrepreneur(gateway)
        self.event = register(gateway.app, site="utrecht").event.code
        self.records: list[str] = []
        self.leads: list[str] = []
        chance = random.Random(7)
        for number in range(FIRMS):
            codes = CODES | {
                "gemeente": chance.choice(("GM0355", "GM0307", "GM0342", "GM0344")),
                "personen": chance.choice(("1", "2-9", "10-49")),
                "administratie": chance.choice("01"),
            }
            key = f"{uuid4().hex}{uuid4().hex}"[:43]
            (self._form, self._chat, self._at_an_event)[number % 3](number, key, codes)
            self.records += self._new("referral", self.records)
            self.leads += self._new("lead", self.leads)

    def _new(self, table: str, known: list[str]) -> list[str]:
        (found,) = {row.id for row in self.gateway.rows(f"select id from {table}")} - set(known)
        return [found]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Its rows, in the order in which the database gives them."""
        return [row._asdict() for row in self.gateway.rows(f"select * from {table}")]

    def _person(self, number: int) -> dict[str, str]:
        by_phone = {"email": "", "telefoon": f"06{10_000_000 + number}", "voorkeur": "telefoon"}
        by_mail = {"email": f"firma{number}@voorbeeld.nl", "voorkeur": "mail"}
        return {"naam": f"Firma {number}", "toelichting": f"Wij zijn {number}"} | (by_mail if number % 4 else by_phone)

    def _ask(self, way: str, number: int) -> None:
        page = self.visitor.open(way)
        assert self.visitor.send(page, page.boxes[number % len(page.boxes)], **self._person(number)).status_code == 303
        (request,) = self.gateway.rows(
            "select request from lead where id not in (select subject from audit_entry where action = 'bevestigd')"
            " and status = 'aangevraagd' order by requested_at desc limit 1"
        ) or [None]
        if request and number % 5:  # the others forget to confirm
            query = "select id from outbox_item where template = 'bevestigen' and request = :request"
            (item,) = self.gateway.rows(query, request=request.request)
            token = self.gateway.parts.vault.token("bevestigen", item.id)
            assert self.visitor.press(f"/contact/bevestigen?sleutel={token}").status_code == 200

    def _form(self, number: int, key: str, codes: dict[str, str]) -> None:
        listed = {"bedrijf-lijst": codes["bedrijf"], "gemeente-lijst": codes["gemeente"], "formulier": key}
        empty = {"bedrijf-woorden": "", "gemeente-woorden": ""}
        page = self.visitor.result(**{**FILLED, **codes, **empty, **listed})
        self._ask(next(link for link in page.links if link.startswith("/contact?")), number)

    def _chat(self, number: int, key: str, codes: dict[str, str]) -> None:
        """What the actions and the conversation leave, and what a client then does."""
        parts, identifier, record = self.gateway.parts, str(uuid4()), str(uuid4())
        outcome = result(self.knowledge, codes, date.today())
        source = Source(record, "utrecht", "widget", None)
        Recorder(parts.engine, self.knowledge).record_referral(source, codes, outcome, date.today())
        answers = {"sbi2025": "F", "sbi2008": "F", "grootteklasse": codes["personen"]}
        turn = {
            "gesprekId": identifier,
            "berichten": [{"tekst": "Klaar", "knoppen": []}],
            "voortgang": {"vraag": None, "bevestigen": False, "nummer": None, "totaal": None},
            "antwoorden": answers | {name: codes[name] for name in ("gemeente", "hulpvraag")},
            "uitslag": outcome.as_dict(),
        }
        progress = Progress({"record": record, "antwoorden": codes}, turn, record, concluded=True)
        hashed = hashlib.sha256(key.encode()).hexdigest()
        parts.conversations.add(progress, hashed, "utrecht", "widget", int(time.time()))
        headers = {"Authorization": f"Bearer {key}"}
        found = self.visitor.client.get(f"/v1/gesprekken/{identifier}/contact", headers=headers).json()
        self._ask(found["url"].removeprefix("http://testserver"), number)

    def _at_an_event(self, number: int, key: str, codes: dict[str, str]) -> None:
        """A device that uses one key for both, which it should not."""
        headers = {"Idempotency-Key": key}
        body: dict[str, Any] = {"evenement": self.event, "antwoorden": codes}
        given = self.visitor.client.post("/v1/intakes", json=body, headers=headers)
        assert given.status_code == 201, given.text
        hashes = self.gateway.hashes()
        body = {
            "evenement": self.event,
            "initiatieven": [{"id": ASKED, "tekstHash": hashes[ASKED]}],
            "profiel": {
                "sbi2025": "F",
                "sbi2008": "F",
                "grootteklasse": codes["personen"],
                "gemeente": codes["gemeente"],
                "fase": given.json()["uitslag"]["fase"],
                "hulpvraag": codes["hulpvraag"],
            },
        }
        asked = self.visitor.client.post("/v1/contactverzoeken", json=body | self._person(number), headers=headers)
        assert asked.status_code == 201, asked.text


@pytest.fixture(scope="module")
def firms(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Iterator[Firms]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("api.leads.service.PER_NETWORK", FIRMS)  # all of them ask from this machine
        found = Firms(Gateway(tmp_path_factory.mktemp("firms")), knowledge)
    yield found
    found.visitor.client.close()


def leaves(value: Any) -> Iterator[Any]:
    """The single values in a column, also those within JSON."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        value = json.loads(value)
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for part in value:
            yield from leaves(part)
    elif value is not None:
        yield value


def values(firms: Firms, *tables: str) -> set[Any]:
    return {leaf for table in tables for row in firms.rows(table) for column in row.values() for leaf in leaves(column)}


def keys(found: set[Any], public: set[str]) -> set[str]:
    """What may be a key, in every form that somebody might compare: as it is, without dashes, as a UUID, and hashed."""
    plain = {text for text in found if isinstance(text, str) and len(text) >= LEAST and text not in public}
    plain |= {part for text in plain for part in re.findall(r"[\w-]{12,}", text)} - public
    plain |= {text.replace("-", "").lower() for text in plain}
    hashed = {hashlib.sha256(text.encode()).hexdigest() for text in plain}
    short = {text[:32] for text in plain | hashed if re.fullmatch(r"[0-9a-f]{32,}", text)}
    return plain | hashed | short | {str(UUID(text)) for text in short} | {_version_4(text) for text in short}


def _version_4(text: str) -> str:
    """As the id of a record is made of a hash."""
    return UUID(bytes=bytes.fromhex(text), version=4).hex


def public(knowledge: Knowledge) -> set[str]:
    """What stands in the data of the product, for everybody to read."""
    words = {text for initiative in knowledge.catalogue for text in (initiative.id, initiative.naam, initiative.url)}
    return {text for text in words if text}


def test_every_table_is_on_one_side(firms: Firms) -> None:
    assert {*SCAN, *LEADS, *COUNTED} | BESIDE == set(Base.metadata.tables)
    for table in {*SCAN, *LEADS, "outcome"} - {"given_answer", "stopped"}:
        assert firms.rows(table), table
    assert len(firms.records) == len(firms.leads) == FIRMS


def test_no_key_stands_on_both_sides(firms: Firms, knowledge: Knowledge) -> None:
    known = public(knowledge)
    scan, leads, counted = (keys(values(firms, *tables), known) for tables in (SCAN, LEADS, COUNTED))
    assert len(scan) > 10 * FIRMS
    assert len(leads) > 10 * FIRMS
    assert scan & leads == set()
    assert scan & counted == set()
    assert leads & counted == set()


def test_this_would_find_a_key_that_both_have(firms: Firms, knowledge: Knowledge) -> None:
    found, known = values(firms, "referral"), public(knowledge)
    record = next(text for text in found if isinstance(text, str) and re.fullmatch(r"[0-9a-f-]{36}", text))
    for hidden in (record, record.replace("-", ""), hashlib.sha256(record.encode()).hexdigest(), json.dumps([record])):
        assert keys(found, known) & keys(set(leaves(hidden)), known)


def test_no_large_number_stands_on_both_sides(firms: Firms) -> None:
    large = [{n for n in values(firms, *tables) if isinstance(n, int) and n > 10**5} for tables in (SCAN, LEADS)]
    assert large[0] & large[1] == set()


@pytest.mark.parametrize("table", [*SCAN, "lead", "consent", "outcome"])
def test_rows_do_not_lie_in_the_order_in_which_they_came(firms: Firms, table: str) -> None:
    with pytest.raises(OperationalError, match="rowid"):
        firms.gateway.rows(f"select rowid from {table}")


def test_order_of_one_side_tells_nothing_of_the_other(firms: Firms) -> None:
    def places(table: str, ids: list[str]) -> list[int]:
        lying = [row["id"] for row in firms.rows(table)]
        return [lying.index(found) for found in ids]

    records, leads = places("referral", firms.records), places("lead", firms.leads)
    for one, other in ((records, leads), (records, list(range(FIRMS))), (leads, list(range(FIRMS)))):
        assert abs(spearmanr(one, other).statistic) < FAR


@pytest.mark.parametrize("table", ["referral", "referred_initiative", "given_intake", "stopped"])
def test_record_has_no_clock_time(firms: Firms, table: str) -> None:
    now = int(time.time())
    for name, column in {name: [row[name] for row in firms.rows(table)] for name in _columns(table)}.items():
        near = {value for value in column if isinstance(value, int) and abs(value - now) < 2 * DAY}
        assert len(near) <= 1, name  # the same for everybody of a day
        assert not [value for value in column if isinstance(value, str) and re.search(r"\d\d:\d\d", value)], name


def _columns(table: str) -> list[str]:
    return [column.key for column in Base.metadata.tables[table].columns]


def test_nothing_of_the_firm_stands_beside_a_lead_in_plain_text(firms: Firms, knowledge: Knowledge) -> None:
    codes = {code for question in knowledge.intake.vragen for code, _ in question.choices()}
    codes |= {stage.id for stage in knowledge.intake.scoring.fasen} | {*knowledge.sectors.codes, *knowledge.sites}
    codes |= {half for code in knowledge.sectors.codes for half in code.split("/")}
    assert {"2-9", "engaged", "F", "F/F", "administratie", "utrecht"} <= codes
    for table in LEADS:
        rows = firms.rows(table)
        for name in _columns(table):
            found = {leaf for row in rows for leaf in leaves(row[name]) if isinstance(leaf, str)}
            if len(found) > 1:  # what is the same for all, such as a version, tells nothing of any
                assert found & (codes | {"onbekend", "buiten_regio"}) == set(), f"{table}.{name}"
            assert not [text for text in found if re.search(r"GM\d{4}", text)], f"{table}.{name}"


def test_nothing_of_a_person_stands_anywhere_in_plain_text(firms: Firms) -> None:
    for table in (*SCAN, *LEADS, *COUNTED):
        for value in values(firms, table):
            assert not re.search(r"Firma|firma\d|voorbeeld\.nl|061000|Wij zijn", str(value)), table


def test_conversation_that_names_its_record_is_gone_a_day_later(firms: Firms) -> None:
    conversations = firms.gateway.parts.conversations
    while conversations.sweep(int(time.time()) + KEEP_SECONDS, date.today()):
        pass
    assert firms.rows("conversation") == []
    assert len(firms.rows("referral")) == FIRMS
