"""To which machine a webhook goes: the one that was looked at, under its own name, and no other."""

import pytest

from api.outbox import queue
from api.webhooks.sender import WebhookSender
from tests.api.post_office import ADDRESS, House
from tests.api.receivers import HOST, Authority, running
from tests.api.software_owner import Owner


class TestConnection:
    def test_goes_to_the_machine_that_was_looked_at_under_its_name(self, owner: Owner) -> None:
        owner.lead()
        owner.work()
        assert owner.looked_up == [HOST], "looked up once: a second answer could lead elsewhere"
        assert owner.receiver.names == [HOST]

    def test_is_looked_up_again_for_every_message_and_not_made_when_it_leads_inside(self, owner: Owner) -> None:
        owner.lead()
        owner.found = ["10.0.0.1"]
        owner.work()
        assert owner.receiver.came == []
        assert (owner.item().state, owner.item().fault) == (queue.WAITING, "adres niet toegestaan")
        owner.found = ["127.0.0.1"]
        owner.house.clock.pass_by(10)
        owner.work()
        assert len(owner.receiver.came) == 1

    def test_with_a_certificate_of_another_name_is_not_used(self, house: House, authority: Authority) -> None:
        with running(authority.server("kwaad.example")) as receiver:
            owner = Owner(house, receiver, authority.believed())
            owner.lead()
            owner.work()
            assert receiver.came == []
            assert (owner.item().state, owner.item().fault) == (queue.WAITING, "ConnectError")

    def test_with_a_certificate_of_nobody_we_believe_is_not_used(self, owner: Owner) -> None:
        owner.sender = WebhookSender(
            owner.house.engine, owner.house.vault, owner.addresses, ADDRESS, clock=owner.house.clock
        )
        owner.lead()
        owner.work()
        assert owner.receiver.came == []
        assert owner.item().fault == "ConnectError"

    def test_goes_to_the_next_machine_when_the_first_is_away(self, owner: Owner) -> None:
        owner.found = ["127.0.0.9", "127.0.0.1"]
        owner.lead()
        owner.work()
        assert len(owner.receiver.came) == 1

    def test_that_cannot_be_made_to_any_of_the_machines_is_tried_again_later(self, owner: Owner) -> None:
        owner.found = ["127.0.0.9", "127.0.0.8"]
        owner.lead()
        owner.work()
        assert (owner.item().state, owner.item().fault) == (queue.WAITING, "ConnectError")

    def test_goes_past_no_proxy_of_the_environment(self, owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
        with running() as proxy:
            for name in ("HTTPS_PROXY", "ALL_PROXY", "https_proxy", "all_proxy"):
                monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
            owner.lead()
            owner.work()
        assert len(owner.receiver.came) == 1
