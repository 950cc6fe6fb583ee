"""Every term of the questions can be explained."""

import pytest

from knowledge.base import Knowledge


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("wat is de cloud?", "cloud"),
        ("wat bedoel je met een dashboard", "dashboard"),
        ("bekup, wat is dat nou weer", "back-up"),
        ("wat houdt een wachtwoordkluis in", "wachtwoordkluis"),
        ("wagwoordkluis?", "wachtwoordkluis"),
        ("tweestapsverificatie", "extra code"),
        ("leg uit wat overtypen is", "overtypen"),
        ("een boekhoudprogramma dat gekoppeld is, wat is gekoppeld", "gekoppeld"),
        ("wat zijn socials", "social media"),
    ],
)
def test_term_is_found_in_a_question(knowledge: Knowledge, text: str, name: str) -> None:
    term = knowledge.terms.named(text)
    assert term is not None
    assert term.naam == name


@pytest.mark.parametrize("text", ["", "waarom wil je dat weten", "ik snap er niks van"])
def test_nothing_is_found_where_nothing_is_named(knowledge: Knowledge, text: str) -> None:
    assert knowledge.terms.named(text) is None


# The words of each question and its options that are not everybody's.
OF_QUESTIONS = {
    "personen": ["tel jezelf mee"],
    "gemeente": ["gemeente"],
    "hulpvraag": ["vindbaar", "administratie", "veilig werken", "gegevens", "AI"],
    "administratie": [
        "facturen",
        "boekhouding",
        "Word",
        "Excel",
        "boekhoudprogramma",
        "gekoppeld",
        "kassa",
        "voorraad",
    ],
    "vindbaar": ["online", "via via", "website", "social media", "cijfers"],
    "gegevens": ["gegevens", "omzet", "voorraad", "systeem", "besluiten", "dashboard"],
    "backup_updates": ["back-ups", "updates", "back-up", "terugzetten", "vanzelf"],
    "inloggen": ["log je in", "programma's", "wachtwoord", "extra code", "wachtwoordkluis", "nepmail"],
    "plan": ["plan", "digitaal"],
    "bestanden": ["bestanden", "agenda", "USB-stick", "harde schijf", "cloud", "online"],
    "online_bestellen": ["online", "reserveren", "formulier", "platform", "past niet bij mijn bedrijf"],
    "mensen": ["programma's", "cursus"],
    "automatisering": ["vanzelf", "overtypen", "AI", "vaste stappen"],
}


@pytest.mark.parametrize(("question", "term"), [(q, term) for q, terms in OF_QUESTIONS.items() for term in terms])
def test_every_term_of_a_question_is_explained(knowledge: Knowledge, question: str, term: str) -> None:
    asked = knowledge.intake.question(question)
    texts = f"{asked.vraag} {asked.nogeens} {' '.join(title for _, title in asked.choices())}".lower()
    if term.lower() not in texts:
        pytest.skip(f"the question was reworded and does not say '{term}' any more")
    assert knowledge.terms.named(f"wat is {term}?") is not None
