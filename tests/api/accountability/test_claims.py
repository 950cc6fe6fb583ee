"""What the documents claim of secrets, readers, copies and devices, each beside what decides it."""

import ast
import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from analytics.database import Base, open_database
from api.accountability.facts import DEVICE_DAYS, Installation
from api.accountability.inventory import columns, names, processings, secrets
from api.administration.retention import duration
from api.app import create_app
from api.backup.contents import EXAMPLE_DAYS, KEPT_SHORT, OF_THE_MOMENT, SHORT_DAYS
from api.events.service import LATE_DAYS
from api.leads import consent, tombstones
from api.leads.endings import KEEP_CLOSED_SECONDS
from api.portal.dependencies import second_factor
from api.settings import Settings
from api.webhooks.pages import router as connections
from knowledge.base import Knowledge
from tests.api.accountability.installation import plain, text, written

assert create_app  # brings every table along

COPIES = Path("docs/operations/copies.md")
_SECRET = re.compile(r"_hash$|secret|nonce|verifier|challenge|salt|wrapped|token")
# Called so, and no secret: it stands for an address or a network, by which nobody gets in.
NO_SECRETS = {("attempt", "subject_hash")}


def test_every_column_that_is_called_after_a_secret_says_how_it_is_stored() -> None:
    told = {
        (table, name)
        for processing in processings()
        for table, held in processing.tabellen.items()
        for name, column in held.kolommen.items()
        if column.geheim
    }
    called = {(table, name) for table, found in columns().items() for name in found if _SECRET.search(name)}
    assert called - told == NO_SECRETS


def test_only_what_is_called_a_hash_is_told_to_be_one() -> None:
    for table, held, column in secrets()["hash"]:
        assert column.wat.startswith(("Hash van", "Van welke browser")), (table, held.naam)
    for table, _, column in secrets()["versleuteld"]:
        name = next(name for name, one in by_table(table).items() if one is column)
        assert Base.metadata.tables[table].c[name].type.python_type is bytes


def by_table(table: str) -> dict[str, object]:
    return next(
        dict(processing.tabellen[table].kolommen) for processing in processings() if table in processing.tabellen
    )


def test_register_tells_of_each_secret_how_it_is_stored(knowledge: Knowledge) -> None:
    page = text(written(knowledge), "verwerkingsregister").partition("Beveiliging")[2].lower()
    hashed, rest = page.partition("staan er versleuteld")[::2]
    sealed, readable = rest.partition("leesbaar staan er")[::2]
    for way, part in (("hash", hashed), ("versleuteld", sealed), ("leesbaar", readable)):
        for _, held, column in secrets()[way]:  # type: ignore[index]
            assert held.naam.lower() in part
            if way != "hash":
                assert column.wat.rstrip(".").lower() in part


def readers() -> set[str]:
    """The files in which contact data is opened, by whatever calls the desk for it."""
    found = set()
    for path in Path("api").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                of = node.func.value
                desk = isinstance(of, ast.Attribute) and of.attr.strip("_") == "desk"
                if desk and node.func.attr in ("open", "take_away"):
                    found.add(str(path))
    return found


def test_both_ways_to_read_contact_data_are_told_and_there_is_no_third(knowledge: Knowledge) -> None:
    assert readers() == {"api/leads/desk_pages.py", "api/webhooks/service.py"}
    makers = [route for route in connections.routes if isinstance(route, APIRoute)]
    assert makers
    for route in makers:  # behind these a token is made
        assert second_factor in {found.call for found in route.dependant.dependencies}, route.path
    for name in ("verwerkingsregister", "dpia", "privacy"):
        page = text(written(knowledge), name)
        assert "met eigen software" in page, name
    assert "In het portaal, met een passkey of een tweede bewijs" in text(written(knowledge), "verwerkingsregister")


@pytest.mark.parametrize("name", ["privacy", "bewaartermijnen", "verwerkingsregister", "dpia"])
def test_requests_that_wait_on_devices_are_told_until_when(knowledge: Knowledge, name: str) -> None:
    assert f"tot {LATE_DAYS} dagen na de laatste dag van de code" in text(written(knowledge), name)


def test_device_forgets_when_it_is_told_to() -> None:
    source = Path("api/tablet/source/app/contacts.ts").read_text()
    assert f"LONGEST_MS = {DEVICE_DAYS} * 24 * 60 * 60 * 1000;" in source


def test_days_of_copies_are_those_that_operators_read(knowledge: Knowledge) -> None:
    guide = COPIES.read_text()
    # find counts whole days and takes what is older than the number, so that it is one less than what is kept.
    assert f"-name 'dag-*' -mtime +{EXAMPLE_DAYS - 1} " in guide
    assert f"{SHORT_DAYS} days at most" in guide
    for name in ("privacy", "bewaartermijnen", "dpia"):
        assert f"{EXAMPLE_DAYS} dagen" in text(written(knowledge), name), name


