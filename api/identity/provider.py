"""The OpenID Connect provider: where it is, what it says, and whether that can be believed."""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from api.identity.errors import AddressUnverified, ProviderDown, ProviderRefused
from api.identity.repository import Journey
from api.mail import email_address
from api.settings import Settings

logger = logging.getLogger("assistent")

SECONDS = 10  # that one answer may take
FRESH_SECONDS = 60 * 60  # that the description and the keys of the provider are kept
AGAIN_SECONDS = 60  # before keys are fetched again for a token with an unknown one
LEEWAY_SECONDS = 60  # by which clocks may differ
ALGORITHMS = ("RS256", "PS256", "ES256", "Ed25519", "EdDSA")  # none with a shared secret, and never "none"
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
_YES = (True, "true", "1")  # as providers write it
_HERE = ("localhost", "127.0.0.1", "::1")


class IdentitySettingsError(Exception):
    """A setting about the provider is wrong; says which and what to do, in Dutch."""


@dataclass(frozen=True)
class Identity:
    """Whom the provider has logged in: a mail address that it checked, and whether with more than one factor."""

    email: str
    confirmed: bool


@dataclass(frozen=True)
class _Known:
    """What was fetched of the provider, and at which second."""

    metadata: Mapping[str, str]
    keys: KeySet
    at: float


class IdentityProvider:
    """The provider that the settings name."""

    def __init__(self, settings: Settings) -> None:
        """Read the settings. Raises IdentitySettingsError."""
        self._issuer = settings.oidc_issuer
        self._client_id, self._client_secret = settings.oidc_client_id, settings.oidc_client_secret
        self._mfa_values = frozenset(settings.oidc_mfa_values.replace(",", " ").split())
        self.name = settings.oidc_name
        self._known: _Known | None = None
        self._lock = threading.Lock()
        if self._issuer and not _is_safe(self._issuer):
            raise IdentitySettingsError("OIDC_ISSUER: dit adres klopt niet. Het begint met https://.")
        if bool(self._issuer) != bool(self._client_id):
            raise IdentitySettingsError(
                "OIDC_ISSUER en OIDC_CLIENT_ID horen bij elkaar: zet ze allebei, of geen van beide."
            )

    @property
    def is_set(self) -> bool:
        """Whether there is a provider."""
        return bool(self._issuer)

    def address(self, journey: Journey, redirect: str) -> str:
        """Where a browser goes to log in, and comes back from at `redirect`. Raises ProviderDown."""
        address: str
        address, _ = self._session(redirect).create_authorization_url(
            self._fetched().metadata["authorization_endpoint"],
            state=journey.state,
            nonce=journey.nonce,
            code_verifier=journey.verifier,
        )
        return address

    def check_sender(self, issuer: str | None) -> None:
        """Raise ProviderRefused when an answer says that it is of another provider (RFC 9207)."""
        if issuer is not None and issuer != self._issuer:
            raise ProviderRefused

    def identity(self, code: str, journey: Journey, redirect: str) -> Identity:
        """Whom a code stands for. Raises ProviderDown, ProviderRefused or AddressUnverified."""
        known, session = self._fetched(), self._session(redirect)
        try:
            token = session.fetch_token(
                known.metadata["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=journey.verifier,
            )
            claims = self._claims(token.get("id_token"), journey.nonce)
            about = claims if "email" in claims else self._about(session, known, claims["sub"])
        except (requests.RequestException, ValueError) as error:
            raise _down(error) from None
        except (AuthlibBaseError, JoseError) as error:
            # What these say may hold what the browser sent.
            logger.warning("An answer of the identity provider was refused: %s", type(error).__name__)
            raise ProviderRefused from None
        email = email_address(str(about.get("email", "")))
        # Entra ID never says email_verified; its xms_edov tells that the domain is the organisation's own.
        if email is None or about.get("email_verified", about.get("xms_edov")) not in _YES:
            raise AddressUnverified
        return Identity(email, self._has_second_factor(claims))

    def _session(self, redirect: str) -> OAuth2Session:
        return OAuth2Session(
            self._client_id,
            self._client_secret or None,
            token_endpoint_auth_method="client_secret_basic" if self._client_secret else "none",
            scope="openid email",
            redirect_uri=redirect,
            code_challenge_method="S256",
            default_timeout=SECONDS,
        )

    def _claims(self, id_token: object, nonce: str) -> dict[str, Any]:
        """What a token of identity says, when all of it holds. Raises JoseError."""
        if not isinstance(id_token, str):
            raise ProviderRefused
        try:
            claims = jwt.decode(id_token, self._fetched().keys, algorithms=ALGORITHMS).claims
        except InvalidKeyIdError:  # the provider has new keys
            claims = jwt.decode(id_token, self._fetched(AGAIN_SECONDS).keys, algorithms=ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._client_id},
            azp={"essential": isinstance(claims.get("aud"), list) and len(claims["aud"]) > 1, "value": self._client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
        return claims

    def _about(self, session: OAuth2Session, known: _Known, subject: str) -> dict[str, Any]:
        """What the provider tells of somebody beside the token. Raises RequestException or ValueError."""
        answer = session.get(known.metadata["userinfo_endpoint"])
        answer.raise_for_status()
        about = answer.json()
        if not isinstance(about, dict) or about.get("sub") != subject:
            raise ProviderRefused
        return about

    def _has_second_factor(self, claims: Mapping[str, Any]) -> bool:
        methods = claims.get("amr")
        said = {claims.get("acr"), *(methods if isinstance(methods, list) else ())}
        return not self._mfa_values.isdisjoint(value for value in said if isinstance(value, str))

    def _fetched(self, fresh_seconds: int = FRESH_SECONDS) -> _Known:
        """The description and keys of the provider, fetched again when they are older. Raises ProviderDown."""
        with self._lock:
            known = self._known
            if known is None or time.monotonic() - known.at >= fresh_seconds:
                try:
                    metadata = self._metadata()
                    keys = KeySet.import_key_set(_get(metadata["jwks_uri"]))
                except (requests.RequestException, JoseError, ValueError, KeyError, TypeError) as error:
                    raise _down(error) from None
                known = self._known = _Known(metadata, keys, time.monotonic())
            return known

    def _metadata(self) -> dict[str, str]:
        """Where the provider can be asked what. Raises RequestException or ValueError."""
        found = _get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        if not isinstance(found, dict) or found.get("issuer") != self._issuer:
            raise ValueError("This is the description of another issuer.")
        if not all(_is_safe(found.get(name)) for name in _ENDPOINTS):
            raise ValueError("An endpoint is missing or is reached without https.")
        return found


def _get(url: str) -> Any:
    answer = requests.get(url, timeout=SECONDS, allow_redirects=False)
    answer.raise_for_status()
    return answer.json()


def _down(error: Exception) -> ProviderDown:
    logger.warning("The identity provider gives no good answer: %s", type(error).__name__)
    return ProviderDown()


def _is_safe(url: object) -> bool:
    """Whether nobody can read along with what goes to an address; on the own machine nobody can anyway."""
    if not isinstance(url, str):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
