"""Software of owners: real servers, with certificates of an authority of their own."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "crm.example"
Answer = Callable[["Handler"], None]


class Receiver:
    """What came: body and headers of each message, and under which name the server was called (SNI)."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.came: list[tuple[bytes, dict[str, str]]] = []
        self.names: list[str | None] = []
        self.answer: Answer = status(204)


class Handler(BaseHTTPRequestHandler):
    """Notes a message and lets the test answer."""

    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.receiver.came.append((body, {name.lower(): value for name, value in self.headers.items()}))
        with suppress(ConnectionError, ssl.SSLError):
            self.receiver.answer(self)

    def log_message(self, *_given: Any) -> None:
        """Say nothing."""


def status(code: int, **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


class Server(ThreadingHTTPServer):
    """Without words about visitors who hang up."""

    daemon_threads = True

    def handle_error(self, *_given: Any) -> None:
        """Say nothing."""


@contextmanager
def running(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A server on this machine; over TLS with a context."""
    server = Server(("127.0.0.1", 0), Handler)
    receiver = Receiver(server.server_port)
    server.RequestHandlerClass = type("Handler", (Handler,), {"receiver": receiver})
    if context is not None:
        context.sni_callback = lambda _socket, name, _context: receiver.names.append(name)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Authority:
    """An authority of this test's own, which gives certificates and is believed by whoever has its context."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Proef")])
        constraints = x509.BasicConstraints(ca=True, path_length=None)
        builder = _builder(self._name, self._name, self._key.public_key()).add_extension(constraints, critical=True)
        self._certificate = builder.sign(self._key, hashes.SHA256())

    def believed(self) -> ssl.SSLContext:
        """For a client."""
        pem = self._certificate.public_bytes(serialization.Encoding.PEM).decode()
        return ssl.create_default_context(cadata=pem)

    def server(self, host: str = HOST) -> ssl.SSLContext:
        """For the server of a host."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        builder = _builder(name, self._name, key.public_key()).add_extension(names, critical=False)
        certificate = builder.sign(self._key, hashes.SHA256())
        path = self._folder / f"{host}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _builder(subject: x509.Name, issuer: x509.Name, key: Any) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
