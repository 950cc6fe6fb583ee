"""Numbers that the handbooks tell are those of the code: how long, how many, how large."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.disclosure import BASE, FOR_STAFF
from api.conversations import repository as conversations
from api.events import service as events
from api.imports import cells, service, table
from api.imports.repository import STAGED_SECONDS
from api.leads import consent
from api.leads.deadlines import ALTERNATIVE_AFTER, ESCALATE_AFTER, REMIND_AFTER
from api.leads.endings import KEEP_CLOSED_SECONDS
from api.leads.handover import LONGEST_SECONDS
from api.leads.progress import REOPEN_SECONDS
from api.leads.service import CONFIRM_SECONDS
from api.owners.service import HOLDS, SILENCE
from api.portal import keeping, repository
from api.portal import service as portal
from api.questionnaires import periods
from knowledge.base import load
from knowledge.catalogue import OUTDATED_AFTER_MONTHS
from knowledge.following import LOOK_SECONDS
from tests.docs.documents import DUTCH, ROOT, name, prose

MINUTE, HOUR = 60, 60 * 60
DAY, YEAR = 24 * HOUR, 365 * 24 * HOUR
WORDS = {
    **{1: "een", 2: "twee", 3: "drie", 4: "vier", 5: "vijf", 6: "zes", 7: "zeven", 8: "acht", 9: "negen", 10: "tien"},
    **{11: "elf", 12: "twaalf", 30: "dertig"},
}
ENGLISH = {1: "an", 3: "three", 5: "five", 10: "ten"}
HANDBOOK = ROOT / "docs/handboek"
TABLET = ROOT / "api/tablet/source/app"
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
)


def of_tablet(file: str, constant: str) -> int:
    """A constant of the tablet's script, which multiplies whole numbers."""
    (found,) = re.findall(rf"^const {constant} = ([0-9_ *]+);", (TABLET / file).read_text(encoding="utf-8"), re.M)
    product = 1
    for factor in found.split("*"):
        product *= int(factor)
    return product


def day(month_and_day: tuple[int, int]) -> str:
    return f"{month_and_day[1]} {(*MONTHS, 'december')[month_and_day[0] - 1]}"


