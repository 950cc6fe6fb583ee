"""Who may use which address of the portal: the list that test_portal_roles.py holds the product to.

Whoever adds an address adds a line here. What an owner sees of the leads of other owners is tested beside its pages.
"""

from typing import NamedTuple

EVENT_STAFF, OWNER, WORKING_GROUP, COORDINATOR = ROLES = ("evenement", "eigenaar", "werkgroep", "coordinator")
PARTS = ("/portaal", "/v1/aanvragen")  # where the list is complete


class Access(NamedTuple):
    """Which roles get in.

    `open`: everybody does, also without a login. `token`: an owner's software does, and no browser.
    """

    roles: tuple[str, ...] = ()
    second_factor: bool = False
    open: bool = False
    token: bool = False


VISITORS = Access(ROLES, open=True)
EVERYBODY = Access(ROLES)
ORGANISERS = Access((EVENT_STAFF, WORKING_GROUP, COORDINATOR))
READERS = Access((WORKING_GROUP, COORDINATOR))
COORDINATORS = Access((COORDINATOR,))
OWNERS = Access((OWNER,))
CONFIRMED_OWNERS = Access((OWNER,), second_factor=True)
SOFTWARE = Access(token=True)

TABLE = {
    "GET /portaal": EVERYBODY,
    "GET /portaal/portaal.css": VISITORS,
    "GET /portaal/inloggen": VISITORS,
    "POST /portaal/inloggen": VISITORS,
    "GET /portaal/inloggen/verstuurd": VISITORS,
    "GET /portaal/inloggen/link": VISITORS,
    "POST /portaal/inloggen/link": VISITORS,
    "GET /portaal/inloggen/organisatie": VISITORS,
    "GET /portaal/inloggen/organisatie/terug": VISITORS,
    "POST /portaal/uitloggen": EVERYBODY,
    "GET /portaal/passkey": EVERYBODY,
    "GET /portaal/passkey.js": VISITORS,
    "POST /portaal/passkey/nieuw": EVERYBODY,
    "POST /portaal/passkey/bevestigen": EVERYBODY,
    "POST /portaal/passkey/verwijderen": EVERYBODY,
    "GET /portaal/mensen": COORDINATORS,
    "POST /portaal/mensen": COORDINATORS,
    "POST /portaal/mensen/intrekken": COORDINATORS,
    "POST /portaal/mensen/passkeys": COORDINATORS,
    # Owners: their leads, their software, and what is shown of them.
    "GET /portaal/aanvragen": OWNERS,
    "GET /portaal/aanvragen.csv": CONFIRMED_OWNERS,
    "GET /portaal/aanvragen/{lead}": CONFIRMED_OWNERS,
    "GET /portaal/aanvragen/{lead}/aanvraag.csv": CONFIRMED_OWNERS,
    "GET /portaal/aanvragen/{lead}/kaart.vcf": CONFIRMED_OWNERS,
    "GET /portaal/aanvragen/{lead}/stap/{status}": OWNERS,
    "POST /portaal/aanvragen/{lead}/stap/{status}": OWNERS,
    "GET /v1/aanvragen/{aanvraagId}": SOFTWARE,
    "GET /portaal/koppelingen": CONFIRMED_OWNERS,
    "POST /portaal/koppelingen/adressen": CONFIRMED_OWNERS,
    "POST /portaal/koppelingen/adressen/{webhook}/geheim": CONFIRMED_OWNERS,
    "POST /portaal/koppelingen/adressen/{webhook}/{wat}": CONFIRMED_OWNERS,
    "POST /portaal/koppelingen/sleutels": CONFIRMED_OWNERS,
    "POST /portaal/koppelingen/sleutels/{sleutel}/intrekken": CONFIRMED_OWNERS,
    "GET /portaal/initiatieven": OWNERS,
    "GET /portaal/initiatieven/{initiatief}": OWNERS,
    "POST /portaal/initiatieven/{initiatief}/bevestigen": OWNERS,
    "GET /portaal/initiatieven/{initiatief}/wijzigen": OWNERS,
    "POST /portaal/initiatieven/{initiatief}/wijzigen": OWNERS,
    "GET /portaal/initiatieven/{initiatief}/vragenlijst/{jaar}": OWNERS,
    "POST /portaal/initiatieven/{initiatief}/vragenlijst/{jaar}": OWNERS,
    "GET /portaal/initiatieven/{initiatief}/vragenlijst/{jaar}/deelnemers": OWNERS,
    "POST /portaal/initiatieven/{initiatief}/vragenlijst/{jaar}/deelnemers": OWNERS,
    "POST /portaal/initiatieven/{initiatief}/vragenlijst/{jaar}/deelnemers/weg": OWNERS,
    "GET /portaal/initiatieven/{initiatief}/vragenlijst/{jaar}/deelnemers/sjabloon.{soort}": OWNERS,
    "POST /portaal/initiatieven/{initiatief}/vragenlijst/{jaar}/deelnemers/bestand": OWNERS,
    "GET /portaal/initiatieven/{initiatief}/vragenlijst/{jaar}/deelnemers/{deelnemer}": OWNERS,
    "POST /portaal/initiatieven/{initiatief}/vragenlijst/{jaar}/deelnemers/{deelnemer}": OWNERS,
    # Coordinators: how things stand, what everybody shows, and the mails of a demonstration.
    "GET /portaal/beheer": COORDINATORS,
    "GET /portaal/beheer/aanvragen": COORDINATORS,
    "GET /portaal/beheer/bewaren": COORDINATORS,
    "GET /portaal/beheer/logboek": COORDINATORS,
    "POST /portaal/beheer/logboek": COORDINATORS,
    "GET /portaal/beheer/sites": COORDINATORS,
    "GET /portaal/beheer/taken": COORDINATORS,
    "POST /portaal/beheer/taken/{item}/opnieuw": COORDINATORS,
    "GET /portaal/beheer/uitgaven": COORDINATORS,
    "POST /portaal/beheer/uitgaven": COORDINATORS,
    "GET /portaal/beheer/initiatieven": COORDINATORS,
    "GET /portaal/beheer/initiatieven/{initiatief}": COORDINATORS,
    "POST /portaal/beheer/initiatieven/{initiatief}/voorstellen/{voorstel}": COORDINATORS,
    "GET /portaal/beheer/initiatieven/{initiatief}/wijzigen": COORDINATORS,
    "POST /portaal/beheer/initiatieven/{initiatief}/wijzigen": COORDINATORS,
    "GET /portaal/mail": COORDINATORS,
    "GET /portaal/mail/mail.css": COORDINATORS,
    "GET /portaal/mail/sjablonen/{sjabloon}": COORDINATORS,
    "GET /portaal/mail/sjablonen/{sjabloon}/html": COORDINATORS,
    "GET /portaal/mail/map/{naam}": COORDINATORS,
    "GET /portaal/mail/map/{naam}/html": COORDINATORS,
    # Events.
    "GET /portaal/evenementen": ORGANISERS,
    "POST /portaal/evenementen": ORGANISERS,
    "GET /portaal/evenementen/nieuw": ORGANISERS,
    "GET /portaal/evenementen/{code}": ORGANISERS,
    "POST /portaal/evenementen/{code}/sleutel": ORGANISERS,
    "GET /portaal/evenementen/{code}/druk/{what}.{form}": ORGANISERS,
    "GET /portaal/evenementen/{code}/samenvatting": ORGANISERS,
    "POST /portaal/evenementen/{code}/samenvatting": ORGANISERS,
    "GET /portaal/evenementen/{code}/samenvatting.pdf": ORGANISERS,
    "GET /portaal/evenementen/{code}/inlezen": ORGANISERS,
    "POST /portaal/evenementen/{code}/inlezen": ORGANISERS,
    "GET /portaal/evenementen/{code}/inlezen/sjabloon.{form}": ORGANISERS,
    "GET /portaal/evenementen/{code}/inlezen/{token}": ORGANISERS,
    "POST /portaal/evenementen/{code}/inlezen/{token}": ORGANISERS,
    "GET /portaal/evenementen/{code}/inlezen/{token}/verslag.csv": ORGANISERS,
    # Yearly questions.
    "GET /portaal/vragenlijsten": READERS,
    "GET /portaal/vragenlijsten/{jaar}/vragenlijsten.xlsx": COORDINATORS,
    "GET /portaal/vragenlijsten/{jaar}/{tabel}.csv": COORDINATORS,
    "GET /portaal/vragenlijsten/{jaar}/{initiatief}": READERS,
    # Figures.
    "GET /portaal/cijfers": READERS,
    "GET /portaal/cijfers/bereik": READERS,
    "GET /portaal/cijfers/gaten": READERS,
    "GET /portaal/cijfers/uitkomsten": READERS,
    "GET /portaal/cijfers/uitleg": READERS,
    "GET /portaal/cijfers/dashboard.css": VISITORS,
    "GET /portaal/cijfers/rapport": READERS,
    "GET /portaal/cijfers/rapport/{maand}.{form}": READERS,
    "GET /portaal/cijfers/rapport/bewaard/{name}": READERS,
}
