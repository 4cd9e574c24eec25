"""A web server of files, some of which are trouble."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

HELSINKI = Path(__file__).parents[2] / "backend/demo/city/helsinki.osm.pbf"
HALF = 300_000


WHOLE = HELSINKI.read_bytes()
BINARY = "application/octet-stream"
# By the folder of the path: content, kind, the length that is said.
ANSWERS = {
    "page": (b"<!DOCTYPE html>Sign in first", "text/html; charset=utf-8", None),
    "rubbish": (b"rubbish", BINARY, None),
    "unmeasured": (WHOLE, BINARY, None),
    "huge": (b"", BINARY, 10**18),
    "cut": (WHOLE[:HALF], BINARY, len(WHOLE)),
    "stall": (WHOLE[:HALF], BINARY, len(WHOLE)),
}


class Handler(BaseHTTPRequestHandler):
    """Sends Helsinki, or what the folder asks for; /stall/ never ends."""

    server: "WebFiles"

    def do_GET(self) -> None:
        kind = Path(self.path).parent.name
        if kind == "gone":
            self.send_error(404)
        elif kind == "moved":
            self.send_response(302)
            self.send_header("Location", "/helsinki.osm.pbf")
            self.end_headers()
        else:
            self._send(*ANSWERS.get(kind, (WHOLE, BINARY, len(WHOLE))))
            if kind == "stall":
                self.server.is_over.wait()

    def _send(self, body: bytes, kind: str, length: int | None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class WebFiles(ThreadingHTTPServer):
    """Knows when the test is over, so that nobody is kept waiting."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.is_over = threading.Event()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def web_files() -> Iterator[str]:
    """Serve them; the address."""
    server = WebFiles()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.url
    server.is_over.set()
    server.shutdown()
    server.server_close()
    thread.join()
