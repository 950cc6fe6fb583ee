"""What owners and coordinators read of leads."""

from datetime import datetime

from api.leads.consent import PURPOSE
from api.leads.statuses import (
    CONTACT,
    EXPIRED,
    FINISHED,
    NO_ANSWER,
    NO_ROOM,
    STARTED,
    TAKEN_UP,
    UNFIT,
    WITHDRAWN,
)
from api.leads.working_days import TIME_ZONE
from knowledge.texts import Texts

ACTIONS = {
    TAKEN_UP: "Ik pak dit op",
    CONTACT: "Er was contact",
    STARTED: "We zijn gestart",
    FINISHED: "Rond af",
    UNFIT: "Het past niet",
    NO_ANSWER: "Ik krijg geen gehoor",
    NO_ROOM: "We hebben geen plek",
}
REOPEN = "Open de aanvraag opnieuw"
DONE = {
    TAKEN_UP: "De aanvraag staat op opgepakt.",
    CONTACT: "Genoteerd: er was contact.",
    STARTED: "Genoteerd: jullie zijn gestart.",
    FINISHED: "De aanvraag is afgerond. Bedankt voor het doorgeven.",
    UNFIT: "De aanvraag is afgesloten: het past niet.",
    NO_ANSWER: "De aanvraag is afgesloten: geen gehoor.",
    NO_ROOM: "De aanvraag is afgesloten: geen plek.",
}
EXPLAINED = {
    WITHDRAWN: "De ondernemer heeft deze aanvraag ingetrokken. De gegevens zijn gewist. Neem geen contact meer op. "
    "Heb je de gegevens ergens anders bewaard, bijvoorbeeld in je eigen programma? Verwijder ze daar ook.",
    EXPIRED: "De tijd van deze aanvraag is voorbij. De gegevens zijn gewist. "
    "Heb je ze ergens anders bewaard, bijvoorbeeld in je eigen programma? Verwijder ze daar ook.",
}
SATISFIED = {
    "5": "5: heel tevreden",
    "4": "4: tevreden",
    "3": "3: gaat wel",
    "2": "2: niet zo tevreden",
    "1": "1: helemaal niet tevreden",
}
PURPOSES = {PURPOSE: "contact over digitalisering"}


def moment(texts: Texts, at: int) -> str:
    """A second since 1970 as people here write it: "26 november 2026, 14:05"."""
    local = datetime.fromtimestamp(at, TIME_ZONE)
    return f"{texts.day(local.date())}, {local:%H:%M}"
