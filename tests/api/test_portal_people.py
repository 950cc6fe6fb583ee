"""Who may log in: given and taken back by a coordinator on a page, and by a command on the server."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert

from analytics.database import open_database
from api.owners.models import ProposedChange
from api.portal.__main__ import main
from api.portal.models import Passkey
from api.portal.repository import Person, PortalRepository
from tests.api.portal_door import HERE, PEOPLE, Browser, Door

ANNA = ("uitnodigen", "--email", "Anna@Gemeente.example", "--naam", "Anna Bos", "--rol", "werkgroep")


def give_passkey(door: Door, email: str) -> None:
    person = door.repository.find(email)
    assert person
    with door.engine.begin() as connection:
        key = {"credential": "c", "account": person.id, "public_key": b"", "sign_count": 0, "name": "x", "made_at": 1}
        connection.execute(insert(Passkey), key)


class TestPage:
    @pytest.fixture
    def browser(self, door: Door) -> Browser:
        """A browser in which a coordinator is logged in."""
        opened = door.browser()
        opened.log_in(door.invite("cor@gemeente.example", role="coordinator", name="Cor"))
        return opened

    def send(self, browser: Browser, path: str = PEOPLE, **fields: str | list[str]) -> str:
        response = browser.send(path, formulier=browser.token(PEOPLE), **fields)
        if response.status_code == 303:
            response = browser.get(response.headers["location"])
            assert response.status_code == 200
        else:
            assert response.status_code == 400
        return response.text

    def test_invited_person_gets_a_mail_and_can_log_in(self, door: Door, browser: Browser) -> None:
        page = self.send(browser, email=" Bas@Gemeente.example ", naam="Bas  Smit", rol="evenement")
        assert "De uitnodiging is verstuurd." in page
        assert "Bas Smit" in page
        (mail,) = door.post.deliver()
        assert (mail.to, mail.link) == ("bas@gemeente.example", f"{HERE}/portaal/inloggen")
        other = door.browser()
        other.log_in("bas@gemeente.example")
        assert other.logged_in

    def test_inviting_again_changes_name_and_role_without_a_mail(self, door: Door, browser: Browser) -> None:
        door.invite("bas@gemeente.example")
        other = door.browser()
        other.log_in("bas@gemeente.example")
        page = self.send(browser, email="bas@gemeente.example", naam="Bas Smit", rol="coordinator")
        assert "De gegevens zijn aangepast." in page
        assert door.post.deliver() == []
        assert other.get(PEOPLE).status_code == 200

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("email", "bas", "Vul een mailadres in"),
            ("email", "bas@x.example\nBcc: y@z.example", "Vul een mailadres in"),
            ("email", f"{'b' * 65}@x.example", "Vul een mailadres in"),
            ("email", "cor@gemeente.example", "Dit ben je zelf."),
            ("naam", " ", "Vul een naam in"),
            ("naam", "n" * 121, "Vul een naam in"),
            ("naam", "Bas\x00", "Vul een naam in"),
            ("rol", "", "Kies een rol"),
            ("rol", "baas", "Kies een rol"),
        ],
    )
    def test_fault_is_named_at_its_field_and_nobody_is_invited(
        self, door: Door, browser: Browser, field: str, value: str, message: str
    ) -> None:
        typed = {"email": "bas@x.example", "naam": "Bas Smit", "rol": "evenement", field: value}
        page = self.send(browser, **typed)
        assert f'<a href="#{field}">{message}' in page
        assert f'aria-describedby="{field}-fout"' in page
        assert len(door.portal.people()) == 1
        assert door.post.deliver() == []

    def test_owner_is_invited_for_initiatives_by_a_coordinator_with_a_passkey(
        self, door: Door, browser: Browser
    ) -> None:
        browser.confirm()
        fields = {"email": "olga@x.example", "naam": "Olga", "rol": "eigenaar"}
        self.send(browser, **fields, initiatief=["spot035", "kvk"])
        person = door.repository.find("olga@x.example")
        assert person
        assert person.initiatives == {"spot035", "kvk"}
        assert "SPOT035" in browser.get(PEOPLE).text.split("</table>")[0]
        self.send(browser, **fields, initiatief=["kvk"])
        assert [found.email for found in door.repository.owners_of("kvk")] == ["olga@x.example"]
        assert door.repository.owners_of("spot035") == []

    def test_owner_is_not_invited_by_who_only_has_a_mailed_link(self, door: Door, browser: Browser) -> None:
        page = self.send(browser, email="olga@x.example", naam="Olga", rol="eigenaar", initiatief=["kvk"])
        assert "Bevestig eerst met je passkey dat jij het bent." in page
        assert 'value="kvk" checked' in page.replace(' id="initiatief"', "")
        assert door.repository.find("olga@x.example") is None

    @pytest.mark.parametrize(
        ("role", "chosen", "message"),
        [
            ("eigenaar", [], "Kies bij de rol eigenaar minstens één initiatief."),
            ("eigenaar", ["kvk", "bestaat-niet"], "Dit initiatief kennen we niet."),
            ("evenement", ["kvk"], "Een initiatief hoort alleen bij de rol eigenaar."),
        ],
    )
    def test_initiatives_that_do_not_go_with_the_role_are_named(
        self, door: Door, browser: Browser, role: str, chosen: list[str], message: str
    ) -> None:
        browser.confirm()
        page = self.send(browser, email="olga@x.example", naam="Olga", rol=role, initiatief=chosen)
        assert f'<a href="#initiatief">{message}' in page
        assert door.repository.find("olga@x.example") is None

    def test_passkeys_are_taken_back_with_a_mail_and_the_person_is_out(self, door: Door, browser: Browser) -> None:
        other = door.browser()
        other.log_in(door.invite("olga@x.example", "eigenaar", "Olga", {"kvk"}))
        give_passkey(door, "olga@x.example")
        assert 'Trek passkeys in<span class="vh"> van Olga' in browser.get(PEOPLE).text
        browser.confirm()
        page = self.send(browser, f"{PEOPLE}/passkeys", email="olga@x.example")
        assert "De passkeys zijn ingetrokken." in page
        (mail,) = door.post.deliver()
        assert (mail.to, mail.link) == ("olga@x.example", f"{HERE}/portaal/inloggen")
        assert not other.logged_in
        assert door.rows("passkey") == []

    def test_passkeys_are_not_taken_back_by_who_only_has_a_mailed_link(self, door: Door, browser: Browser) -> None:
        give_passkey(door, door.invite("olga@x.example", "eigenaar", "Olga", {"kvk"}))
        page = self.send(browser, f"{PEOPLE}/passkeys", email="olga@x.example")
        assert "Bevestig eerst met je passkey dat jij het bent." in page
        assert len(door.rows("passkey")) == 1
        assert door.post.deliver() == []

    def test_withdrawn_person_is_out_and_off_the_list(self, door: Door, browser: Browser) -> None:
        other = door.browser()
        other.log_in(door.invite("bas@gemeente.example"))
        page = self.send(browser, f"{PEOPLE}/intrekken", email="bas@gemeente.example")
        assert "Deze persoon kan niet meer inloggen." in page
        assert "bas@gemeente.example" not in page
        assert not other.logged_in

    def test_coordinator_cannot_withdraw_herself(self, door: Door, browser: Browser) -> None:
        assert "Dit ben je zelf." in self.send(browser, f"{PEOPLE}/intrekken", email="cor@gemeente.example")
        assert browser.logged_in

    @pytest.mark.parametrize("role", ["evenement", "werkgroep"])
    @pytest.mark.parametrize("path", [PEOPLE, f"{PEOPLE}/intrekken"])
    def test_other_roles_cannot(self, door: Door, browser: Browser, role: str, path: str) -> None:
        other = door.browser()
        other.log_in(door.invite("bas@gemeente.example", role))
        fields = {"email": "cor@gemeente.example", "naam": "Dief", "rol": "coordinator"}
        response = other.send(path, formulier=other.token(PEOPLE), **fields)
        assert response.status_code == 403
        assert browser.logged_in
        assert [person.name for person in door.portal.people()] == ["Anna Bos", "Cor"]


class TestCommand:
    @pytest.fixture(autouse=True)
    def database(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        url = f"sqlite:///{tmp_path / 'x.db'}"
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("MAIL_FOLDER", str(tmp_path / "mail"))
        return url

    def people(self, url: str) -> list[Person]:
        engine = open_database(url)
        found = PortalRepository(engine).people()
        engine.dispose()
        return found

    def test_invited_person_is_there_and_is_told_where_to_log_in(
        self, database: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        assert main(ANNA) == 0
        (person,) = self.people(database)
        assert (person.email, person.name, person.role, person.active) == (
            "anna@gemeente.example",
            "Anna Bos",
            "werkgroep",
            True,
        )
        assert f"{HERE}/portaal/inloggen" in capsys.readouterr().out
        (mail,) = (tmp_path / "mail").iterdir()
        assert "To: anna@gemeente.example" in mail.read_text()

    def test_inviting_again_changes_the_role(self, database: str, capsys: pytest.CaptureFixture[str]) -> None:
        main(ANNA)
        assert main([*ANNA[:-1], "coordinator"]) == 0
        assert [person.role for person in self.people(database)] == ["coordinator"]
        assert "had al een account" in capsys.readouterr().out

    def test_withdrawn_person_is_off_the_list_and_can_be_invited_again(
        self, database: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(ANNA)
        assert main(["intrekken", "--email", "ANNA@gemeente.example"]) == 0
        assert self.people(database) == []
        assert main(ANNA) == 0
        assert [person.active for person in self.people(database)] == [True]
        assert "overal uitgelogd" in capsys.readouterr().out

    def test_withdrawn_person_whose_work_is_kept_is_listed_as_such(
        self, database: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(ANNA)
        (person,) = self.people(database)
        engine = open_database(database)
        with engine.begin() as connection:
            proposed = {"id": "1", "initiative": "kvk", "account": person.id, "fields": {}, "note": "", "answer": ""}
            connection.execute(insert(ProposedChange), proposed | {"made_on": date.today(), "state": "voorgesteld"})
        engine.dispose()
        main(["intrekken", "--email", "anna@gemeente.example"])
        assert main(["lijst"]) == 0
        assert "anna@gemeente.example  Anna Bos  (ingetrokken)" in capsys.readouterr().out

    def test_owner_is_invited_for_initiatives(self, database: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*ANNA[:-1], "eigenaar", "--initiatief", "spot035, kvk"]) == 0
        (person,) = self.people(database)
        assert person.initiatives == {"kvk", "spot035"}
        assert "als eigenaar kvk spot035" in capsys.readouterr().out

    def test_empty_list_says_how_to_begin(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["lijst"]) == 0
        assert "make invite" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["uitnodigen"], "email: Vul een mailadres in"),
            ([*ANNA[:-1], "baas"], "rol: Kies een rol. Dat is evenement, eigenaar, werkgroep, coordinator."),
            (
                [*ANNA[:-1], "eigenaar"],
                "initiatief: Kies bij de rol eigenaar minstens één initiatief. De",
            ),
            (
                [*ANNA[:-1], "eigenaar", "--initiatief", "spot"],
                "initiatief: Dit initiatief kennen we niet. De",
            ),
            ([*ANNA, "--initiatief", "kvk"], "initiatief: Een initiatief hoort alleen bij de rol eigenaar."),
            (["intrekken", "--email", "anna"], "email: Vul een mailadres in"),
            (["intrekken", "--email", "anna@gemeente.example"], "Met dit mailadres kan niemand inloggen."),
        ],
    )
    def test_fault_is_named_and_changes_nothing(
        self, database: str, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
    ) -> None:
        assert main(arguments) == 1
        assert message in capsys.readouterr().err
        assert self.people(database) == []

    def test_mail_that_cannot_be_sent_is_told_and_the_account_is_there(
        self, database: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1")
        assert main(ANNA) == 1
        assert "de mail is niet verstuurd" in capsys.readouterr().err
        assert len(self.people(database)) == 1

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("SMTP_URL", "http://naam:geheim@x"),
            ("MAIL_FROM", "geen adres"),
            ("DATABASE_URL", "sqlite:////bestaat/niet/x.db"),
        ],
    )
    def test_setting_that_is_wrong_is_named_without_its_secret(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
    ) -> None:
        monkeypatch.setenv(name, value)
        assert main(["lijst"]) == 1
        said = capsys.readouterr().err
        assert name in said
        assert "geheim" not in said
