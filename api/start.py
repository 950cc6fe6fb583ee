"""`make start`, after everything is installed and trained: look before the leap, then hand over to the process manager.

Checks the data and the settings, brings the database up to date, and makes sure that the ports are free.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from analytics.database import MigrationFailed, NewerDatabase, migrate, what_is_wrong
from analytics.rounding_secret import BadSecret, rounding_secret
from api.identity.provider import IdentityProvider, IdentitySettingsError
from api.leads.keys import BadKeys, read_keys
from api.limits.protocol import proxies
from api.mail import Mailer, MailSettingsError
from api.operations import security_txt
from api.operations.security_txt import BadSecurityContact
from api.settings import Settings
from knowledge.check import problems

VAR = Path("var")
REDIS_SCHEMES = {"redis", "rediss", "unix"}
SHORTEST_SECRET = 32  # characters; bot/guard.py and actions/server.py take nothing shorter


def taken_port(settings: Settings) -> str | None:
    """Which port is in use, and what to do about it; None when all are free."""
    ports = (
        ("GATEWAY_PORT", settings.gateway_host, settings.gateway_port),
        *(("RASA_PORT", "127.0.0.1", port) for port in settings.rasa_ports),
        ("ACTIONS_PORT", "127.0.0.1", settings.actions_port),
    )
    for name, host, port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                return (
                    f"Port {port} on {host} cannot be used ({error.strerror}). Stop the other program, "
                    f"or choose another port: {name}={port + 1000} make start"
                )
    return None


def main() -> NoReturn:
    """Check, migrate and become the process manager. Exits with a message when something is wrong."""
    VAR.mkdir(exist_ok=True)
    settings = Settings()
    found = problems()
    if found:
        sys.exit("\n".join([*map(str, found), "The data in knowledge/ has faults, so nothing was started."]))
    try:
        Mailer(settings)
        IdentityProvider(settings)
        if settings.rounding_secret:
            rounding_secret(settings.rounding_secret, settings.secrets_folder)
        read_keys(settings)
        security_txt.check(settings, datetime.now(UTC))
    except (BadSecurityContact, MailSettingsError, IdentitySettingsError, BadSecret, BadKeys) as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"{settings.secrets_folder} cannot be written ({type(error).__name__}). Check SECRETS_FOLDER.")
    if settings.parts_secret and len(settings.parts_secret) < SHORTEST_SECRET:
        sys.exit("PARTS_SECRET is too short. Leave it out, or take the output of: openssl rand -hex 32")
    if settings.redis_url and urlsplit(settings.redis_url).scheme not in REDIS_SCHEMES:
        sys.exit("REDIS_URL: write it as redis://host:6379/0, or rediss:// for a connection that is encrypted.")
    try:
        proxies(settings.forwarded_allow_ips)
    except ValueError:
        sys.exit("FORWARDED_ALLOW_IPS: name addresses and networks of proxies. With * anybody could choose an address.")
    fault = taken_port(settings)
    if fault:
        sys.exit(fault)
    try:
        migrate(settings.database_url)
    except (NewerDatabase, MigrationFailed) as error:
        sys.exit(str(error))
    except SQLAlchemyError as error:
        sys.exit(f"The database cannot be used: {what_is_wrong(error)}. Check DATABASE_URL and that it is writable.")
    become_process_manager(settings)


def become_process_manager(settings: Settings) -> NoReturn:
    """Hand over to the process manager, which runs until it is told to stop."""
    print("Starting Rasa, the actions and the gateway; this takes some seconds. Ctrl-C stops all of them.", flush=True)
    environment = os.environ | {
        "RASA_PORT": str(settings.rasa_port),
        "RASA_WORKERS": str(settings.rasa_workers),
        "ACTIONS_PORT": str(settings.actions_port),
        # In the environment only: arguments can be read by every user of the machine, and a file would be one to keep.
        "PARTS_SECRET": settings.parts_secret or secrets.token_hex(32),
    }
    make_output_reopenable()
    command = [sys.executable, "-W", "ignore", "-m", "supervisor.supervisord", "--configuration", "supervisord.conf"]
    os.execve(sys.executable, command, environment)  # noqa: S606  # the process manager takes the place of this one


def make_output_reopenable() -> None:
    """Put a pipe before an output that cannot be opened anew, as the process manager does for each process it starts.

    What systemd gives for its journal cannot: it is a socket. Nor can a file that another user opened.
    """
    try:
        os.close(os.open("/dev/fd/1", os.O_WRONLY | os.O_APPEND))
    except OSError:
        # Who stops everything at once must not stop this one before the last words; it ends after them by itself.
        before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
        carrier = subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE)
        for number, handler in before.items():
            signal.signal(number, handler)
        assert carrier.stdin is not None
        os.dup2(carrier.stdin.fileno(), sys.stdout.fileno())


if __name__ == "__main__":
    main()
