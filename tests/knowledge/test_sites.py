"""Sites: what may stand in a file."""

from pathlib import Path

import pytest

from knowledge.base import Knowledge
from knowledge.loading import KnowledgeError, Problem
from knowledge.site_folder import SiteFolder
from knowledge.sites import Pages, contrast
from tests.knowledge.site_files import GOOD, LANGUAGES, read, write


def fault(folder: Path, old: str, new: str) -> Problem:
    """The one fault that comes of a change in a good file."""
    assert old in GOOD
    with pytest.raises(KnowledgeError) as caught:
        read(write(folder, GOOD.replace(old, new, 1)))
    (problem,) = caught.value.problems
    return problem


def test_everything_that_a_site_can_say(folder: Path) -> None:
    site = read(folder / "proef.yaml")
    assert site.herkomsten == ("https://www.proef.nl", "https://proef.nl:8443", "http://localhost:8000")
    assert site.paginas == Pages(("/ondernemers/*", "/"), ("/*/archief",))
    assert (site.teksten["nl"]["kop"], site.thema.accent, site.contact.email) == (
        "Hulp in Proef",
        "#0b5672",
        "loket@proef.nl",
    )


def test_what_a_site_leaves_out(folder: Path) -> None:
    short = GOOD[: GOOD.index("herkomsten:")] + "nietBekend: [openingstijden, privacy, herkomsten]\n"
    site = read(write(folder, short))
    assert (site.herkomsten, site.teksten, site.privacy, site.thema.accent) == ((), {}, None, None)
    assert site.paginas == Pages(("/*",), ())


def test_our_sites_know_their_own_websites(knowledge: Knowledge) -> None:
    for name, site in knowledge.sites.items():
        assert bool(site.herkomsten) == ("herkomsten" not in site.nietBekend), name
        assert name == "demo" or all(origin.startswith("https://") for origin in site.herkomsten), name
    assert knowledge.sites["utrecht"].admits("https://www.utrecht.nl")
    assert all(origin.startswith("http://") for origin in knowledge.sites["demo"].herkomsten)


WWW = "https://www.proef.nl\n"
PRIVACY = "privacy: http://www.proef.nl/privacy\nnietBekend: [openingstijden]"


@pytest.mark.parametrize(
    ("origin", "what", "remedy"),
    [
        ("https://*.proef.nl", "heeft een jokerteken", "Noem elke website apart, zonder *."),
        ("'*'", "heeft een jokerteken", "Noem elke website apart"),
        ("https://WWW.proef.nl", "heeft hoofdletters", "Maak er 'https://www.proef.nl' van."),
        ("www.proef.nl", "begint niet met https://", "Schrijf bijvoorbeeld"),
        ("//www.proef.nl", "begint niet met https://", "Schrijf bijvoorbeeld"),
        ("ftp://www.proef.nl", "begint niet met https://", "Schrijf bijvoorbeeld"),
        ("'null'", "begint niet met https://", "Schrijf bijvoorbeeld"),
        ("https://www.proef.nl/", "schuine streep aan het eind", "Maak er 'https://www.proef.nl' van."),
        ("https://www.proef.nl/loket", "heeft een pad", "Maak er 'https://www.proef.nl' van."),
        ("https://www.proef.nl?x=1", "heeft een pad", "Maak er 'https://www.proef.nl' van."),
        ("http://www.proef.nl", "is niet beveiligd", "Maak er 'https://www.proef.nl' van."),
        ("http://localhost.proef.nl:80", "is niet beveiligd", "Maak er 'https://localhost.proef.nl:80' van."),
        ("https://proef", "geen goede naam", "tikfouten"),
        ("https://www..proef.nl", "geen goede naam", "tikfouten"),
        ("https://-www.proef.nl", "geen goede naam", "tikfouten"),
        ("https://www.proef.nl.", "geen goede naam", "tikfouten"),
        ("https://ik@proef.nl", "geen goede naam", "tikfouten"),
        ("https://www.proéf.nl", "geen goede naam", "tikfouten"),
        ("https://www.proef.nl:haven", "geen goede naam", "tikfouten"),
        ("https://www.proef.nl:443", "poort 443 niet mee", "Maak er 'https://www.proef.nl' van."),
        ("http://127.0.0.1:80", "poort 80 niet mee", "Maak er 'http://127.0.0.1' van."),
        ("https://www.proef.nl:65536", "Poort 65536 bestaat niet", "1 tot 65535"),
        ("https://www.proef.nl:0", "Poort 0 bestaat niet", "1 tot 65535"),
        ("https://www.proef.nl:08443", "Poort 08443 bestaat niet", "1 tot 65535"),
    ],
)
def test_origin_that_no_browser_sends_or_that_lets_in_too_much(
    folder: Path, origin: str, what: str, remedy: str
) -> None:
    problem = fault(folder, f"  - {WWW}", f"  - {origin}\n")
    assert (problem.file, problem.line) == ("sites/proef.yaml", 13)
    assert what in problem.what
    assert remedy in problem.remedy


def test_origin_twice(folder: Path) -> None:
    problem = fault(folder, "https://proef.nl:8443", "https://www.proef.nl")
    assert (problem.line, problem.what) == (14, "De herkomst 'https://www.proef.nl' staat er twee keer.")


