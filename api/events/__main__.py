"""`make event` and `make events`: register a network event, and list them, for who works on the server."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date

from sqlalchemy.exc import SQLAlchemyError

from analytics.database import migrate, open_database, what_is_wrong
from api.events.repository import Events
from api.events.service import Created, Event, EventPlan, EventService, Unplanned
from api.settings import Settings
from knowledge.base import load
from knowledge.intake import OPEN
from knowledge.loading import KnowledgeError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api.events", description="Evenementen aanmaken en bekijken.")
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("maak", help="maak een evenement aan; toont de code en de medewerkerssleutel")
    making.add_argument("--naam", required=True, help="zoals op de poster")
    making.add_argument("--datum", required=True, type=_day, help="dag van het evenement: 2026-12-03")
    making.add_argument("--gemeente", required=True, help='naam of CBS-code: Zeist of "GM0355"')
    making.add_argument("--organisator", required=True, help="naam van de organisatie")
    making.add_argument("--site", required=True, help="id van de site in wiens naam; wat bij demo hoort, telt niet mee")
    making.add_argument("--laatste-dag", type=_day, help="laatste dag dat de code werkt (standaard: 2 weken erna)")
    commands.add_parser("lijst", help="toon alle evenementen")
    renewing = commands.add_parser("sleutel", help="geef een evenement een nieuwe medewerkerssleutel")
    renewing.add_argument("code")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is geen datum. Schrijf jaar-maand-dag: 2026-12-03.") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command. Returns the exit code: 0 when it was done, 1 when something is wrong."""
    asked = _parser().parse_args(arguments)
    settings = Settings()
    try:
        migrate(settings.database_url)
        knowledge = load()
    except (SQLAlchemyError, KnowledgeError) as error:
        print(f"De gegevens zijn niet te gebruiken: {what_is_wrong(error)}", file=sys.stderr)
        return 1
    engine = open_database(settings.database_url)
    service = EventService(Events(engine), knowledge)
    try:
        if asked.command == "lijst":
            return _list(service)
        if asked.command == "sleutel":
            return _renew(service, asked.code)
        reading = knowledge.places.read(asked.gemeente, asked.datum)
        place = reading.places[0].code if reading and reading.certain else OPEN
        code = asked.gemeente.upper() if asked.gemeente.upper().startswith("GM") else place
        plan = EventPlan(asked.naam, asked.datum, code, asked.organisator, asked.site, asked.laatste_dag)
        return _make(service, plan, settings)
    finally:
        engine.dispose()


def _make(service: EventService, plan: EventPlan, settings: Settings) -> int:
    try:
        created = service.create(plan, date.today())
    except Unplanned as unplanned:
        for name, fault in unplanned.faults.items():
            print(f"{name}: {fault}", file=sys.stderr)
        return 1
    _show(created, settings.public_url or f"http://{settings.gateway_host}:{settings.gateway_port}")
    return 0


def _show(created: Created, base: str) -> None:
    event = created.event
    print(f"{event.name} staat klaar. De code werkt tot en met {event.last_day.isoformat()}.")
    print(f"Code:                {event.code}")
    print(f"Medewerkerssleutel:  {created.staff_key}  (schrijf hem op: hij is maar een keer te zien)")
    print(f"Gesprek:             {base}/e/{event.code}")
    print(f"Formulier:           {base}/f/{event.code}")
    print(f"Intake op tablet:    {base}/intake/{event.code}")


def _list(service: EventService) -> int:
    today = date.today()
    events: list[Event] = service.all()
    for event in events:
        print(f"{event.day.isoformat()}  {event.code:<16}  {event.state(today):<10}  {event.name}")
    if not events:
        print("Er zijn nog geen evenementen.")
    return 0


def _renew(service: EventService, code: str) -> int:
    event = service.find(code)
    if event is None:
        print("Een evenement met deze code bestaat niet. Kijk in de lijst: python -m api.events lijst", file=sys.stderr)
        return 1
    print(f"Nieuwe medewerkerssleutel van {event.code}: {service.new_staff_key(event.code)}")
    print("De oude werkt niet meer; wie ermee was aangemeld, is afgemeld.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
