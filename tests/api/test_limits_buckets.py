"""How often somebody may ask, and what is known of who asked."""

import pytest

from api.limits import buckets
from api.limits.buckets import Buckets

HALL = "192.0.2.0/24"


class Clock:
    """A clock that goes on when a test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def asked(allowed: Buckets, times: int, subject: str = HALL) -> list[int]:
    return [allowed.wait(subject) for _ in range(times)]


def test_a_whole_hall_may_ask_at_the_same_moment(clock: Clock) -> None:
    assert asked(Buckets(60, clock), 60) == [0] * 60


def test_who_asks_more_has_to_wait_for_as_long_as_it_takes(clock: Clock) -> None:
    allowed = Buckets(60, clock)
    asked(allowed, 60)
    assert allowed.wait(HALL) == 1
    clock.now += 1
    assert allowed.wait(HALL) == 0
    assert allowed.wait(HALL) == 1


def test_asking_in_vain_does_not_lengthen_the_wait(clock: Clock) -> None:
    allowed = Buckets(6, clock)
    asked(allowed, 6)
    assert set(asked(allowed, 100)) == {10}
    clock.now += 10
    assert allowed.wait(HALL) == 0


def test_steady_asking_below_the_limit_is_never_refused(clock: Clock) -> None:
    allowed = Buckets(60, clock)
    for _ in range(1000):
        assert allowed.wait(HALL) == 0
        clock.now += 1.01


def test_others_are_not_slowed_down(clock: Clock) -> None:
    allowed = Buckets(3, clock)
    assert asked(allowed, 4)[-1] > 0
    assert allowed.wait("198.51.100.0/24") == 0


def test_zero_is_no_limit_and_keeps_nothing(clock: Clock) -> None:
    allowed = Buckets(0, clock)
    assert set(asked(allowed, 5000)) == {0}
    assert len(allowed) == 0


def test_flood_from_very_many_networks_takes_a_bounded_place(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "MOST_SUBJECTS", 100)
    allowed = Buckets(60, clock)
    for number in range(1000):
        allowed.wait(f"2001:db8:{number:x}::/48")
    assert len(allowed) == 100


def test_who_asked_a_minute_ago_is_forgotten(clock: Clock) -> None:
    allowed = Buckets(60, clock)
    asked(allowed, 60)
    clock.now += 61
    asked(allowed, 1, "198.51.100.0/24")
    assert len(allowed) == 1


def test_address_is_not_kept_as_such() -> None:
    allowed, other = Buckets(60), Buckets(60)
    for one in (allowed, other):
        one.wait(HALL)
        assert HALL.encode() not in b"".join(one._full_at)
    assert set(allowed._full_at) != set(other._full_at)