def test_what_is_in_which_copy_is_what_the_copying_leaves_out(knowledge: Knowledge) -> None:
    page = text(written(knowledge), "bewaartermijnen")
    assert ", ".join(names(KEPT_SHORT)) in page
    assert f"Er staat niets in van: {', '.join(names(KEPT_SHORT + OF_THE_MOMENT))}." in page


def test_what_is_erased_again_is_what_the_restoring_knows_of(knowledge: Knowledge) -> None:
    assert tombstones.ERASED_AGAIN == ("lead", "webhook", "api_token")
    again = ", ".join(names(tombstones.ERASED_AGAIN))
    assert f"wat intussen is gewist van: {again}." in text(written(knowledge), "bewaartermijnen")
    assert again.lower() in text(written(knowledge), "dpia").lower()
    assert "Een gesprek dat je zelf hebt gewist, kan terugkomen." in text(written(knowledge), "privacy")


@pytest.mark.parametrize(
    ("url", "overwrites"),
    [("sqlite:///var/x.db", True), ("postgresql://x:y@db/x", False), ("postgres://x:y@db/x", False)],
)
def test_overwriting_is_claimed_of_the_database_that_does_it(
    knowledge: Knowledge, url: str, *, overwrites: bool
) -> None:
    assert Installation.of(Settings(database_url=url)).overwrites is overwrites
    page = text(written(knowledge, overwrites=overwrites), "bewaartermijnen")
    assert ("overschreven" in page) is overwrites
    assert ("vacuum" in page) is not overwrites
    if overwrites:
        with open_database("sqlite://").connect() as connection:
            assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1


def test_privacy_tells_all_that_stays_of_a_conversation(knowledge: Knowledge) -> None:
    page = text(written(knowledge), "privacy").partition("Daarna")[2].partition("Als je om contact vraagt")[0]
    found = {table: held for processing in processings() for table, held in processing.tabellen.items()}
    for table in ("referral", "referred_initiative", "stopped"):
        assert set(found[table].kolommen) == {column.name for column in Base.metadata.tables[table].columns}
        for column in found[table].kolommen.values():
            assert plain(column.wat) in page
    assert "back-ups of wachtwoorden" in page


@pytest.mark.parametrize(
    ("more", "name", "said", "unsaid"),
    [
        ({"mail_server": False}, "dpia", "geen diensten van derden ingesteld", "Mails gaan via"),
        ({"mail_server": True}, "dpia", "Mails gaan via een mailserver", "geen diensten van derden"),
        (
            {"mail_server": False, "identity_provider": "Login"},
            "dpia",
            "inloggen met Login",
            "geen diensten van derden",
        ),
        ({"mail_server": True}, "privacy", "Die ziet je mailadres en wat er in de mail staat.", "nietsnut"),
        ({"mail_server": False}, "privacy", "Kopieën", "mailserver"),
        ({"identity_provider": "Login"}, "privacy", "Die ziet dan dat je inlogt.", "nietsnut"),
    ],
)
def test_services_of_others_are_told_where_they_are_set(
    knowledge: Knowledge, more: dict[str, object], *, name: str, said: str, unsaid: str
) -> None:
    page = text(written(knowledge, **more), name)
    assert said in page
    assert unsaid not in page


def test_privacy_names_every_right_and_the_ground_and_source_of_accounts(knowledge: Knowledge) -> None:
    page = text(written(knowledge), "privacy")
    rights = page.partition("Wat je kunt vragen")[2]
    for said in ("welke gegevens", "verbeteren", "wissen", "bezwaar", "meenemen", "beperken", "intrekken", "klacht"):
        assert said in rights, said
    portal = page.partition("Als je in het portaal werkt")[2].partition("Nooit")[0]
    (ground,) = (one.grondslag for one in processings() if one.id == "portaal")
    assert ground[1:] in portal
    assert "krijgen we van wie je uitnodigt" in portal


def test_who_gave_no_mail_address_is_told_how_to_withdraw_everywhere_it_is_promised(knowledge: Knowledge) -> None:
    tablet = Path("api/tablet/source/app/asking.ts").read_text()
    assert "own && fate.withdraw" in tablet  # a link is shown on one's own device only
    agreed = consent.notice(knowledge.catalogue[0]).text
    pages = [text(written(knowledge), name) for name in ("privacy", "dpia")]
    for said in (agreed, *pages):
        assert "alleen een telefoonnummer" in said
        assert "tablet van een evenement" in said
        assert "wie mij belt" in said or "wie belt" in said or "wie je belt" in said
    assert f"{duration(KEEP_CLOSED_SECONDS)} nadat het contact klaar is" in agreed
