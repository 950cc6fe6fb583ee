"""Writes mails: the words from a template, and whom and what from the database at the moment of sending."""

import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.leads import consent
from api.leads import repository as leads
from api.leads.models import Lead
from api.leads.statuses import ASKED
from api.leads.vault import Content, Unreadable, Vault
from api.leads.working_days import local_day
from api.mail import Mail
from api.outbox.faults import Failed, Gone, Refused
from api.outbox.registry import ACCOUNT, SEALED, TEMPLATES, Template
from api.outbox.repository import Item
from api.outbox.writing import Receipt, written
from api.portal.models import Account
from knowledge.base import Knowledge
from knowledge.catalogue import Initiative
from knowledge.matching import instead_of

_MOST_ALTERNATIVES = 3
# Of what happened to a consent in the same second.
_ORDER = (consent.ASKED, consent.CONFIRMED, consent.DELIVERED, consent.WITHDRAWN, consent.EXPIRED)


class Letters:
    """Writes the mails of the outbox."""

    def __init__(self, engine: Engine, knowledge: Knowledge, vault: Vault, address: str) -> None:
        """Take the parts; `address` is where people reach the product, without a slash at the end."""
        self._engine, self._knowledge = engine, knowledge
        self._vault, self._address = vault, address

    def write(self, item: Item) -> Mail:
        """The mail of an item. Raises Gone when it has lost its reason, Failed when a key is missing, and Refused."""
        template = TEMPLATES.get(item.template)
        if template is None:
            raise Refused("sjabloon onbekend")
        try:
            with Session(self._engine) as session:
                mail = self._write(session, template, item)
        except Unreadable:
            raise Failed("sleutel past niet") from None
        return mail

    def _write(self, session: Session, template: Template, item: Item) -> Mail:
        values: dict[str, Any] = {"address": self._address, "details": item.details, "lead": item.lead}
        if template.to == SEALED:
            if item.address is None:
                raise Gone("geen adres")
            names = [self._name(initiative) for initiative in item.details["initiatieven"]]
            return self._finished(template, item, self._vault.unwrap(item.address).decode(), values | {"names": names})
        if template.to == ACCOUNT:
            return self._to_account(session, template, item, values)
        return self._to_entrepreneur(session, template, item, values)

    def _finished(
        self, template: Template, item: Item, to: str, values: Mapping[str, Any], receipts: Sequence[Receipt] = ()
    ) -> Mail:
        mail = written(template.name, to, values, receipts)
        return Mail(**{**vars(mail), "identifier": item.id})

    def _to_account(self, session: Session, template: Template, item: Item, values: dict[str, Any]) -> Mail:
        account = session.get(Account, item.account)
        if account is None or not account.active:
            raise Gone("account is weg")
        lead = session.get(Lead, item.lead) if item.lead else None
        if template.lead and lead is None:
            raise Gone("aanvraag is weg")
        if template.initiative:
            initiative = item.details.get("initiatief") or (lead.initiative if lead else None)
            if initiative is None:
                raise Refused("initiatief onbekend")
            values["initiative"] = self._name(initiative)
        return self._finished(template, item, account.email, values | {"name": account.name})

    def _to_entrepreneur(self, session: Session, template: Template, item: Item, values: dict[str, Any]) -> Mail:
        wanted = self._leads(session, template, item)
        to = wanted[0][1].contact.email
        if to is None:
            raise Gone("geen mailadres")
        values["names"] = [self._name(lead.initiative) for lead, _ in wanted]
        values["withdraw"] = self._link("intrekken", item)
        values["links"] = {purpose: self._link(purpose, item) for purpose in template.links}
        if template.initiative:
            values["initiative"] = values["names"][0]
        if template.name == "alternatief":
            values |= self._alternatives(*wanted[0])
        receipts: Sequence[Receipt] = ()
        if template.name == "ontvangstbewijs":
            receipts = [self._receipt(session, lead, values["withdraw"]) for lead, _ in wanted]
        return self._finished(template, item, to, values, receipts)

    def _leads(self, session: Session, template: Template, item: Item) -> list[tuple[Lead, Content]]:
        """The leads that a mail is about and that are still there. Raises Gone when none is."""
        found = []
        for lead in leads.of_request(session, item.request or ""):
            key = leads.key_of(session, lead.id)
            fits = item.lead in (None, lead.id) and (lead.status == ASKED) == (template.name == "bevestigen")
            if fits and lead.box is not None and key is not None:
                found.append((lead, self._vault.open(lead.id, lead.box, key)))
        if not found:
            raise Gone("aanvraag is weg")
        return found

    def _link(self, purpose: str, item: Item) -> str:
        token = self._vault.token(purpose, item.id)
        return f"{self._address}/contact/{purpose}?{urlencode({'sleutel': token})}"

    def _name(self, identifier: str) -> str:
        initiative = self._knowledge.initiative(identifier)
        return initiative.naam if initiative else identifier

    def _alternatives(self, lead: Lead, content: Content) -> dict[str, Any]:
        """Where else this entrepreneur can go, and how to reach the initiative that was asked while it runs."""
        asked, today = self._knowledge.initiative(lead.initiative), local_day(int(time.time()))
        if asked is None:
            return {"alternatives": [], "website": None}
        profile = content.profile
        others: tuple[Initiative, ...] = instead_of(
            asked,
            self._knowledge.catalogue,
            self._knowledge.municipalities,
            today,
            size=profile.size_class,
            municipality=profile.municipality,
        )
        reachable = [(other.naam, other.url) for other in others if other.url and other.id != asked.id]
        website = asked.url if asked.running(today) else None
        return {"alternatives": reachable[:_MOST_ALTERNATIVES], "website": website}

    def _receipt(self, session: Session, lead: Lead, withdraw: str) -> Receipt:
        record, text, happened = leads.consent_of(session, lead.consent)
        events = sorted(happened, key=lambda event: (event[1], _ORDER.index(event[0])))
        columns = {column.key: getattr(record, column.key) for column in record.__table__.columns}
        document = consent.receipt(columns, events, text, withdraw)
        document["noticeUrl"] = f"{self._address}{document['noticeUrl']}"
        day = local_day(events[0][1])
        return Receipt(self._name(lead.initiative), text, day, record.id, document)
