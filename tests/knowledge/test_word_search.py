"""Finding texts by words."""

import pytest

from knowledge.word_search import WordSearch

SEARCH = WordSearch(
    {
        "cyberchef": [(3.0, "Cyberchef Amersfoort"), (1.0, "Studenten doen een veiligheidsscan bij je bedrijf.")],
        "loket": [(3.0, "Ondernemersloket"), (1.0, "Hier stel je je vraag over je administratie of veiligheid.")],
        "werkplaats": [(3.0, "Digitale werkplaats"), (1.0, "Cursussen over administratie, en soms een cyberchef.")],
    }
)


def found(query: str) -> list[str]:
    return list(SEARCH.find(query).names)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("cyberchef", ["cyberchef", "werkplaats"]),  # the name counts most
        ("AMERSFOORT cyberchef", ["cyberchef"]),
        ("cursus", ["werkplaats"]),  # a part of the word
        ("studenten", ["cyberchef"]),
        ("student", ["cyberchef"]),
        ("scan", ["cyberchef"]),  # the last part of a compound
        ("veiligheid", ["loket", "cyberchef"]),  # the word itself before a compound
        ("amersfort", ["cyberchef"]),  # misspelt
        ("adminstratie", ["loket", "werkplaats"]),
        ("ik zoek hulp bij mijn administratie", ["loket", "werkplaats"]),
        ("zweefvliegen", []),
        ("kat", []),  # too short to be a misspelling
    ],
)
def test_words_find_texts_best_first(query: str, names: list[str]) -> None:
    assert found(query) == names


def test_without_words_everything_is_found_in_order() -> None:
    for query in ("", "  ", "ik zoek hulp"):
        assert found(query) == ["cyberchef", "loket", "werkplaats"]
        assert SEARCH.find(query).complete


def test_tells_when_no_text_has_all_the_words() -> None:
    assert SEARCH.find("administratie loket").complete
    hits = SEARCH.find("administratie zweefvliegen")
    assert (hits.names, hits.complete) == (("loket", "werkplaats"), False)
    assert not SEARCH.find("zweefvliegen").complete
