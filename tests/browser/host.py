"""Pages of another website, on an origin of its own."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.product.running import Product

STRICT = (
    "default-src 'none'; script-src {assistant}; connect-src {assistant}; img-src data:; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'; report-uri /schendingen"
)
PAGE = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Gemeente</title><link rel="icon" href="data:,">{head}
<script src="{script}" {integrity} crossorigin="anonymous" defer></script></head>
<body><main><h1>Ondernemen</h1><p><a href="{next}">Volgende pagina</a></p>{body}</main>
<mkb-assistent site="{site}" taal="nl" {attributes}><a href="/contact">Stel je vraag aan de gemeente</a></mkb-assistent>
</body></html>"""


class Host:
    """A website with pages that tests make up."""

    def __init__(self, product: Product, script: str, integrity: str) -> None:
        self.product = product
        self.pages: dict[str, tuple[str, dict[str, str]]] = {}
        self.violations: list[str] = []
        self._script = {"script": product.url + script, "integrity": f'integrity="{integrity}"'}
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = host.pages.get(self.path)
                body = found[0].encode() if found else b""
                self.send_response(200 if found else 404)
                for name, value in (found[1] if found else {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                host.violations.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def put(self, path: str, *, policy: str | None = None, site: str = "demo", **parts: str) -> str:
        """Make a page with the widget; gives its address. `parts` fill in head, body, attributes, next or integrity."""
        filled = {"head": "", "body": "", "attributes": "", "next": "/", **self._script, **parts}
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if policy:
            headers["Content-Security-Policy"] = policy.format(assistant=self.product.url)
        self.pages[path] = (PAGE.format(site=site, **filled), headers)
        return self.origin + path

    def put_file(self, path: str, text: str, kind: str) -> None:
        """Serve something that is no page."""
        self.pages[path] = (text, {"Content-Type": kind})
