"""Making a passkey, confirming a login with one, and taking passkeys back."""

import logging
import time
from dataclasses import dataclass

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from api.mail import Mailer
from api.passkeys.errors import (
    LastPasskey,
    PasskeyExists,
    PasskeyNameMissing,
    PasskeyRefused,
    PasskeyTooLate,
    TooManyPasskeys,
)
from api.passkeys.mails import added_mail, removed_mail, taken_back_mail
from api.passkeys.relying_party import RelyingParty
from api.passkeys.repository import CHALLENGE_SECONDS, Key, PasskeyRepository, StepUp
from api.portal.repository import Person
from api.portal.tokens import new_token

logger = logging.getLogger("assistent")

NAME_OF_SERVICE = "Portaal digitale hulp"
LONGEST_NAME = 60
MOST_KEYS = 10
LONGEST_ANSWER = 20_000  # characters of JSON; a device sends about a thousand
_MADE_UP = (
    WebAuthnException,
    ValueError,
    TypeError,
    KeyError,
    RecursionError,
)  # what the library raises on an answer that is none
_VERIFIED = UserVerificationRequirement.REQUIRED  # a fingerprint, face or pin, so that the device alone is not enough


@dataclass(frozen=True)
class Login:
    """Somebody who is logged in: who, in which session, confirmed or not, and at which address."""

    account: str
    name: str
    email: str
    confirmed: bool
    session: str
    party: RelyingParty


class Passkeys:
    """The passkeys of everybody. What is wrong is raised as PasskeyFault."""

    def __init__(self, repository: PasskeyRepository, mailer: Mailer) -> None:
        """Take where they are kept and who sends mail."""
        self._repository = repository
        self._mailer = mailer

    def keys_of(self, account: str) -> list[Key]:
        """The passkeys of an account, the oldest first."""
        return self._repository.keys_of(account)

    def holders(self) -> frozenset[str]:
        """The accounts that have a passkey."""
        return self._repository.holders()

    def creation_options(self, login: Login) -> str:
        """What a browser needs to make a new passkey, as JSON."""
        options = generate_registration_options(
            rp_id=login.party.id,
            rp_name=NAME_OF_SERVICE,
            user_id=login.account.encode(),
            user_name=login.email,
            user_display_name=login.name,
            timeout=CHALLENGE_SECONDS * 1000,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED, user_verification=_VERIFIED
            ),
            exclude_credentials=self._descriptors(login.account),
        )
        self._repository.set_challenge(login.session, "nieuw", options.challenge, int(time.time()))
        return options_to_json(options)

    def request_options(self, login: Login) -> str:
        """What a browser needs to confirm a login with a passkey, as JSON."""
        options = generate_authentication_options(
            rp_id=login.party.id,
            timeout=CHALLENGE_SECONDS * 1000,
            allow_credentials=self._descriptors(login.account),
            user_verification=_VERIFIED,
        )
        self._repository.set_challenge(login.session, "bevestigen", options.challenge, int(time.time()))
        return options_to_json(options)

    def _descriptors(self, account: str) -> list[PublicKeyCredentialDescriptor]:
        keys = self._repository.keys_of(account)
        return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential)) for key in keys]

    def add(self, login: Login, answer: str, typed_name: str) -> str:
        """Keep a passkey that a browser made, and give the token of the session that is confirmed with it.

        The first one may be made after a mailed link alone; every next one asks for a confirmed login.
        """
        now, name = int(time.time()), " ".join(typed_name.split())
        if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
            raise PasskeyNameMissing(LONGEST_NAME)
        keys = self._repository.keys_of(login.account)
        if keys and not login.confirmed:
            raise PasskeyExists
        if len(keys) >= MOST_KEYS:
            raise TooManyPasskeys(MOST_KEYS)
        challenge = self._repository.take_challenge(login.session, "nieuw", now)
        if challenge is None:
            raise PasskeyTooLate
        try:
            made = verify_registration_response(
                credential=parse_registration_credential_json(answer[:LONGEST_ANSWER]),
                expected_challenge=challenge,
                expected_rp_id=login.party.id,
                expected_origin=login.party.origin,
                require_user_verification=True,
            )
        except _MADE_UP:
            raise PasskeyRefused from None
        credential = bytes_to_base64url(made.credential_id)
        key = Key(credential, made.credential_public_key, made.sign_count, name, made_at=now, last_used_at=None)
        step = StepUp(login.session, new_token(), now)
        if not self._repository.add(login.account, key, step, first=not login.confirmed):
            raise PasskeyRefused
        return step.new_session

    def confirm(self, login: Login, answer: str) -> str:
        """Confirm a login with what a device signed, and give the token of the session that takes the place."""
        now = int(time.time())
        challenge = self._repository.take_challenge(login.session, "bevestigen", now)
        if challenge is None:
            raise PasskeyTooLate
        try:
            credential = parse_authentication_credential_json(answer[:LONGEST_ANSWER])
            identifier = bytes_to_base64url(credential.raw_id)
            key = next((key for key in self._repository.keys_of(login.account) if key.credential == identifier), None)
            if key is None:
                raise PasskeyRefused
            signed = verify_authentication_response(
                credential=credential,
                expected_challenge=challenge,
                expected_rp_id=login.party.id,
                expected_origin=login.party.origin,
                credential_public_key=key.public_key,
                credential_current_sign_count=0,  # the repository compares it, in one statement with the change
                require_user_verification=True,
            )
        except _MADE_UP:
            raise PasskeyRefused from None
        step = StepUp(login.session, new_token(), now)
        if not self._repository.use(login.account, identifier, signed.new_sign_count, step):
            logger.warning("A passkey of account %s was refused: its count does not go up.", login.account)
            raise PasskeyRefused
        return step.new_session

    def remove(self, login: Login, credential: str) -> str:
        """Delete a passkey that is not the last one, end the sessions elsewhere, and give its name."""
        name = self._repository.remove(login.account, credential, login.session)
        if name is None:
            raise LastPasskey
        return name

    def take_back(self, person: Person) -> bool:
        """Delete all passkeys of somebody and log that person out everywhere. False when there was none."""
        return self._repository.remove_all(person.id) > 0

    def tell_of_new(self, login: Login, name: str, address: str) -> None:
        """Mail somebody that a passkey was added."""
        self._mailer.post(lambda: added_mail(login.name, login.email, " ".join(name.split()), address))

    def tell_of_removal(self, login: Login, name: str, address: str) -> None:
        """Mail somebody that a passkey was removed."""
        self._mailer.post(lambda: removed_mail(login.name, login.email, name, address))

    def tell_of_taking_back(self, person: Person, address: str) -> None:
        """Mail somebody that the coordinator took the passkeys back."""
        self._mailer.post(lambda: taken_back_mail(person, address))
