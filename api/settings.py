"""Settings, all from the environment; each has a default that works on one machine."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings

from analytics.database import DEFAULT_URL
from analytics.disclosure import Rules
from analytics.menu import PUBLIC, STAFF
from analytics.rounding_secret import DEFAULT_FOLDER
from analytics.thresholds import LOWEST, Thresholds, usable
from api.leads.consent import CONTROLLER
from knowledge.base import DEFAULT_CATALOGUE_FOLDER

_WANTED = {
    "int_parsing": "geef een heel getal",
    "float_parsing": "geef een getal",
    "bool_parsing": "geef true of false",
    "literal_error": "kies uit {expected}",
    "greater_than_equal": "geef minstens {ge}",
    "less_than_equal": "geef hoogstens {le}",
    "value_error": "{error}",
}
_DATABASES = ("sqlite", "postgresql", "postgres")


class BadSettings(SystemExit):
    """A setting cannot be used. Ends the command with its name and the remedy, in Dutch, without its value."""


class Settings(BaseSettings):
    """What an operator can set. Names in the environment are the same in capitals. Raises BadSettings."""

    gateway_host: str = Field("127.0.0.1", description="Address that the gateway listens on.")
    gateway_port: int = Field(8000, description="Port that the gateway listens on.")
    rasa_port: int = Field(5005, description="Port of Rasa, on loopback.")
    rasa_workers: int = Field(1, ge=1, le=32, description="Processes of Rasa, on that port and those after it.")
    actions_port: int = Field(5055, description="Port of the action server, on loopback.")
    parts_secret: str = Field("", repr=False, description="What the three parts know each other by; made at start.")
    database_url: str = Field(DEFAULT_URL, description="SQLite file or PostgreSQL database.")
    turn_seconds: float = Field(10.0, description="How long a turn may take before the client gets a 503.")
    turns_at_once: int = Field(8, ge=1, description="How many turns this gateway takes at the same moment.")
    turns_waiting: int = Field(64, ge=0, description="How many more may wait; beyond that a client gets a 503 at once.")
    limit_turns: int = Field(1200, ge=0, description="Messages a minute from one network; 0 is no limit.")
    limit_starts: int = Field(240, ge=0, description="Conversations, forms and intakes a minute from one network.")
    limit_reads: int = Field(1200, ge=0, description="What one network may look up a minute.")
    limit_site: int = Field(1200, ge=0, description="Conversations, forms or intakes a minute at one site or event.")
    redis_url: str = Field("", repr=False, description="Redis in which gateways share limits: redis://host:6379/0.")
    most_connections: int = Field(1000, ge=1, description="Connections that this gateway holds at the same moment.")
    forwarded_allow_ips: str = Field(
        "127.0.0.1,::1", description="Proxies whose X-Forwarded-For is believed: addresses and networks, with commas."
    )
    rest_site: str = Field("demo", description="Site that conversations over /webhooks/rest belong to.")
    public_url: str = Field("", description="Address of the product for the outside, for links and QR codes.")
    api_contact: str = Field("api@example.nl", description="Mail address for questions about the interface.")
    smtp_url: str = Field("", repr=False, description="Mail server: smtp://name:password@host:587, or smtps://.")
    mail_from: str = Field("portaal@localhost", description="Sender of the mails to staff.")
    mail_folder: Path = Field(Path("var/mail"), description="Where mails are written when SMTP_URL is empty.")
    rounding_secret: str = Field("", repr=False, description="Secret behind the rounding: 64 hexadecimal characters.")
    staff_threshold: int = Field(LOWEST[STAFF], description="From how many records the working group sees a count.")
    public_threshold: int = Field(LOWEST[PUBLIC], description="From how many records everybody sees a count.")
    controller: str = Field(CONTROLLER, description="Who answers for the data of people who ask for contact.")
    lead_keys: str = Field("", repr=False, description="Keys of contact data, newest first, with commas between.")
    lead_index_key: str = Field("", repr=False, description="Key that finds contact data: 64 hexadecimal characters.")
    oidc_issuer: str = Field("", description="Provider by which staff can log in too; empty: by mail only.")
    oidc_client_id: str = Field("", description="What the provider calls this portal.")
    oidc_client_secret: str = Field("", repr=False, description="Secret of the portal at the provider, if it has one.")
    oidc_name: str = Field("je organisatie", description="What the login page calls the provider.")
    oidc_mfa_values: str = Field("mfa", description="Values of acr or amr that show a second factor, with commas.")
    secrets_folder: Path = Field(DEFAULT_FOLDER, description="Where secrets are kept that are made by themselves.")
    reports_folder: Path = Field(Path("var/reports"), description="Where the report is written every eight weeks.")
    catalogue_folder: Path = Field(DEFAULT_CATALOGUE_FOLDER, description="Where is kept what owners changed.")
    erased_folder: Path = Field(
        Path("var/erased"), description="Where is kept, outside the database, the ids of what was erased."
    )
    webhooks_to_loopback: bool = Field(
        False, description="For trying, without PUBLIC_URL: whether webhooks may go to this machine, also by http."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="From where on things are logged."
    )
    security_contact: str = Field("", description="Where weaknesses can be told: mailto:, https://, tel:, with commas.")
    security_expires: date | None = Field(None, description="Day until when that holds, within a year.")
    metrics_public: bool = Field(False, description="Whether /metrics answers others than this machine.")

    @model_validator(mode="wrap")
    @classmethod
    def _told_to_operators(cls, values: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(values)
        except ValidationError as error:
            # Whatever is wrong with a value, it is not repeated: it may be a secret.
            lines = (
                f"{str(fault['loc'][0]).upper()}: "
                + _WANTED.get(fault["type"], "deze waarde is niet te lezen").format(**fault.get("ctx", {}))
                for fault in error.errors()
            )
            raise BadSettings("\n".join(lines)) from None

    @field_validator("database_url")
    @classmethod
    def _database(cls, url: str) -> str:
        if urlsplit(url).scheme.partition("+")[0] not in _DATABASES:
            raise ValueError("schrijf het als postgresql://naam:wachtwoord@server/database of als sqlite:///bestand.db")
        return url

    @field_validator("public_url")
    @classmethod
    def _address(cls, url: str) -> str:
        if url and not (url.lower().startswith(("https://", "http://")) and urlsplit(url).hostname):
            raise ValueError("schrijf het met https:// ervoor, zoals https://hulp.example.nl")
        return url

    @field_validator("staff_threshold")
    @classmethod
    def _for_staff(cls, records: int) -> int:
        return usable(STAFF, records)

    @field_validator("public_threshold")
    @classmethod
    def _for_everybody(cls, records: int, found: ValidationInfo) -> int:
        return usable(PUBLIC, records, found.data.get("staff_threshold", 0))

    @property
    def thresholds(self) -> Thresholds:
        """What new figures are made with."""
        return Thresholds(Rules(self.staff_threshold), Rules(self.public_threshold))

    @property
    def rasa_ports(self) -> range:
        """The port of each process of Rasa."""
        return range(self.rasa_port, self.rasa_port + self.rasa_workers)


@lru_cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