def test_one_origin_at_two_sites_is_allowed(folder: Path) -> None:
    write(folder, GOOD.replace("id: proef", "id: tweede"), "tweede")
    assert len(SiteFolder(folder, {"GM0344"}, LANGUAGES)) == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "remedy"),
    [
        ("id: proef", "id: test", 1, "Het id 'test' is anders", "Maak er 'proef' van."),
        ("GM0344", "GM9999", 6, "De gemeente GM9999 bestaat niet.", "municipalities.yaml"),
        ("status: actief", "status: uit", 4, "De waarde 'uit' bestaat niet.", "actief, gepauzeerd"),
        ("naam: Loket", "naam: Loket\n  fax: '1'", 9, "Het veld 'fax' hoort hier niet.", "naam, url, telefoon"),
        ("https://www.proef.nl/loket", "www.proef.nl", 9, "Het adres begint niet met https://", "het hele adres"),
        ("https://www.proef.nl/loket", "javascript:alert(1)", 9, "Het adres begint niet met", "het hele adres"),
        ('"14 030"', '"bel 14 030"', 10, "'bel 14 030' is geen telefoonnummer.", "alleen het nummer"),
        ("loket@proef.nl", "loket", 11, "'loket' is geen e-mailadres.", "naam@gemeente.nl"),
        ("[/ondernemers/*, /]", "[ondernemers, /]", 17, "Het patroon 'ondernemers' is geen pad", "schuine streep"),
        ("[/ondernemers/*, /]", "[/, '/a b']", 17, "Het patroon '/a b' is geen pad", "zonder spatie"),
        ('["/*/archief"]', '["/zoek?q=*"]', 18, "Het patroon '/zoek?q=*' is geen pad", "zonder spatie, ? of #"),
        ("[/ondernemers/*, /]", "[]", 17, "Zo is de hulp op geen enkele pagina te zien.", "gepauzeerd"),
        ("{kop: Hulp in Proef}", "{sluiten: Weg}", 20, "De tekst 'sluiten' kan een site niet", "kop, pauze"),
        ("{kop: Hulp in Proef}", "{kop: ' '}", 20, "Deze tekst is leeg.", "Vul hem in."),
        ("{kop: Hulp in Proef}", "{kop: 'Hulp van {naam}'}", 20, "Tussen accolades staat iets anders", "niets"),
        ("{kop: Hulp in Proef}", "{pauze: Uit}", 20, "Tussen accolades staat iets anders", "{naam}"),
        ("{kop: Hulp in Proef}", "{kop: 'Hulp {'}", 20, "Een accolade staat alleen.", "{naam}"),
        ("  nl: {kop", "  fy: {kop", 20, "De taal 'fy' is er niet.", "Kies uit: nl, en"),
        ("nietBekend: [openingstijden, privacy]", PRIVACY, 26, "Het adres begint niet", "hele adres"),
        ('"#0b5672"', "blauw", 22, "'blauw' is geen kleur.", "#0b5672"),
        ('"#0b5672"', '"#0b567"', 22, "'#0b567' is geen kleur.", "#0b5672"),
        ('"#FFFFFF"', '"#fff; }"', 23, "'#fff; }' is geen kleur.", "#0b5672"),
        ('  opAccent: "#FFFFFF"\n', "", 22, "De kleuren accent en opAccent horen bij elkaar", "allebei"),
        ("8px", "rond", 24, "'rond' is geen maat voor hoeken.", "8px"),
        ("8px", "'8px; color: red'", 24, "'8px; color: red' is geen maat", "8px"),
        (
            "'Fira Sans', sans-serif",
            "x; } body { color: red",
            25,
            "Het lettertype heeft tekens",
            "namen van lettertypen",
        ),
        ("'Fira Sans', sans-serif", "url(https://evil.example)", 25, "Het lettertype heeft tekens", "alleen namen"),
        ("[openingstijden, privacy]", "[openingstijden]", 26, "'privacy' ontbreekt, en staat niet", "Vul 'privacy' in"),
        ("[openingstijden, privacy]", "[privacy]", 26, "'openingstijden' ontbreekt", "noem het bij nietBekend"),
        (", privacy]", ", privacy, telefoon]", 26, "Bij nietBekend staat 'telefoon', maar", "Haal 'telefoon' weg"),
        (", privacy]", ", privacy, herkomsten]", 26, "Bij nietBekend staat 'herkomsten', maar", "Haal"),
        (", privacy]", ", privacy, kleur]", 26, "De waarde 'kleur' bestaat niet.", "privacy, herkomsten"),
    ],
)
def test_fault_is_told_with_line_and_remedy(
    folder: Path, *, old: str, new: str, line: int, what: str, remedy: str
) -> None:
    problem = fault(folder, old, new)
    assert problem.what.startswith(what)
    assert remedy in problem.remedy
    assert (problem.file, problem.line) == ("sites/proef.yaml", line)


def test_origins_that_are_missing_have_to_be_named(folder: Path) -> None:
    start, end = GOOD.index("herkomsten:"), GOOD.index("paginas:")
    problem = fault(folder, GOOD[start:end], "")
    assert problem.what == "'herkomsten' ontbreekt, en staat niet bij nietBekend."


def test_colours_too_near_each_other_are_told_with_their_contrast(folder: Path) -> None:
    problem = fault(folder, '"#0b5672"', '"#777777"')  # against white 4.478, which is not 4.5
    assert problem.what == "Het contrast van accent en opAccent is 4.47:1, en dat is te laag."
    assert problem.remedy == "Kies kleuren met een contrast van minstens 4.5:1."
    assert problem.line == 23
    assert read(write(folder, GOOD.replace("#0b5672", "#767676"))).thema.accent == "#767676"  # 4.54


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#000000", 21),
        ("#808080", "#808080", 1),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#ffffff", 4.0),
        ("#010101", "#ffffff", 20.87),  # so dark that the other formula holds
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


def test_every_fault_of_a_file_is_told_at_once(folder: Path) -> None:
    text = GOOD.replace("id: proef", "id: x").replace("8px", "rond").replace("GM0344", "GM1")
    with pytest.raises(KnowledgeError) as caught:
        read(write(folder, text))
    assert [problem.line for problem in caught.value.problems] == [1, 6, 24]
