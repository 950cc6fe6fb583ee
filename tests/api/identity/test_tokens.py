"""What a provider says is believed only when it is signed by it, for us, for this attempt, and now."""

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from api.identity.errors import AddressUnverified, ProviderDown, ProviderRefused
from api.identity.provider import IdentityProvider, IdentitySettingsError
from api.identity.repository import new_journey
from api.settings import Settings

JOURNEY = new_journey("/portaal")
BACK = "http://127.0.0.1:8000/terug"
KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"}) for kid in ("een", "een"))
NEW_KEY = RSAKey.generate_key(2048, {"kid": "twee", "use": "sig", "alg": "RS256"})


class Liar:
    """A provider that says what the test wants. `answers` maps paths to what is sent as JSON."""

    def __init__(self) -> None:
        answers: dict[str, Any] = {}
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                body = json.dumps(answers.get(self.path)).encode()
                self.rfile.read(int(self.headers.get("content-length", 0)))
                self.send_response(200 if self.path in answers else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                """Keep the output of the tests clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.answers, self.asked = answers, asked
        self.metadata = {"issuer": self.url, "authorization_endpoint": f"{self.url}/auth"} | {
            name: f"{self.url}/{name}" for name in ("token_endpoint", "userinfo_endpoint", "jwks_uri")
        }
        answers["/.well-known/openid-configuration"] = self.metadata
        self.publish(KEY)
        self.claims = {
            "iss": self.url,
            "aud": "portaal",
            "sub": "1",
            "iat": int(time.time()),
            "exp": int(time.time()) + 300,
            "nonce": JOURNEY.nonce,
            "email": "olga@initiatief.example",
            "email_verified": True,
        }
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def publish(self, *keys: RSAKey) -> None:
        self.answers["/jwks_uri"] = {"keys": [key.as_dict(private=False) for key in keys]}

    def say(self, token: object) -> None:
        self.answers["/token_endpoint"] = {"access_token": "a", "token_type": "Bearer", "id_token": token}

    def sign(self, key: RSAKey = KEY, **changed: Any) -> None:
        claims = {name: value for name, value in {**self.claims, **changed}.items() if value is not None}
        self.say(jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key))


@pytest.fixture
def liar() -> Iterator[Liar]:
    found = Liar()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def provider(liar: Liar) -> IdentityProvider:
    return IdentityProvider(Settings(oidc_issuer=liar.url, oidc_client_id="portaal", oidc_client_secret="x"))


def email(provider: IdentityProvider) -> str:
    return provider.identity("code", JOURNEY, BACK).email


class TestToken:
    def test_that_holds_is_believed_whatever_the_number_of_audiences(
        self, liar: Liar, provider: IdentityProvider
    ) -> None:
        for changed in ({}, {"aud": ["portaal"]}, {"aud": ["portaal", "x"], "azp": "portaal"}):
            liar.sign(**changed)
            assert email(provider) == "olga@initiatief.example"

    @pytest.mark.parametrize(
        "changed",
        [
            {"iss": "https://dief.example"},
            {"aud": "ander"},
            {"aud": ["ander"]},
            {"aud": ["portaal", "ander"]},  # which says not for whom of the two
            {"azp": "ander"},
            {"nonce": "ander"},
            {"exp": 1_700_000_000},
            {"iat": 4_000_000_000},
            {"nbf": 4_000_000_000},
            {"iss": None},
            {"aud": None},
            {"nonce": None},
            {"exp": None},
            {"iat": None},
            {"sub": None},
        ],
    )
    def test_with_a_claim_that_is_wrong_or_missing_is_refused(
        self, liar: Liar, provider: IdentityProvider, changed: dict[str, object]
    ) -> None:
        liar.sign(**changed)
        with pytest.raises(ProviderRefused):
            email(provider)

    @pytest.mark.parametrize("token", [None, 5, "", "x", "a.b.c", {}])
    def test_that_is_none_is_refused(self, liar: Liar, provider: IdentityProvider, token: object) -> None:
        liar.say(token)
        with pytest.raises(ProviderRefused):
            email(provider)

    def test_signed_with_another_key_under_the_same_name_is_refused(
        self, liar: Liar, provider: IdentityProvider
    ) -> None:
        liar.sign(OTHER_KEY)
        with pytest.raises(ProviderRefused):
            email(provider)

    def test_without_signature_or_signed_with_a_shared_secret_is_refused(
        self, liar: Liar, provider: IdentityProvider
    ) -> None:
        public = OctKey.import_key(json.dumps(KEY.as_dict(private=False)).ljust(64))
        unsigned = ({"alg": "none"}, liar.claims)
        for token in (
            ".".join(urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in unsigned) + ".",
            jwt.encode({"alg": "HS256", "kid": "een"}, liar.claims, public, algorithms=["HS256"]),
        ):
            liar.say(token)
            with pytest.raises(ProviderRefused):
                email(provider)

    def test_says_of_whom_it_is_more_than_the_other_answers(self, liar: Liar, provider: IdentityProvider) -> None:
        liar.sign(email=None, email_verified=None)
        liar.answers["/userinfo_endpoint"] = {"sub": "1", "email": "bas@initiatief.example", "email_verified": "true"}
        assert email(provider) == "bas@initiatief.example"
        liar.answers["/userinfo_endpoint"]["sub"] = "2"
        with pytest.raises(ProviderRefused):
            email(provider)

    @pytest.mark.parametrize("said", [True, 1, "1", "true"])
    def test_of_a_provider_that_vouches_for_the_domain_is_believed(
        self, liar: Liar, provider: IdentityProvider, said: object
    ) -> None:
        liar.sign(email_verified=None, xms_edov=said)
        assert email(provider) == "olga@initiatief.example"

    @pytest.mark.parametrize(
        "changed",
        [
            {"email_verified": None},
            {"email_verified": "false"},
            {"email_verified": False, "xms_edov": True},
            {"email_verified": None, "xms_edov": False},
            {"email": "olga"},
        ],
    )
    def test_with_an_address_that_nobody_checked_is_told_apart(
        self, liar: Liar, provider: IdentityProvider, changed: dict[str, object]
    ) -> None:
        liar.sign(**changed)
        with pytest.raises(AddressUnverified):
            email(provider)


class TestKeys:
    def test_and_description_are_fetched_once(self, liar: Liar, provider: IdentityProvider) -> None:
        for _ in range(3):
            liar.sign()
            email(provider)
        assert sorted(set(liar.asked)) == sorted(["/.well-known/openid-configuration", "/jwks_uri", "/token_endpoint"])
        assert liar.asked.count("/jwks_uri") == 1

    def test_that_are_new_are_fetched_after_a_minute_and_not_before(
        self, liar: Liar, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        liar.sign()
        email(provider)
        liar.publish(KEY, NEW_KEY)
        liar.sign(NEW_KEY)
        with pytest.raises(ProviderRefused):
            email(provider)
        later = time.monotonic() + 60
        monkeypatch.setattr("api.identity.provider.time.monotonic", lambda: later)
        assert email(provider) == "olga@initiatief.example"


class TestDescription:
    @pytest.mark.parametrize(
        "change",
        [
            {"issuer": "https://dief.example"},
            {"token_endpoint": "http://dief.example/token"},
            {"jwks_uri": None},
            {"authorization_endpoint": "javascript:alert(1)"},
        ],
    )
    def test_of_another_or_without_https_is_no_provider(
        self, liar: Liar, provider: IdentityProvider, change: dict[str, object]
    ) -> None:
        liar.metadata.update(change)  # type: ignore[arg-type]
        with pytest.raises(ProviderDown):
            provider.address(JOURNEY, BACK)

    @pytest.mark.parametrize("keys", [None, [], {}, {"keys": []}, {"keys": [{"kty": "x"}]}])
    def test_without_keys_is_no_provider(self, liar: Liar, provider: IdentityProvider, keys: object) -> None:
        liar.answers["/jwks_uri"] = keys
        with pytest.raises(ProviderDown):
            provider.address(JOURNEY, BACK)

    def test_that_is_no_json_is_no_provider(self, liar: Liar, provider: IdentityProvider) -> None:
        liar.answers["/.well-known/openid-configuration"] = "<html>"
        with pytest.raises(ProviderDown):
            provider.address(JOURNEY, BACK)


class TestSettings:
    @pytest.mark.parametrize(
        ("settings", "named"),
        [
            ({"oidc_issuer": "http://dief.example", "oidc_client_id": "x"}, "OIDC_ISSUER"),
            ({"oidc_issuer": "dief.example", "oidc_client_id": "x"}, "OIDC_ISSUER"),
            ({"oidc_issuer": "https://[id.example", "oidc_client_id": "x"}, "OIDC_ISSUER"),
            ({"oidc_issuer": "https://id.example"}, "OIDC_CLIENT_ID"),
            ({"oidc_client_id": "x"}, "OIDC_ISSUER"),
        ],
    )
    def test_that_are_wrong_are_named(self, settings: dict[str, str], named: str) -> None:
        with pytest.raises(IdentitySettingsError, match=named):
            IdentityProvider(Settings(**settings))

    def test_values_that_show_a_second_factor_are_set_by_the_operator(self, liar: Liar) -> None:
        values = {"oidc_issuer": liar.url, "oidc_client_id": "portaal", "oidc_mfa_values": "https://x/hoog, hwk"}
        provider = IdentityProvider(Settings(**values))
        for said, confirmed in (({"acr": "https://x/hoog"}, True), ({"amr": ["hwk"]}, True), ({"amr": ["mfa"]}, False)):
            liar.sign(**said)
            assert provider.identity("code", JOURNEY, BACK).confirmed is confirmed
