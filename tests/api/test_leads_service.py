"""What becomes of a request for contact: each step once, also when several come at once, on SQLite and PostgreSQL."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from analytics.secret_files import replace
from api.intakes.service import record_id
from api.leads.consent import CONTROLLER, KEEP_SECONDS, METHOD
from api.leads.endings import KEEP_CLOSED_SECONDS
from api.leads.errors import NothingToAsk, OtherText, TooManyRequests
from api.leads.handover import LONGEST_SECONDS
from api.leads.keys import LEAD_KEYS_FILE, KeyRing
from api.leads.service import CONFIRM_SECONDS, PER_ADDRESS
from api.leads.vault import Unreadable, Vault
from knowledge.base import Knowledge
from tests.api.asking import DAY, FIRM, NOBODYS, ONE, OTHER, Asking, address
from tests.api.both_databases import at_once


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge
) -> Iterator[Asking]:
    folder = tmp_path_factory.mktemp("leads")
    sqlite = f"sqlite:///{folder / 'x.db'}"
    asking = Asking(sqlite if request.param == "sqlite" else request.getfixturevalue("postgresql"), folder, knowledge)
    yield asking
    asking.engine.dispose()


@pytest.fixture
def asking(running: Asking, monkeypatch: pytest.MonkeyPatch) -> Asking:
    running.begin(monkeypatch)
    return running


class TestAsking:
    def test_is_sealed_and_waits_for_its_confirmation(self, asking: Asking) -> None:
        asked = asking.ask(ONE, OTHER)
        assert (set(asked.initiatives), asked.confirm_by_mail, asked.withdraw) == ({ONE, OTHER}, True, None)
        assert asking.statuses() == dict.fromkeys((ONE, OTHER), "aangevraagd")
        assert [(content.contact.name, content.profile) for content in asking.contents()] == [("Noor Bakker", FIRM)] * 2
        assert (asking.told("bevestigen"), asking.told("nieuwe-aanvraag"), asking.outcomes()) == (1, 0, [])

    def test_leaves_nothing_of_somebody_in_plain_text(self, asking: Asking) -> None:
        asking.asked_and_confirmed(ONE, OTHER)
        for table in ("lead", "lead_key", "lead_link", "consent", "consent_event", "outbox_item", "audit_entry"):
            found = repr(asking.rows(f"select * from {table}"))
            for secret in ("Noor", "bakkerij", "31612345678", "Bel maar", "GM0355", asking.token("bevestigen")):
                assert secret not in found, (table, secret)

    def test_proves_the_consent_with_its_text_and_not_who_gave_it(self, asking: Asking) -> None:
        asking.asked_and_confirmed(ONE)
        query = (
            "select c.*, t.text as words from consent c join consent_text t on t.hash = c.text "
            "join lead on lead.consent = c.id"
        )
        (proof,) = asking.rows(query)
        assert proof.words == asking.leads.notice(ONE).text
        assert (proof.recipient, proof.controller, proof.method) == (ONE, CONTROLLER, METHOD)
        events = asking.rows("select kind from consent_event where consent = :id", id=proof.id)
        assert {row.kind for row in events} == {"gevraagd", "bevestigd", "afgeleverd"}

    def test_of_nobody_who_can_be_asked_stores_nothing(self, asking: Asking) -> None:
        for texts in ({}, {NOBODYS: asking.leads.notice(NOBODYS).hash}, {"bestaat-niet": "x"}):
            with pytest.raises(NothingToAsk):
                asking.ask(texts=texts)
        with pytest.raises(NothingToAsk):
            asking.leads.notice("bestaat-niet")
        assert asking.statuses() == {}

    def test_with_another_text_than_the_one_of_now_stores_nothing(self, asking: Asking) -> None:
        with pytest.raises(OtherText):
            asking.ask(texts={ONE: asking.leads.notice(ONE).hash, OTHER: asking.leads.notice(ONE).hash})
        assert asking.statuses() == {}

    def test_same_key_is_the_same_request_also_at_once(self, asking: Asking) -> None:
        asked = at_once(lambda _: asking.ask(ONE, OTHER, key="dezelfde"), PER_ADDRESS)
        asked.append(asking.ask(ONE, OTHER, key="dezelfde"))
        assert {set(one.initiatives) == {ONE, OTHER} for one in asked} == {True}
        assert (len(asking.rows("select id from lead")), asking.told("bevestigen")) == (2, 1)

    def test_too_often_is_refused_and_nothing_of_it_is_stored(self, asking: Asking) -> None:
        for _ in range(PER_ADDRESS):
            asking.ask(ONE)
        with pytest.raises(TooManyRequests):
            asking.ask(ONE)
        assert len(asking.rows("select id from lead")) == PER_ADDRESS
        asking.now += DAY
        assert asking.ask(ONE).initiatives == (ONE,)

    def test_id_is_not_that_of_an_intake_with_the_same_key(self, asking: Asking) -> None:
        asking.ask(ONE, key="een sleutel voor allebei")
        (lead,) = asking.rows("select id, request from lead")
        digest = hashlib.sha256(b"een sleutel voor allebei").digest()
        intake = UUID(record_id("een sleutel voor allebei"))
        for given in (lead.id, lead.request):
            assert given not in (digest.hex()[:32], intake.hex, str(intake))

    def test_initiative_that_has_not_begun_cannot_be_asked(self, asking: Asking, knowledge: Knowledge) -> None:
        ended = next(entry for entry in knowledge.catalogue if entry.einde)
        assert ended.einde is not None
        assert asking.leads.offered((ended.id, NOBODYS, ONE, ONE), ended.einde + timedelta(days=1)) == (ONE,)


class TestByPhone:
    def test_goes_on_at_once_with_a_link_to_withdraw(self, asking: Asking) -> None:
        asked = asking.ask(ONE, email=None, key="nummer")
        assert (asked.confirm_by_mail, asking.statuses()) == (False, {ONE: "afgeleverd"})
        assert asked.withdraw
        assert asking.ask(ONE, email=None, key="nummer") == asked
        assert (asking.told("nieuwe-aanvraag"), asking.told("bevestigen"), asking.told("ontvangstbewijs")) == (1, 0, 0)
        (standing,) = asking.leads.standings(asked.withdraw, "intrekken")
        assert asking.leads.withdraw(asked.withdraw, [standing.lead])[0].status == "ingetrokken"
        assert asking.told("ingetrokken") == 0

    def test_who_has_one_open_there_keeps_that_one(self, asking: Asking) -> None:
        asking.ask(ONE, email=None)
        asking.ask(ONE, email=None)
        assert sorted(row.status for row in asking.rows("select status from lead")) == ["afgeleverd", "verlopen"]
        assert asking.told("nieuwe-aanvraag") == 1

    def test_is_never_asked_how_it_went(self, asking: Asking) -> None:
        asking.ask(ONE, email=None)
        asking.now += 60 * DAY
        asking.sweep()
        assert asking.told("ervaring") == 0


class TestConfirming:
    def test_hands_it_over_and_counts_it(self, asking: Asking) -> None:
        assert {standing.status for standing in asking.asked_and_confirmed(ONE, OTHER)} == {"afgeleverd"}
        assert (asking.told("nieuwe-aanvraag"), asking.told("ontvangstbewijs")) == (2, 1)
        assert asking.outcomes() == [(ONE, "aangevraagd", ""), (OTHER, "aangevraagd", "")]

    def test_many_times_at_once_does_it_once(self, asking: Asking) -> None:
        asking.ask(ONE)
        token = asking.token("bevestigen")
        confirmed = at_once(lambda _: asking.leads.confirm(token))
        assert sorted(map(len, confirmed)) == [0] * 7 + [1]
        assert (asking.told("nieuwe-aanvraag"), asking.told("ontvangstbewijs"), len(asking.outcomes())) == (1, 1, 1)

    def test_of_two_requests_for_one_initiative_at_once_hands_over_one(self, asking: Asking) -> None:
        tokens = []
        for _ in range(2):
            asking.now += 1
            asking.ask(ONE)
            tokens.append(asking.token("bevestigen"))
        at_once(lambda number: asking.leads.confirm(tokens[number]), 2)
        assert sorted(row.status for row in asking.rows("select status from lead")) == ["afgeleverd", "verlopen"]
        assert asking.told("nieuwe-aanvraag") == 1

    def test_after_three_days_does_nothing(self, asking: Asking) -> None:
        asking.ask(ONE)
        token = asking.token("bevestigen")
        asking.now += CONFIRM_SECONDS - 1
        assert len(asking.leads.to_confirm(token)) == 1
        asking.now += 1
        assert asking.leads.to_confirm(token) == asking.leads.confirm(token) == ()
        assert asking.statuses() == {ONE: "aangevraagd"}

    def test_looking_at_it_changes_nothing(self, asking: Asking) -> None:
        asking.ask(ONE)
        token = asking.token("bevestigen")
        at_once(lambda _: asking.leads.to_confirm(token))
        assert asking.statuses() == {ONE: "aangevraagd"}
        assert len(asking.leads.confirm(token)) == 1

    def test_lead_of_a_demonstration_leaves_no_outcome(self, asking: Asking) -> None:
        standings = asking.asked_and_confirmed(ONE, site="demo")
        asking.leads.withdraw(asking.token("intrekken"), [standings[0].lead])
        assert asking.told("nieuwe-aanvraag") == 1
        assert asking.outcomes() == []


class TestWithdrawing:
    def test_destroys_what_it_held_and_tells_those_whom_it_concerns(self, asking: Asking) -> None:
        standings = {standing.initiative: standing.lead for standing in asking.asked_and_confirmed(ONE, OTHER)}
        left = asking.leads.withdraw(asking.token("intrekken"), [standings[ONE]])
        assert {standing.initiative: standing.status for standing in left} == {ONE: "ingetrokken", OTHER: "afgeleverd"}
        (gone,) = asking.rows("select * from lead where initiative = :one", one=ONE)
        assert (gone.box, gone.email_index, gone.follow_up_at) == (None, None, None)
        assert [row.lead for row in asking.rows("select lead from lead_key")] == [standings[OTHER]]
        assert (asking.told("aanvraag-ingetrokken"), asking.told("ingetrokken")) == (1, 1)
        assert (ONE, "afgesloten", "ingetrokken") in asking.outcomes()
        assert "Noor" not in repr(asking.rows("select * from outbox_item"))

    def test_many_times_at_once_does_it_once(self, asking: Asking) -> None:
        (standing,) = asking.asked_and_confirmed(ONE)
        token = asking.token("intrekken")
        at_once(lambda _: asking.leads.withdraw(token, [standing.lead]))
        assert (asking.told("aanvraag-ingetrokken"), asking.told("ingetrokken")) == (1, 1)
        assert asking.outcomes() == [(ONE, "aangevraagd", ""), (ONE, "afgesloten", "ingetrokken")]

    def test_before_it_is_confirmed_tells_no_owner_and_counts_nowhere(self, asking: Asking) -> None:
        asking.ask(ONE)
        token = asking.token("intrekken")
        asking.leads.withdraw(token, [asking.leads.standings(token, "intrekken")[0].lead])
        assert (asking.told("aanvraag-ingetrokken"), asking.outcomes()) == (0, [])
        assert asking.leads.confirm(asking.token("bevestigen")) == ()
        asking.sweep()
        assert asking.statuses() == {}

    def test_lead_of_somebody_else_stays(self, asking: Asking) -> None:
        (hers,) = asking.asked_and_confirmed(ONE, email=address())
        asking.asked_and_confirmed(ONE, email=address())
        assert len(asking.leads.withdraw(asking.token("intrekken"), [hers.lead])) == 1
        assert {row.status for row in asking.rows("select status from lead")} == {"afgeleverd"}

    def test_everything_of_an_address_is_erased(self, asking: Asking) -> None:
        mail = address()
        asking.asked_and_confirmed(ONE, OTHER, email=mail)
        asking.ask(ONE, email=mail)
        asking.ask(OTHER, email=None)
        assert (asking.leads.erase(mail), asking.leads.erase(mail)) == (3, 0)
        assert asking.leads.erase("+31612345678") == 1
        assert {row.status for row in asking.rows("select status from lead")} == {"ingetrokken"}
        assert asking.rows("select * from lead_key") == []
        assert {row.email_index for row in asking.rows("select email_index from lead")} == {None}

    @pytest.mark.parametrize("lost", ["delete from lead_key", "update lead_key set wrapped = :other"])
    def test_without_its_key_it_is_withdrawn_all_the_same_and_no_mail_can_say_so(
        self, asking: Asking, lost: str
    ) -> None:
        (standing,) = asking.asked_and_confirmed(ONE)
        with asking.engine.begin() as connection:
            connection.execute(text(lost), {"other": b"of another key"} if ":other" in lost else {})
        assert asking.leads.withdraw(asking.token("intrekken"), [standing.lead])[0].status == "ingetrokken"
        assert (asking.rows("select box from lead where box is not null"), asking.told("ingetrokken")) == ([], 0)


class TestTime:
    def test_unconfirmed_is_gone_after_three_days_and_nobody_is_told(self, asking: Asking) -> None:
        asking.ask(ONE)
        asking.now += CONFIRM_SECONDS
        asking.sweep()
        for table in ("lead", "lead_key", "lead_link"):
            assert asking.rows(f"select * from {table}") == []
        assert (asking.told("aanvraag-verlopen"), asking.outcomes()) == (0, [])

    def test_open_lead_ends_after_a_year_and_its_owner_is_told(self, asking: Asking) -> None:
        asking.asked_and_confirmed(ONE)
        asking.now += LONGEST_SECONDS - 2
        asking.sweep()
        assert asking.statuses() == {ONE: "afgeleverd"}
        asking.now += 2
        asking.sweep()
        assert (asking.statuses(), asking.told("aanvraag-verlopen")) == ({}, 1)
        assert (ONE, "afgesloten", "verlopen") in asking.outcomes()

    def test_withdrawn_lead_is_gone_90_days_later(self, asking: Asking) -> None:
        (standing,) = asking.asked_and_confirmed(ONE)
        asking.leads.withdraw(asking.token("intrekken"), [standing.lead])
        asking.now += KEEP_CLOSED_SECONDS - 1
        asking.sweep()
        assert asking.statuses() == {ONE: "ingetrokken"}
        asking.now += 1
        asking.sweep()
        assert (asking.statuses(), asking.rows("select * from lead_link")) == ({}, [])

    def test_after_a_month_somebody_is_asked_once_and_answers_once(self, asking: Asking) -> None:
        asking.asked_and_confirmed(ONE)
        asking.now += 30 * DAY
        asking.sweep()
        asking.sweep()
        assert asking.told("ervaring") == 1
        token = asking.token("ervaring", "ervaring")
        assert asking.leads.about(token) == ONE
        with pytest.raises(ValueError, match="no such step and outcome"):
            asking.leads.experience(token, "prima")
        answers = at_once(lambda _: asking.leads.experience(token, "geholpen"))
        assert answers.count(True) == 1
        assert asking.outcomes().count((ONE, "ervaring", "geholpen")) == 1
        assert asking.leads.about(token) is None

    def test_proof_goes_after_three_years_with_the_text_that_nobody_else_agreed_to(self, asking: Asking) -> None:
        asking.ask(OTHER)
        asking.now += 1
        asking.ask(ONE)
        asking.now += KEEP_SECONDS - 1
        with asking.engine.begin() as connection:  # what other tests asked, long ago too
            connection.exec_driver_sql("delete from consent_event where consent not in (select consent from lead)")
            connection.exec_driver_sql("delete from consent where id not in (select consent from lead)")
        asking.sweep()
        assert [row.recipient for row in asking.rows("select recipient from consent")] == [ONE]
        assert [row.hash for row in asking.rows("select hash from consent_text")] == [asking.leads.notice(ONE).hash]
        assert asking.rows("select * from consent_event where consent not in (select id from consent)") == []


class TestOtherKeys:
    def test_after_a_change_of_keys_the_new_one_opens_all_and_the_old_one_nothing(self, asking: Asking) -> None:
        asking.asked_and_confirmed(ONE, OTHER, email=address())
        token = asking.token("intrekken")
        asking.leads.withdraw(token, [asking.leads.standings(token, "intrekken")[0].lead])
        path = asking.settings.secrets_folder / LEAD_KEYS_FILE
        old, new = path.read_text().strip(), Fernet.generate_key().decode()
        replace(path, f"{new}\n{old}\n")
        assert asking.keeper.rotate() == 2  # a lead, and the address of a mail that waits
        replace(path, f"{new}\n")
        assert [content.contact.name for content in asking.contents()] == ["Noor Bakker"]
        (waiting,) = asking.rows("select address from outbox_item where template = 'ingetrokken'")
        assert b"@bakkerij.example" in asking.vault.unwrap(bytes(waiting.address))
        before = Vault(KeyRing(asking.settings.model_copy(update={"lead_keys": old})))
        (row,) = asking.rows("select lead.id, box, wrapped from lead join lead_key on lead = lead.id")
        with pytest.raises(Unreadable):
            before.open(row.id, bytes(row.box), bytes(row.wrapped))

    def test_half_way_both_open_everything(self, asking: Asking) -> None:
        asking.ask(ONE, email=address())
        path = asking.settings.secrets_folder / LEAD_KEYS_FILE
        replace(path, f"{Fernet.generate_key().decode()}\n{path.read_text().strip()}\n")
        asking.ask(OTHER, email=address())
        assert len(asking.contents()) == 2
