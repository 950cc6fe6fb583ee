"""Webhooks and real receivers: signed, thin, sent to the machine that was looked at, and tried again."""

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.orm import Session
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from analytics.secret_files import replace
from api.leads.keeping import Keeper
from api.leads.keys import LEAD_KEYS_FILE
from api.outbox import queue
from api.outbox.faults import Gone
from api.outbox.repository import LEASE_SECONDS
from api.webhooks import sender as sender_module
from api.webhooks.service import BOTH_SIGN_SECONDS
from tests.api.post_office import ADDRESS, INITIATIVE, OWNER
from tests.api.receivers import HOST, Handler, running, status
from tests.api.software_owner import KIM, Owner


def test_new_lead_is_told_signed_and_without_anything_of_the_entrepreneur(owner: Owner) -> None:
    lead = owner.lead()
    owner.work()
    ((body, headers),) = owner.receiver.came
    message = Verifier(owner.secret).verify(body, headers)
    assert message["type"] == "lead.created"
    assert message["data"] == {"id": lead, "initiatief": INITIATIVE, "url": f"{ADDRESS}/v1/aanvragen/{lead}"}
    assert datetime.fromisoformat(message["timestamp"]).timestamp() == owner.item().made_at
    assert headers["webhook-id"] == owner.item().id
    assert headers["content-type"] == "application/json"
    assert headers["host"] == f"{HOST}:{owner.receiver.port}"
    assert len(body) < 20_000  # the most that the standard lets a receiver have to take
    for secret in (KIM, "Kim", "Vries"):
        assert secret not in body.decode() + json.dumps(headers)
    assert owner.item().state == queue.SENT


def test_message_that_somebody_changed_or_signed_otherwise_is_seen(owner: Owner) -> None:
    owner.lead()
    owner.work()
    ((body, headers),) = owner.receiver.came
    with pytest.raises(WebhookVerificationError):
        Verifier(owner.secret).verify(body.replace(INITIATIVE.encode(), b"iets-anders"), headers)
    with pytest.raises(WebhookVerificationError):
        Verifier("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").verify(body, headers)


def test_withdrawal_is_told_and_a_lead_that_was_withdrawn_before_is_not(owner: Owner) -> None:
    lead = owner.lead()
    owner.house.withdraw("ontvangstbewijs")
    owner.work()
    ((body, headers),) = owner.receiver.came
    message = Verifier(owner.secret).verify(body, headers)
    assert (message["type"], message["data"]["id"]) == ("lead.withdrawn", lead)
    assert owner.item().state == queue.CANCELLED


def test_lead_that_ends_just_before_its_message_is_sent_is_not_told(owner: Owner) -> None:
    owner.lead()
    (taken,) = owner.house.outbox.take_webhooks("test", owner.house.clock.now, 1, ())
    owner.house.withdraw("ontvangstbewijs")
    with pytest.raises(Gone, match="aanvraag is weg"):
        asyncio.run(owner.sender.send(taken))
    assert owner.receiver.came == []


