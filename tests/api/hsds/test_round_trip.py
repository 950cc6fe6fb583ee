"""What goes out as a package comes back as it was."""

import io
from datetime import date
from pathlib import Path
from typing import get_args
from zipfile import ZipFile

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from api.hsds.__main__ import main
from api.hsds.files import text, write
from api.hsds.package import pack, unpack
from api.hsds.reading import BadPackage, catalogue
from api.hsds.tables import tables
from knowledge.base import Knowledge, load
from knowledge.catalogue import (
    AREAS,
    Catalogue,
    Contact,
    Group,
    Initiative,
    Kind,
    SizeClass,
    StageId,
    Theme,
    load_catalogue,
)

TODAY = date(2026, 11, 26)
TYPED = some.text(some.characters(exclude_categories=("Cs",)), max_size=40)
TOLD = TYPED.filter(lambda typed: bool(typed.strip()))
DAYS = some.dates(date(2000, 1, 1), date(2050, 1, 1))
CONTACTS = (
    some.just(Contact("onbekend"))
    | TOLD.map(lambda place: Contact("loket", place))
    | TYPED.map(lambda rest: Contact("website", f"https://{rest}"))
)
CODES = (*AREAS, "GM0344", "GM0307", "GM1696")


def listed(values: tuple[str, ...]) -> some.SearchStrategy[tuple[str, ...]]:
    return some.lists(some.sampled_from(values), max_size=4).map(tuple)


@some.composite
def initiatives(draw: some.DrawFn) -> Initiative:
    """Any entry that the rules of the catalogue allow."""
    maybe = some.none() | TOLD
    status = draw(some.sampled_from(("actief", "gestopt", "opgegaan_in")))
    begin, end = draw(some.none() | DAYS), draw(some.none() | DAYS)
    if begin and end:
        begin, end = min(begin, end), max(begin, end)
    may_miss = {name: draw(maybe) for name in ("voorWie", "waar", "kosten", "eigenaar")}
    may_miss["url"] = draw(some.none() | TYPED.map("https://{}".format))
    contact = draw(some.none() | CONTACTS)
    missing = [name for name, value in may_miss.items() if value is None]
    missing += ["contact"] if contact is None or contact.soort == "onbekend" else []
    return Initiative(
        id=draw(some.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)),
        naam=draw(TOLD),
        groep=draw(some.sampled_from(get_args(Group))),
        soort=draw(some.sampled_from(get_args(Kind))),
        status=status,
        gezien=f"{draw(some.integers(1990, 2060))}-{draw(some.integers(1, 12)):02}",
        verwijst=status == "actief" and draw(some.booleans()),
        regio=draw(listed(CODES)),
        thema=draw(listed(get_args(Theme))),
        fase=draw(listed(get_args(StageId))),
        grootte=draw(listed(get_args(SizeClass))),
        biedt=draw(TOLD),
        bronnen=tuple(draw(some.lists(TOLD, min_size=1, max_size=3))),
        **may_miss,
        contact=contact,
        ookBekendAls=tuple(draw(some.lists(TOLD, max_size=3))),
        opvolger=draw(TOLD) if status == "opgegaan_in" else None,
        begin=begin,
        einde=end,
        nietBekend=draw(listed(tuple(missing))) if missing else (),
        toelichting=draw(maybe),
        laatsteLevensteken=draw(maybe),
    )


catalogues = some.lists(initiatives(), max_size=4, unique_by=lambda entry: entry.id).map(tuple)


def sent(knowledge: Knowledge, entries: Catalogue, *, internal: bool) -> Catalogue:
    return catalogue(unpack(pack(tables(knowledge, entries, TODAY, internal=internal))))


@settings(deadline=None, max_examples=60)
@given(entries=catalogues)
def test_any_catalogue_comes_back_as_it_was(knowledge: Knowledge, entries: Catalogue) -> None:
    assert sent(knowledge, entries, internal=True) == entries


@settings(deadline=None, max_examples=60)
@given(entry=initiatives(), line_end=some.sampled_from(("\x85", "\u2028", "\u2029", "\r", "\n", "\ufeff")))
def test_any_initiative_comes_back_from_its_file(
    tmp_path_factory: pytest.TempPathFactory, entry: Initiative, line_end: str
) -> None:
    folder = tmp_path_factory.mktemp("initiatieven")
    entry = msgspec.structs.replace(entry, biedt=f"{entry.biedt}{line_end}en meer", ookBekendAls=(f"en{line_end}ook",))
    write((entry,), folder)
    assert load_catalogue(folder) == (entry,)


@settings(deadline=None, max_examples=20)
@given(entries=catalogues)
def test_what_everybody_gets_lacks_only_what_the_working_group_reads(knowledge: Knowledge, entries: Catalogue) -> None:
    expected = tuple(msgspec.structs.replace(entry, toelichting=None) for entry in entries)
    assert sent(knowledge, entries, internal=False) == expected


def test_the_same_catalogue_gives_the_same_package(knowledge: Knowledge) -> None:
    first, second = (pack(tables(knowledge, knowledge.catalogue, TODAY, internal=True)) for _ in range(2))
    assert first == second


