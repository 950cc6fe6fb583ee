"""The profile of a firm in words, for whoever it is passed on by and to."""

from api.leads.vault import Profile
from knowledge.base import Knowledge
from knowledge.intake import OPEN

NOT_FILLED_IN = "Niet ingevuld"


def in_words(knowledge: Knowledge, profile: Profile) -> dict[str, str]:
    """What is known of a firm: a name for each part, and what it is, in the order in which people read it."""
    intake = knowledge.intake
    sizes, questions = dict(intake.question("personen").choices()), dict(intake.question("hulpvraag").choices())
    return {
        "Soort bedrijf": _sector(knowledge, profile),
        "Plaats": _place(knowledge, profile.municipality),
        "Mensen in het bedrijf": sizes.get(profile.size_class, NOT_FILLED_IN),
        "Hoe ver met digitaal werken": intake.stage(profile.stage).label,
        "Waar je hulp bij zoekt": questions.get(profile.question, NOT_FILLED_IN),
    }


def _sector(knowledge: Knowledge, profile: Profile) -> str:
    if OPEN in (profile.sbi2025, profile.sbi2008):
        return NOT_FILLED_IN
    return _capital(knowledge.sectors.sector(f"{profile.sbi2025}/{profile.sbi2008}").heading)


def _place(knowledge: Knowledge, code: str) -> str:
    return NOT_FILLED_IN if code == OPEN else _capital(knowledge.municipalities.name(code))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