INTAKE = load().intake
SHARED, WARNING = of_tablet("app.ts", "SHARED_SECONDS"), of_tablet("idle.ts", "WARNING_SECONDS")
LINK = WORDS[repository.LINK_SECONDS // MINUTE]
IDLE = {HOUR // 2: "een half uur"}[repository.IDLE_SECONDS]
LONGEST = repository.LONGEST_SECONDS // HOUR
HALF_YEAR = {26: "half jaar"}[HOLDS.days // 7]
CONTACT_MINUTES = WORDS[of_tablet("contact-sender.ts", "SHARED_MS") // (MINUTE * 1000)]
LATE = WORDS[events.LATE_DAYS]
TOLD: dict[Path, tuple[str, ...]] = {
    HANDBOOK / "eigenaren.md": (
        f"binnen {LINK} minuten, en druk op **Log in**",
        f"Na {IDLE} zonder iets te doen ben je uitgelogd, en na {LONGEST} uur altijd",
        f"Dat kan {WORDS[REOPEN_SECONDS // (7 * DAY)]} week lang terug",
        f"{KEEP_CLOSED_SECONDS // DAY} dagen na het afsluiten, en hoe dan ook "
        f"{WORDS[LONGEST_SECONDS // YEAR]} jaar na de aanvraag",
        f"dan staan ze er nog {KEEP_CLOSED_SECONDS // DAY} dagen",
        f"| {REMIND_AFTER} | jij en andere eigenaren krijgen een herinnering |",
        f"| {ESCALATE_AFTER} | de coördinatoren krijgen een mail |",
        f"| {ALTERNATIVE_AFTER} | de ondernemer krijgt een mail met een andere weg |",
        f"Elk {HALF_YEAR} ({HOLDS.days // 7} weken) krijg je een mail",
        f"Antwoordt niemand binnen {SILENCE.days} dagen na de mail",
        f"Is het laatste teken ouder dan {WORDS[OUTDATED_AFTER_MONTHS]} maanden",
        f"Op {day(periods._ASKED_FROM)} krijg je een mail",
        f"tot en met {day(periods._LAST_DAY)}",
    ),
    HANDBOOK / "evenementen.md": (
        f"tot en met {WORDS[events.WORKS_DAYS // 7]} weken na het evenement",
        f"mag nog {LATE} dagen later binnenkomen",
        f"Dat geldt {events.STAFF_SECONDS // HOUR} uur, ook zonder internet",
        f"na ruim {({90: 'anderhalve'})[(SHARED - WARNING) // 30 * 30]} minuut of hij er nog is",
        f"Na {WORDS[SHARED // MINUTE]} minuten is het scherm leeg",
        f"blijft de uitslag {({1800: 'een half uur'})[of_tablet('app.ts', 'OWN_SECONDS')]} staan",
        f"Druk binnen {WORDS[CONFIRM_SECONDS // DAY]} dagen op de link in die mail",
        f"op een willekeurig moment, binnen {CONTACT_MINUTES} minuten",
        f"gaat de vraag binnen {WORDS[-(-of_tablet('contact-sender.ts', 'OWN_MS') // (MINUTE * 1000))]} minuut weg",
        f"en na {WORDS[SHARED // MINUTE]} minuten stilte",
        f"De vraag gaat binnen {CONTACT_MINUTES} minuten weg",
        f"dan duurt dat {WORDS[of_tablet('contact-sender.ts', 'SETTLING_MS') // (MINUTE * 1000)]} minuut, "
        f"of na een vraag van net hoogstens {CONTACT_MINUTES}",
        f"Dat kan tot {LATE} dagen na de laatste dag van de code",
        f"niet ouder dan {WORDS[cells.OLDEST.days * DAY // YEAR]} jaar",
        f"tot {service.LATE_DAYS} dagen na de laatste dag van de code",
        f"hoogstens {table.LARGEST_FILE // 2**20} MB en {table.MOST_ROWS // 1000}.000 rijen",
        f"{WORDS[STAGED_SECONDS // HOUR]} uur lang de antwoorden als codes",
        f"Bij minder dan {FOR_STAFF.threshold} staat er geen aantal",
        f"zijn afgerond op {WORDS[BASE]}tallen",
        f"Een aantal onder de {FOR_STAFF.threshold} laten we niet zien",
        f"Dan gebeurt het vanzelf, {service.LATE_DAYS} dagen na de laatste dag van de code",
    ),
    HANDBOOK / "inhoud.md": (f"het telt binnen {WORDS[round(LOOK_SECONDS) + 1]} seconden",),
    HANDBOOK / "ondernemers.md": (
        f"Je krijgt {WORDS[len(INTAKE.vragen) - len(INTAKE.further)]} korte vragen",
        f"Kies **Nog {WORDS[len(INTAKE.further)]} vragen**",
        f"Je keuzes zijn na {conversations.KEEP_SECONDS // HOUR} uur weg",
    ),
    HANDBOOK / "werkgroep.md": (
        f"binnen {LINK} minuten, en druk op **Log in**",
        f"Je kunt per uur {WORDS[portal.LINKS_PER_PERSON]} links vragen",
        f"Na {IDLE} zonder iets te doen ben je uitgelogd, en na {LONGEST} uur altijd",
        f"of blijven {keeping.KEEP_SECONDS // DAY} dagen staan als er nog iets naar verwijst",
        f"Een eigenaar zegt elk {HALF_YEAR} of de gegevens",
        f"is van dit moment, vanaf {FOR_STAFF.threshold} gesprekken",
    ),
    ROOT / "README.md": (
        f"at most {conversations.KEEP_SECONDS // HOUR} hours after its last message",
        f"**For {ENGLISH[STAGED_SECONDS // HOUR]} hour:** a spreadsheet",
        f"until {KEEP_CLOSED_SECONDS // DAY} days after it is closed and {12 * LONGEST_SECONDS // YEAR} months at most",
        f"for {ENGLISH[consent.KEEP_SECONDS // YEAR]} years that there was consent",
        f"or for {keeping.KEEP_SECONDS // DAY} days name and address",
    ),
    ROOT / "docs/operations/portal.md": (
        f"A mail address may ask for {ENGLISH[portal.LINKS_PER_PERSON]} links an hour, "
        f"and a network for {portal.LINKS_PER_NETWORK}",
        f"A link works {ENGLISH[repository.LINK_SECONDS // MINUTE]} minutes",
    ),
}
# What the code does not decide: paper, the calendar, how often something is said or tried, and what was measured.
OTHERS = (
    "Daarna vraagt het portaal er bij elke keer inloggen één keer om",
    "5 mei eens in de vijf jaar",
    "Je haalt de bestanden één keer op",
    "Je ziet een sleutel één keer",
    "Je ziet hem maar een keer",
    "De QR-code is ruim 8 cm, dus scannen lukt van een meter afstand",
    "Op één vel staan twee kaarten",
    "Stevig papier (160 gram of meer)",
    "dan heb je vier kaarten",
    "Twee bladzijden",
    "De intake telt nog steeds één keer",
    "dit evenement een keer met internet heeft geopend",
    "Zet elk apparaat nog een keer aan",
    'Druk op de knop "Lees 12 rijen in"',
    "telt niet nog een keer",
    "De cijfers worden één keer gemaakt",
    "dat traint eerst, een minuut",
    "Het is gratis en duurt ongeveer drie minuten",
    "De link werkt één keer",
    "De ondernemers horen het één keer",
    "Kies een maand waarvan er cijfers zijn",
    "De rest wordt één keer per maand gemaakt",
    "Twee bedrijven met precies dezelfde antwoorden",
    # docs/figures-safety.md tells how this was measured
    "Bij minder dan 15 bedrijven zie je meestal alleen het totaal",
    "Vanaf 30 bedrijven zie je bijna alles",
)
_NUMBER = r"(?:\d[\d.,]*|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertig|anderhalve|half)"
_OF = (
    "seconden|minuut|minuten|uur|dag|dagen|werkdagen|week|weken|maand|maanden|jaar|keer|kaarten|bladzijden|gram|cm|meter"
    "|MB|rijen|bedrijven|gesprekken|links|vragen"
)
NUMBERS = re.compile(rf"\b{_NUMBER} (?:korte )?(?:{_OF})\b", re.I)


def line(path: Path) -> str:
    return " ".join(prose(path).split())


def unexplained(text: str, known: tuple[str, ...]) -> Iterator[str]:
    """Numbers of something in a text that are in none of the known phrases."""
    spans = [found.span() for phrase in known for found in re.finditer(re.escape(phrase), text)]
    for found in NUMBERS.finditer(text):
        if not any(start <= found.start() and found.end() <= end for start, end in spans):
            yield text[max(0, found.start() - 40) : found.end() + 20]


@pytest.mark.parametrize(("path", "told"), [(path, told) for path, all_told in TOLD.items() for told in all_told])
def test_number_of_a_document_is_that_of_the_code(path: Path, told: str) -> None:
    assert told in line(path), name(path)


@pytest.mark.parametrize("path", DUTCH, ids=name)
def test_every_number_of_a_handbook_is_laid_beside_the_code_or_is_not_of_it(path: Path) -> None:
    assert list(unexplained(line(path), TOLD.get(path, ()) + OTHERS)) == []


def test_number_that_nobody_explained_is_found() -> None:
    assert list(unexplained("Dat kan 31 dagen lang. Twee weken ook.", ("Dat kan 30 dagen", "Twee weken"))) == [
        "Dat kan 31 dagen lang. Twee weken oo"
    ]


def test_every_phrase_that_is_not_of_the_code_stands_somewhere() -> None:
    everything = " ".join(map(line, DUTCH))
    assert [phrase for phrase in OTHERS if phrase not in everything] == []
