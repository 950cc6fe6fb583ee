"""Sites: what may stand in a file, and that a change of a file counts without a restart."""

import logging
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from knowledge.base import FOLDER, Knowledge, load
from knowledge.loading import KnowledgeError, Problem
from knowledge.site_folder import SiteFolder
from knowledge.sites import Pages, Site, contrast, load_site
from knowledge.widget import Widget

GOOD = """\
id: proef
naam: Gemeente Proef
aanbieder: de gemeente Proef
status: actief
telt: true
gemeente: GM0344
contact:
  naam: Loket
  url: https://www.proef.nl/loket
  telefoon: "14 030"
  email: loket@proef.nl
herkomsten:
  - https://www.proef.nl
  - https://proef.nl:8443
  - http://localhost:8000
paginas:
  aan: [/ondernemers/*, /]
  uit: ["/*/archief"]
teksten:
  nl: {kop: Hulp in Proef}
thema:
  accent: "#0b5672"
  opAccent: "#FFFFFF"
  hoeken: 8px
  lettertype: "'Fira Sans', sans-serif"
nietBekend: [openingstijden, privacy]
"""
WIDGET = Widget(
    perSite=("kop", "pauze"),
    teksten={
        "nl": {"kop": "Hulp", "pauze": "Bel {naam}.", "sluiten": "Sluiten"},
        "en": {"kop": "Help", "pauze": "Call {naam}.", "sluiten": "Close"},
    },
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sites"
    made.mkdir()
    write(made)
    return made


def write(folder: Path, text: str = GOOD, name: str = "proef") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path) -> Site:
    return load_site(path, {"GM0344"}, WIDGET)


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
    assert {name: site.herkomsten for name, site in knowledge.sites.items() if name != "demo"} == {
        "amersfoort": ("https://www.amersfoort.nl",),
        "hilversum": ("https://www.hilversum.nl",),
        "kvk": ("https://www.kvk.nl",),
        "provincie-utrecht": ("https://www.provincie-utrecht.nl",),
        "u10": (),
        "utrecht": ("https://www.utrecht.nl",),
        "veenendaal": ("https://www.veenendaal.nl",),
    }
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
    assert len(SiteFolder(folder, {"GM0344"}, WIDGET)) == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "remedy"),
    [
        ("id: proef", "id: test", 1, "Het id 'test' is anders", "Maak er 'proef' van."),
        ("GM0344", "GM9999", 6, "De gemeente GM9999 bestaat niet.", "municipalities.yaml"),
        ("status: actief", "status: uit", 4, "De waarde 'uit' bestaat niet.", "Vergelijk"),
        ("naam: Loket", "naam: Loket\n  fax: '1'", 8, "Het veld 'fax' hoort hier niet.", "Vergelijk"),
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
        ("  nl: {kop", "  fy: {kop", 20, "De waarde 'fy' bestaat niet.", "Vergelijk"),
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
        (", privacy]", ", privacy, kleur]", 26, "De waarde 'kleur' bestaat niet.", "Vergelijk"),
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


class Clock:
    """Time that goes on when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("knowledge.site_folder.monotonic", clock)
    return clock


@pytest.fixture
def sites(folder: Path, clock: Clock) -> SiteFolder:
    return SiteFolder(folder, {"GM0344"}, WIDGET)


def renamed(name: str) -> str:
    return GOOD.replace("naam: Gemeente Proef", f"naam: {name}")


def test_changed_file_counts_after_a_second(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    write(folder, renamed("Anders"))
    clock.now = 0.9
    assert sites["proef"].naam == "Gemeente Proef"
    clock.now = 1.0
    assert sites["proef"].naam == "Anders"


def test_change_that_keeps_the_size_counts(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    write(folder, renamed("Gemeente Proof"))
    clock.now += 1
    assert sites["proef"].naam == "Gemeente Proof"


def test_change_that_keeps_the_time_counts(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    before = (folder / "proef.yaml").stat()
    path = write(folder, renamed("Een langere naam"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    clock.now += 1
    assert sites["proef"].naam == "Een langere naam"


def test_added_and_removed_file_count(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    write(folder, GOOD.replace("id: proef", "id: nieuw"), "nieuw")
    clock.now += 1
    assert list(sites) == ["nieuw", "proef"]
    assert "nieuw" in sites
    (folder / "nieuw.yaml").unlink()
    clock.now += 1
    assert list(sites) == ["proef"]
    assert sites.get("nieuw") is None


def test_fault_leaves_the_last_good_version_and_is_logged_once_per_change(
    folder: Path, clock: Clock, sites: SiteFolder, caplog: pytest.LogCaptureFixture
) -> None:
    write(folder, GOOD.replace("GM0344", "GM9999"))
    for _ in range(3):
        clock.now += 1
        assert sites["proef"].gemeente == "GM0344"
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "sites/proef.yaml, regel 6: De gemeente GM9999 bestaat niet. Oplossing: " in record.getMessage()
    write(folder, GOOD + "kleur: rood\n")
    clock.now += 1
    assert sites["proef"].gemeente == "GM0344"
    assert len(caplog.records) == 2
    write(folder, renamed("Weer goed"))
    clock.now += 1
    assert sites["proef"].naam == "Weer goed"
    assert len(caplog.records) == 2


def test_new_file_with_a_fault_gives_no_site_until_it_is_right(
    folder: Path, clock: Clock, sites: SiteFolder, caplog: pytest.LogCaptureFixture
) -> None:
    path = write(folder, GOOD, "nieuw")  # another id in it
    clock.now += 1
    assert list(sites) == ["proef"]
    assert "sites/nieuw.yaml, regel 1: Het id 'proef' is anders" in caplog.text
    path.write_text(GOOD.replace("id: proef", "id: nieuw"))
    clock.now += 1
    assert list(sites) == ["nieuw", "proef"]


def test_fault_of_one_site_does_not_hold_back_another(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    write(folder, "geen: [yaml")
    write(folder, GOOD.replace("id: proef", "id: nieuw"), "nieuw")
    clock.now += 1
    assert list(sites) == ["nieuw", "proef"]


def test_folder_that_is_gone_for_a_while_leaves_all_sites(
    folder: Path, clock: Clock, sites: SiteFolder, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = folder.rename(folder.parent / "elders")
    for _ in range(2):
        clock.now += 1
        assert list(sites) == ["proef"]
    assert [record.getMessage().count("sites/, regel 1: Er staan geen sites.") for record in caplog.records] == [1]
    elsewhere.rename(folder)
    write(folder, renamed("Terug"))
    clock.now += 1
    assert sites["proef"].naam == "Terug"


def test_files_of_editors_are_not_looked_at(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    (folder / ".#proef.yaml").symlink_to("iemand@computer.1234")
    clock.now += 1
    assert list(sites) == ["proef"]


def test_unchanged_files_are_not_read_again(
    folder: Path, clock: Clock, sites: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_again: list[str] = []

    def noted(path: Path, *more: object) -> Site:
        read_again.append(path.stem)
        return read(path)

    monkeypatch.setattr("knowledge.site_folder.load_site", noted)
    write(folder, GOOD.replace("id: proef", "id: nieuw"), "nieuw")
    for _ in range(3):
        clock.now += 1
        assert len(sites) == 2
    assert read_again == ["nieuw"]


def test_threads_see_whole_versions_only(folder: Path, clock: Clock, sites: SiteFolder) -> None:
    second = GOOD.replace("id: proef", "id: tweede")
    write(folder, second, "tweede")
    done = Event()

    def look() -> int:
        looks = 0
        while not done.is_set():
            clock.now += 1
            for name, site in sites.items():
                assert (site.id, site.aanbieder.lower()) == (name, f"de {site.naam.lower()}")
            looks += 1
        return looks

    with ThreadPoolExecutor(4) as pool:
        looking = [pool.submit(look) for _ in range(4)]
        for number in range(40):
            made = folder / "concept"
            made.write_text(
                GOOD.replace("Gemeente Proef", f"Proef{number}").replace("gemeente Proef", f"proef{number}")
            )
            made.rename(folder / "proef.yaml")
            if number % 2:
                write(folder, second, "tweede")
            else:
                (folder / "tweede.yaml").unlink()
        done.set()
        assert all(future.result() for future in looking)
    clock.now += 1
    assert (sites["proef"].naam, len(sites)) == ("Proef39", 2)


def test_a_setting_says_where_the_sites_are(folder: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    write(folder, GOOD.replace("{kop: Hulp in Proef}", "{knop: Hulp}"))
    monkeypatch.setenv("SITES_FOLDER", str(folder))
    knowledge = load()
    assert list(knowledge.sites) == ["proef"]
    write(folder, (FOLDER / "sites/demo.yaml").read_text(), "demo")
    clock.now += 1
    assert list(knowledge.sites) == ["demo", "proef"]


def test_first_load_tells_the_faults_of_every_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(FOLDER / "sites", tmp_path / "sites"))
    for name in ("kvk", "utrecht"):
        path = folder / f"{name}.yaml"
        path.write_text(path.read_text().replace("https://www.", "http://www."))
    monkeypatch.setenv("SITES_FOLDER", str(folder))
    with pytest.raises(KnowledgeError) as caught:
        load()
    assert [problem.file for problem in caught.value.problems] == ["sites/kvk.yaml"] * 2 + ["sites/utrecht.yaml"] * 2
