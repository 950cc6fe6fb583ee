"""The outbox: leased, tried again, given up with an alarm; on both databases, and with several workers at once."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from api.outbox import queue, retries
from api.outbox.faults import Failed, Gone, Refused
from api.outbox.repository import ALARM_SECONDS, KEEP_SECONDS, LEASE_SECONDS, Item
from api.outbox.worker import AT_ONCE, Worker
from knowledge.base import Knowledge
from tests.api.post_office import COORDINATOR, House, Post, house_for

DAYS = 24 * 60 * 60
ADDRESS = "kim@bedrijf.example"


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path, knowledge: Knowledge) -> Iterator[House]:
    made = house_for(request, tmp_path, knowledge)
    yield made
    made.engine.dispose()


def put(house: House, count: int = 1, **more: Any) -> list[str]:
    values = {"kind": "mail", "template": "ontvangstbewijs", "request": "een", "now": house.clock.now, **more}
    with Session(house.engine) as session, session.begin():
        return [queue.put(session, **values) for _ in range(count)]


def item(house: House, identifier: str) -> Any:
    (found,) = (row for row in house.rows("select * from outbox_item") if row.id == identifier)
    return found


def test_what_is_due_is_sent_once_and_what_is_not_waits(house: House) -> None:
    now, later = put(house, 3), put(house, now=house.clock.now + 60)
    post = Post()
    house.work(house.worker(mail=post))
    assert sorted(sent.id for sent in post.came) == sorted(now)
    house.clock.pass_by(60)
    house.work(house.worker(mail=post))
    assert [sent.id for sent in post.came[3:]] == later
    assert {row.state for row in house.rows("select state from outbox_item")} == {queue.SENT}


def test_sent_is_noted_in_the_second_that_it_was_taken(house: House) -> None:
    (identifier,) = put(house, address=b"sealed")
    house.clock.pass_by(100)
    house.work(house.worker(mail=Post()))
    done = item(house, identifier)
    assert abs(done.done_at - house.clock.now) <= 1
    assert (done.state, done.tries, done.address, done.lease, done.fault) == (queue.SENT, 1, None, None, None)


class TestFault:
    def test_is_tried_again_for_three_days_under_the_same_id(self, house: House) -> None:
        (identifier,) = put(house)
        post = Post(*[Failed("stuk")] * 99)
        start, moments = house.clock.now, []
        while item(house, identifier).state == queue.WAITING:
            house.clock.pass_by(max(0, item(house, identifier).due_at - house.clock.now))
            before = len(post.came)
            house.work(house.worker(mail=post))
            moments += [house.clock.now - start] * (len(post.came) - before)
        assert {tried.id for tried in post.came} == {identifier}
        assert len(moments) == len(retries.WAITS)
        expected = [sum(retries.WAITS[: number + 1]) for number in range(len(retries.WAITS))]
        for moment, planned in zip(moments, expected, strict=True):
            assert planned <= moment <= planned * 1.1 + 10
        assert moments[-1] > 3 * DAYS
        assert item(house, identifier).state == queue.GIVEN_UP

    def test_that_was_foreseen_by_nobody_is_tried_again_and_its_text_kept_nowhere(
        self, house: House, caplog: pytest.LogCaptureFixture
    ) -> None:
        (identifier,) = put(house)
        post = Post(RuntimeError(f"cannot send to {ADDRESS}"))
        with caplog.at_level(logging.INFO, "assistent"):
            house.work(house.worker(mail=post))
        assert (item(house, identifier).state, item(house, identifier).fault) == (queue.WAITING, "RuntimeError")
        assert f"item={identifier} kind=mail template=ontvangstbewijs try=1 state=uitgesteld" in caplog.text
        assert ADDRESS not in caplog.text

    def test_waits_as_long_as_the_other_side_asks_but_no_longer_than_a_day(self, house: House) -> None:
        slow, silly = put(house), put(house)
        post = {slow[0]: Failed("druk", 600), silly[0]: Failed("druk", 10**8)}

        class Busy:
            async def send(self, given: Item) -> None:
                raise post[given.id]

        house.work(house.worker(mail=Busy()))
        assert 590 <= item(house, slow[0]).due_at - house.clock.now <= 600
        assert DAYS - 10 <= item(house, silly[0]).due_at - house.clock.now <= DAYS

    def test_of_the_link_that_confirms_is_not_tried_beyond_its_use(self, house: House) -> None:
        house.staff()
        (identifier,) = put(house, template="bevestigen")
        house.clock.pass_by(60 * 60 * 60)
        with house.engine.begin() as connection:
            connection.exec_driver_sql("update outbox_item set tries = 8")
        post = Post(*[Failed("stuk")] * 99)
        house.work(house.worker(mail=post))
        last = item(house, identifier)
        assert (last.state, last.due_at - last.made_at) == (queue.WAITING, 70 * 60 * 60)
        house.clock.pass_by(10 * 60 * 60)
        house.work(house.worker(mail=post))
        assert item(house, identifier).state == queue.GIVEN_UP


class TestGivenUp:
    def test_tells_every_coordinator_and_nobody_else(self, house: House) -> None:
        house.staff()
        second = house.invite("tweede@regio.example", "coordinator")
        house.invite("werkgroep@regio.example", "werkgroep")
        put(house)
        house.work(house.worker(mail=Post(Refused("SMTPRecipientRefused 550"))))
        first = house.people.find(COORDINATOR)
        assert first is not None
        alarms = house.rows("select account, state from outbox_item where template = 'afleveren-mislukt'")
        assert sorted(alarm.account for alarm in alarms) == sorted((first.id, second))
        (given_up,) = house.outbox.given_up()
        assert (given_up.template, given_up.tries, given_up.fault) == ("ontvangstbewijs", 1, "SMTPRecipientRefused 550")

    def test_many_at_once_are_one_alarm(self, house: House) -> None:
        house.staff()
        put(house, 10)
        post = Post(*[Refused("nee")] * 10)
        house.work(house.worker(mail=post))
        assert len(house.outbox.given_up()) == 10
        house.clock.pass_by(ALARM_SECONDS)
        house.work(house.worker(mail=post))
        assert [sent.template for sent in post.came[10:]] == ["afleveren-mislukt"]

    def test_alarm_raises_no_alarm_and_is_logged(self, house: House, caplog: pytest.LogCaptureFixture) -> None:
        _, coordinator = house.staff()
        (identifier,) = put(house, template="afleveren-mislukt", request=None, account=coordinator)
        house.work(house.worker(mail=Post(Refused("nee"))))
        assert [row.id for row in house.rows("select id from outbox_item")] == [identifier]
        assert f"item={identifier} kind=mail template=afleveren-mislukt try=1 state=opgegeven fault=nee" in caplog.text


class TestLease:
    def test_of_a_worker_that_died_ends_and_another_goes_on_with_the_same_id(self, house: House) -> None:
        (identifier,) = put(house)
        (taken,) = house.outbox.take_mails("dood", house.clock.now, 10)
        post = Post()
        house.work(house.worker(mail=post))
        assert post.came == []
        house.clock.pass_by(LEASE_SECONDS + 1)
        house.work(house.worker(mail=post))
        assert [(sent.id, sent.tries) for sent in post.came] == [(identifier, 2)]
        assert not house.outbox.finish(taken, queue.GIVEN_UP, house.clock.now), "what was lost is not ours to end"
        assert item(house, identifier).state == queue.SENT

    def test_taken_back_meanwhile_stays_taken_back(self, house: House) -> None:
        (identifier,) = put(house, lead="lead")
        (taken,) = house.outbox.take_mails("ik", house.clock.now, 10)
        with Session(house.engine) as session, session.begin():
            queue.cancel(session, ["lead"], house.clock.now)
        assert not house.outbox.finish(taken, queue.SENT, house.clock.now)
        assert not house.outbox.postpone(taken, house.clock.now, "stuk")
        assert item(house, identifier).state == queue.CANCELLED

    def test_two_workers_at_once_send_everything_once(self, house: House) -> None:
        identifiers = put(house, 60)
        post = Post()

        async def both() -> None:
            workers = [house.worker(mail=post) for _ in range(2)]
            await asyncio.gather(*(_until_done(worker) for worker in workers))

        asyncio.run(both())
        assert Counter(sent.id for sent in post.came) == Counter(identifiers)
        assert len({sent.lease for sent in post.came}) == 2, "one of them did all the work"


async def _until_done(worker: Worker) -> None:
    while await worker.step():
        pass


def test_what_lost_its_reason_lapses_without_an_alarm(house: House) -> None:
    house.staff()
    (identifier,) = put(house)
    house.work(house.worker(mail=Post(Gone("aanvraag is weg"))))
    assert (item(house, identifier).state, item(house, identifier).fault) == (queue.CANCELLED, "aanvraag is weg")
    assert len(house.rows("select id from outbox_item")) == 1


class TestSlowServer:
    def test_of_one_webhook_holds_up_no_other_and_no_mail(self, house: House) -> None:
        put(house, 30, kind="webhook", template="lead.created", webhook="traag", lead="x")
        quick = put(house, 3, kind="webhook", template="lead.created", webhook="vlug", lead="x")
        mails = put(house, 3)
        post, done = Post(), asyncio.Event()

        class Receiver:
            at_once = 0

            async def send(self, given: Item) -> None:
                if given.webhook == "traag":
                    Receiver.at_once += 1
                    await done.wait()
                post.came.append(given)

        async def work() -> None:
            worker = house.worker(mail=post, webhook=Receiver())
            while len(post.came) < 6:
                await worker.step()
            assert Receiver.at_once == 1
            done.set()
            await _until_done(worker)

        asyncio.run(work())
        assert {sent.id for sent in post.came[:6]} == {*quick, *mails}
        assert len(post.came) == 36

    def test_gets_no_more_mails_at_once_than_it_may(self, house: House) -> None:
        put(house, 20)
        now = most = 0

        class Server:
            async def send(self, _given: Item) -> None:
                nonlocal now, most
                now += 1
                most = max(most, now)
                await asyncio.sleep(0.01)
                now -= 1

        house.work(house.worker(mail=Server()))
        assert most == AT_ONCE["mail"]


def test_database_that_is_busy_when_something_was_sent_is_told_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    (identifier,) = put(house)
    finish, fails = house.outbox.finish, [OperationalError("x", {}, Exception())]

    def busy(*given: Any) -> bool:
        if fails:
            raise fails.pop()
        return finish(*given)

    monkeypatch.setattr(house.outbox, "finish", busy)
    post = Post()
    house.work(house.worker(mail=post))
    assert item(house, identifier).state == queue.SENT
    assert len(post.came) == 1


def test_what_is_done_is_forgotten_after_thirty_days_and_what_waits_is_not(house: House) -> None:
    (sent,) = put(house)
    house.work(house.worker(mail=Post()))
    (waits,) = put(house)
    assert house.outbox.sweep(house.clock.now + KEEP_SECONDS - 10) == 0
    assert house.outbox.sweep(house.clock.now + KEEP_SECONDS + 10) == 1
    assert [row.id for row in house.rows("select id from outbox_item")] == [waits] != [sent]


def test_what_waits_is_counted(house: House) -> None:
    put(house, 2, now=house.clock.now - 50)
    put(house, kind="webhook", template="webhook.test", webhook="w")
    waiting = {found.kind: (found.count, house.clock.now - found.oldest) for found in house.outbox.waiting()}
    assert waiting["mail"][0] == 2
    assert 50 <= waiting["mail"][1] <= 55
    assert waiting["webhook"][0] == 1


def test_worker_that_runs_takes_up_what_is_put_later_and_survives_a_database_that_is_away(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.outbox.worker.IDLE_SECONDS", 0.01)
    post, take, fails = Post(), house.outbox.take_mails, [OperationalError("x", {}, Exception())]

    def away(*given: Any) -> list[Item]:
        if fails:
            raise fails.pop()
        return take(*given)

    monkeypatch.setattr(house.outbox, "take_mails", away)

    async def work() -> None:
        worker = house.worker(mail=post)
        task = asyncio.create_task(worker.run())
        put(house)
        while not post.came or house.outbox.waiting():
            await asyncio.sleep(0.01)
        task.cancel()
        await worker.close()

    asyncio.run(asyncio.wait_for(work(), 30))
    assert len(post.came) == 1


@pytest.mark.parametrize("seconds", [0.1, 60], ids=["in time", "too long"])
def test_worker_that_stops_lets_what_is_being_sent_end(
    house: House, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr("api.outbox.worker.IDLE_SECONDS", 0.01)
    monkeypatch.setattr("api.outbox.worker.CLOSING_SECONDS", 0.5 if seconds > 1 else 30)
    put(house)
    sent: list[str] = []

    class Slow:
        async def send(self, item: Item) -> None:
            await asyncio.sleep(seconds)
            sent.append(item.id)

    async def work() -> None:
        worker = house.worker(mail=Slow())
        await asyncio.wait_for(worker.step(), 5)
        await worker.close()

    asyncio.run(work())
    assert len(sent) == (seconds < 1)
    waiting = {found.kind: found.count for found in house.outbox.waiting()}
    assert waiting == ({} if sent else {"mail": 1})