class TestCommands:
    def test_there_and_back_gives_files_that_say_the_same(self, tmp_path: Path, knowledge: Knowledge) -> None:
        package, folder = tmp_path / "gids.zip", tmp_path / "initiatieven"
        assert main(["uitvoeren", "--naar", str(package)]) == 0
        assert main(["inlezen", "--van", str(package), "--naar", str(folder)]) == 0
        assert load_catalogue(folder) == knowledge.catalogue

    def test_files_that_say_the_same_already_stay_as_they_are(self, tmp_path: Path, knowledge: Knowledge) -> None:
        package, folder = tmp_path / "gids.zip", tmp_path / "initiatieven"
        folder.mkdir()
        (kvk,) = (entry for entry in knowledge.catalogue if entry.id == "kvk")
        written = f"# Van ons.\n{text(kvk)}"
        (folder / "kvk.yaml").write_text(written)
        main(["uitvoeren", "--naar", str(package)])
        assert main(["inlezen", "--van", str(package), "--naar", str(folder)]) == 0
        assert (folder / "kvk.yaml").read_text() == written
        assert load_catalogue(folder) == knowledge.catalogue

    def test_nothing_is_written_over(
        self, tmp_path: Path, knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
    ) -> None:
        package, folder = tmp_path / "gids.zip", tmp_path / "initiatieven"
        folder.mkdir()
        (kvk,) = (entry for entry in knowledge.catalogue if entry.id == "kvk")
        (folder / "kvk.yaml").write_text(text(msgspec.structs.replace(kvk, kosten="Tien euro")))
        main(["uitvoeren", "--naar", str(package)])
        assert main(["uitvoeren", "--naar", str(package)]) == 1
        assert main(["inlezen", "--van", str(package), "--naar", str(folder)]) == 1
        assert "kvk.yaml" in capsys.readouterr().err
        assert [path.name for path in folder.iterdir()] == ["kvk.yaml"]

    def test_with_what_owners_changed(
        self, tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        changed = "initiatieven:\n  kvk:\n    wijzigingen:\n      kosten: Tien euro\n"
        (tmp_path / "wijzigingen.yaml").write_text(changed)
        monkeypatch.setenv("CATALOGUE_FOLDER", str(tmp_path))
        package = tmp_path / "gids.zip"
        assert main(["uitvoeren", "--naar", str(package)]) == 0
        (kvk,) = (entry for entry in catalogue(unpack(package.read_bytes())) if entry.id == "kvk")
        assert kvk.kosten == "Tien euro"
        assert kvk == load(changes=tmp_path).initiative("kvk")

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04kapot", b"geen zip"])
    def test_file_that_is_no_package(self, tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
        package = tmp_path / "gids.zip"
        package.write_bytes(content)
        assert main(["inlezen", "--van", str(package), "--naar", str(tmp_path / "x")]) == 1
        assert "geen pakket van HSDS" in capsys.readouterr().err
        assert not (tmp_path / "x").exists()


class TestForeignPackages:
    def made(self, knowledge: Knowledge) -> dict[str, list[dict[str, str | None]]]:
        return tables(knowledge, knowledge.catalogue, TODAY, internal=True)

    def test_name_that_would_leave_the_folder(self, knowledge: Knowledge) -> None:
        made = self.made(knowledge)
        (name,) = (row for row in made["attribute"] if row["value"] == "kvk")
        name["value"] = "../../kvk"
        with pytest.raises(BadPackage, match="geen naam van een bestand"):
            catalogue(made)

    def test_reference_to_what_is_not_there(self, knowledge: Knowledge) -> None:
        made = self.made(knowledge)
        made["organization"].clear()
        with pytest.raises(BadPackage, match="dat er niet in staat"):
            catalogue(made)

    def test_code_that_the_catalogue_does_not_have(self, knowledge: Knowledge) -> None:
        made = self.made(knowledge)
        (term,) = (row for row in made["taxonomy_term"] if row["code"] == "soort:loket")
        term["code"] = "soort:bakkerij"
        with pytest.raises(BadPackage, match="bakkerij"):
            catalogue(made)

    def test_the_same_initiative_twice(self, knowledge: Knowledge) -> None:
        made = self.made(knowledge)
        made["service"].append(made["service"][0])
        with pytest.raises(BadPackage, match="twee keer"):
            catalogue(made)

    @pytest.mark.parametrize("content", [None, b"id\n\xff"], ids=["missing", "no text"])
    def test_file_that_is_missing_or_cannot_be_read(self, knowledge: Knowledge, content: bytes | None) -> None:
        packed = io.BytesIO()
        with ZipFile(io.BytesIO(pack(self.made(knowledge)))) as old, ZipFile(packed, "w") as new:
            for name in old.namelist():
                found = content if name == "services.csv" else old.read(name)
                if found is not None:
                    new.writestr(name, found)
        with pytest.raises(BadPackage, match="geen pakket van HSDS"):
            unpack(packed.getvalue())

    def test_file_that_is_too_large(self, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
        packed = pack(self.made(knowledge))
        monkeypatch.setattr("api.hsds.package.LARGEST_TABLE", 1000)
        with pytest.raises(BadPackage, match="geen pakket van HSDS"):
            unpack(packed)

    def test_file_without_a_column(self, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
        packed = pack(self.made(knowledge))
        monkeypatch.setattr("api.hsds.package.columns", lambda _table: {"id": {}, "kleur": {}})
        with pytest.raises(BadPackage, match="ontbreekt de kolom kleur"):
            unpack(packed)
