"""Whatever way people take through a conversation, it goes on, and what they typed is nowhere."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.conftest import tries
from tests.fuzz.sentences import sentences, texts
from tests.product.running import Chat, Product

MARK = "kanariewiebel"
MOST_SECONDS = 30.0  # a turn that hangs; the product itself gives up after ten


class Walk:
    """One conversation, step by step, and what has to hold after each."""

    def __init__(self, product: Product, data: st.DataObject) -> None:
        self.chat, self._product, self._data = Chat(product), product, data
        self.address = f"/v1/gesprekken/{self.chat.id}"
        self.over = False
        often = [self._press, self._press, self._press, self._say_sensibly, self._say_sensibly]
        self._kinds = [*often, self._say_anything, self._say_mark, self._repeat, self._look, self._judge, self._forget]

    def step(self) -> None:
        number = self._data.draw(st.integers(0, len(self._kinds) - 1), label="stap")
        started = time.monotonic()
        self._kinds[number]()
        assert time.monotonic() - started < MOST_SECONDS

    def _press(self) -> None:
        codes = self.chat.offered
        if codes:
            self._say({"keuze": self._data.draw(st.sampled_from(codes), label="knop")})

    def _say_sensibly(self) -> None:
        self._say({"tekst": self._data.draw(sentences, label="zin")})

    def _say_anything(self) -> None:
        text = self._data.draw(texts, label="tekst")
        response = self.chat.send({"tekst": text})
        if response.status_code == 400:  # nothing to be seen in it
            assert response.headers["content-type"] == "application/problem+json"
        else:
            self._took(response.status_code, response.json())

    def _say_mark(self) -> None:
        self._say({"tekst": f"{self._data.draw(sentences, label='zin')} {MARK}"[-500:]})
        seen = self._product.http.get(self.address, headers=self.chat.headers)
        assert MARK not in seen.text

    def _repeat(self) -> None:
        """The same message twice: the second time changes nothing."""
        body = {"tekst": self._data.draw(sentences, label="zin")}
        first = self.chat.send(body, key="nog-eens")
        assert self.chat.send(body, key="nog-eens").json() == first.json()
        self._took(first.status_code, self._product.http.get(self.address, headers=self.chat.headers).json())

    def _look(self) -> None:
        seen = self._product.http.get(self.address, headers=self.chat.headers)
        assert seen.json() == {name: value for name, value in self.chat.turn.items() if name != "sleutel"}

    def _judge(self) -> None:
        answer = self._product.http.post(f"{self.address}/oordeel", json={"oordeel": "goed"}, headers=self.chat.headers)
        assert answer.status_code in ((204,) if self.chat.turn["uitslag"] else (204, 400, 404))

    def _forget(self) -> None:
        assert self._product.http.delete(self.address, headers=self.chat.headers).status_code == 204
        assert self.chat.send({"tekst": "hallo"}).status_code == 404
        assert self._product.rows("select * from conversation where id = ?", self.chat.id) == []
        self.over = True

    def _say(self, body: dict[str, Any]) -> None:
        response = self.chat.send(body)
        self._took(response.status_code, response.json())

    def _took(self, status: int, turn: dict[str, Any]) -> None:
        assert status == 200, turn
        self.chat.turn = turn
        assert self.chat.text.strip()
        assert MARK not in str(turn)
        if self.chat.open is None:
            assert turn["uitslag"] or self.chat.offered


@given(data=st.data())
@tries(quick=6, thorough=400)
def test_any_walk_goes_on(product: Product, data: st.DataObject) -> None:
    walk = Walk(product, data)
    for _ in range(data.draw(st.integers(4, 16), label="stappen")):
        if not walk.over:
            walk.step()


@pytest.mark.parametrize("name", ["gateway", "rasa", "actions"])
def test_nothing_typed_is_in_the_logs(product: Product, name: str) -> None:
    Chat(product).say(f"vier man {MARK}", f"{MARK} in Zeist")
    assert MARK not in product.log(name)