class TestSecret:
    def test_that_was_changed_and_the_new_one_sign_both_for_a_day(self, owner: Owner) -> None:
        newer = owner.connections.rotate(owner.who, owner.webhook, owner.house.clock.now)
        owner.connections.test(owner.who, owner.webhook, owner.house.clock.now)
        owner.work()
        ((body, headers),) = owner.receiver.came
        assert len(headers["webhook-signature"].split()) == 2
        for secret in (owner.secret, newer):
            assert Verifier(secret).verify(body, headers)["type"] == "webhook.test"

    @pytest.mark.parametrize("how", ["a day later", "ended"])
    def test_that_is_over_signs_no_more(self, owner: Owner, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
        newer = owner.connections.rotate(owner.who, owner.webhook, owner.house.clock.now)
        owner.connections.test(owner.who, owner.webhook, owner.house.clock.now)
        if how == "ended":
            owner.connections.end_rotation(owner.who, owner.webhook)
        else:
            owner.house.execute(f"update webhook set earlier_until = {owner.house.clock.now}")
        owner.work()
        ((body, headers),) = owner.receiver.came
        assert Verifier(newer).verify(body, headers)
        with pytest.raises(WebhookVerificationError):
            Verifier(owner.secret).verify(body, headers)

    def test_that_was_changed_signs_until_a_day_later(self, owner: Owner) -> None:
        now = owner.house.clock.now
        owner.connections.rotate(owner.who, owner.webhook, now)
        (before,) = owner.connections.webhooks(owner.who, now + BOTH_SIGN_SECONDS - 1)
        (after,) = owner.connections.webhooks(owner.who, now + BOTH_SIGN_SECONDS)
        assert (before.both_sign, after.both_sign) == (True, False)

    def test_goes_with_a_change_of_keys(self, owner: Owner) -> None:
        newer = owner.connections.rotate(owner.who, owner.webhook, owner.house.clock.now)
        path, newest = owner.house.settings.secrets_folder / LEAD_KEYS_FILE, Fernet.generate_key().decode()
        replace(path, f"{newest}\n{path.read_text()}")
        assert Keeper(owner.house.engine, owner.house.vault).rotate() == 1
        replace(path, f"{newest}\n")
        owner.connections.test(owner.who, owner.webhook, owner.house.clock.now)
        owner.work()
        ((body, headers),) = owner.receiver.came
        for secret in (owner.secret, newer):
            assert Verifier(secret).verify(body, headers)["type"] == "webhook.test"

    def test_is_stored_sealed(self, owner: Owner) -> None:
        (row,) = owner.house.rows("select secret from webhook")
        assert owner.secret.encode() not in row.secret


class TestAnswer:
    @pytest.mark.parametrize("code", [200, 201, 202, 204])
    def test_that_says_well_ends_it(self, owner: Owner, code: int) -> None:
        owner.lead()
        owner.receiver.answer = status(code)
        owner.work()
        assert owner.item().state == queue.SENT

    @pytest.mark.parametrize("code", [400, 401, 404, 429, 500, 502, 503])
    def test_that_says_something_else_is_asked_again_with_the_same_id_and_body(self, owner: Owner, code: int) -> None:
        owner.lead()
        owner.receiver.answer = status(code)
        owner.work()
        assert (owner.item().state, owner.item().fault) == (queue.WAITING, f"antwoord {code}")
        owner.receiver.answer = status(204)
        owner.house.clock.pass_by(10)
        owner.work()
        (first, its_headers), (second, later_headers) = owner.receiver.came
        assert first == second
        assert its_headers["webhook-id"] == later_headers["webhook-id"]
        assert int(its_headers["webhook-timestamp"]) < int(later_headers["webhook-timestamp"])
        assert owner.item().state == queue.SENT

    @pytest.mark.parametrize("form", ["seconds", "date", "date without a zone"])
    def test_that_names_a_time_is_left_alone_for_so_long(self, owner: Owner, form: str) -> None:
        owner.lead()
        later = datetime.now(UTC) + timedelta(seconds=600)
        forms = {
            "seconds": "600",
            "date": format_datetime(later, usegmt=True),
            "date without a zone": format_datetime(later.replace(tzinfo=None)),
        }
        owner.receiver.answer = status(429, Retry_After=forms[form])
        owner.work()
        assert 590 <= owner.item().due_at - owner.house.clock.now <= 600

    @pytest.mark.parametrize("asked", ["-5", "morgen", "9" * 400, "Mon, 99 Foo 2026 10:00:00 GMT", "²"])
    def test_that_names_a_silly_time_is_asked_within_a_day(self, owner: Owner, asked: str) -> None:
        owner.lead()
        owner.receiver.answer = status(503, Retry_After=asked.encode().decode("latin-1"))
        owner.work()
        assert owner.item().state == queue.WAITING
        assert owner.item().due_at - owner.house.clock.now <= 24 * 60 * 60

    def test_that_says_gone_switches_the_webhook_off_and_tells_the_owner(self, owner: Owner) -> None:
        owner.lead()
        owner.receiver.answer = status(410)
        owner.work()
        (shown,) = owner.connections.webhooks(owner.who, owner.house.clock.now)
        assert not shown.webhook.active
        assert owner.item().state == queue.CANCELLED
        (told,) = owner.house.rows("select account, state from outbox_item where template = 'koppeling-uit'")
        person = owner.house.people.find(OWNER)
        assert person is not None
        assert (told.account, told.state) == (person.id, queue.SENT)

    @pytest.mark.parametrize("meanwhile", ["switched off", "removed"])
    def test_that_says_gone_of_a_webhook_that_its_owner_ended_is_told_to_nobody(
        self, owner: Owner, meanwhile: str
    ) -> None:
        def gone(handler: Handler) -> None:
            if meanwhile == "removed":
                owner.connections.remove(owner.who, owner.webhook)
            else:
                owner.connections.switch(owner.who, owner.webhook, on=False)
            status(410)(handler)

        owner.lead()
        owner.receiver.answer = gone
        owner.work()
        assert len(owner.receiver.came) == 1
        states = owner.house.states()
        assert "koppeling-uit" not in states
        assert queue.WAITING not in states.values()

    @pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
    def test_that_points_elsewhere_is_not_followed(self, owner: Owner, code: int) -> None:
        with running() as elsewhere:
            owner.lead()
            owner.receiver.answer = status(code, Location=f"http://127.0.0.1:{elsewhere.port}/")
            owner.work()
            assert elsewhere.came == []
        assert (owner.item().state, owner.item().fault) == (queue.WAITING, f"antwoord {code}")

    def test_that_never_ends_is_not_read(self, owner: Owner) -> None:
        def endless(handler: Handler) -> None:
            handler.send_response(200)
            handler.end_headers()
            while True:
                handler.wfile.write(b"x" * 65536)

        owner.lead()
        owner.receiver.answer = endless
        owner.work()
        assert owner.item().state == queue.SENT

    def test_whose_headers_never_end_is_left(self, owner: Owner) -> None:
        def endless(handler: Handler) -> None:
            handler.send_response(200)
            while True:
                handler.send_header("X-Vol", "x" * 60_000)
                handler.flush_headers()

        owner.lead()
        owner.receiver.answer = endless
        owner.work()
        assert (owner.item().state, owner.item().fault) == (queue.WAITING, "RemoteProtocolError")

    def test_that_does_not_come_costs_its_time(self, owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sender_module, "SECONDS", 0.3)
        owner.lead()
        owner.receiver.answer = lambda _handler: time.sleep(2)
        owner.work()
        assert (owner.item().state, owner.item().fault) in (
            (queue.WAITING, "te langzaam"),
            (queue.WAITING, "ReadTimeout"),
        )


def test_webhook_that_is_off_or_removed_gets_nothing_and_the_mail_goes_on(owner: Owner) -> None:
    owner.lead()
    owner.connections.switch(owner.who, owner.webhook, on=False)
    owner.work()
    assert owner.receiver.came == []
    states = owner.house.states()
    assert (states["lead.created"], states["nieuwe-aanvraag"]) == (queue.CANCELLED, queue.SENT)
    owner.connections.remove(owner.who, owner.webhook)
    owner.house.clock.pass_by(LEASE_SECONDS)
    owner.work()
    assert owner.receiver.came == []


def test_secret_that_no_key_opens_lets_messages_wait(owner: Owner) -> None:
    owner.lead()
    with Session(owner.house.engine) as session, session.begin():
        session.connection().exec_driver_sql("update webhook set secret = x'00'")
    owner.work()
    assert (owner.item().state, owner.item().fault) == (queue.WAITING, "sleutel past niet")
