"""`/health` for a supervisor, `/metrics` for Prometheus."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from gateway.errors import SettingsError
from gateway.metrics import Metrics

OK, UNAVAILABLE, NOT_FOUND = 200, 503, 404


def serve_health(host: str, port: int, metrics: Metrics) -> ThreadingHTTPServer:
    """Answer from a thread of its own until it is shut down.

    Raises
    ------
    SettingsError
        If somebody else listens there.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/health":
                stores = metrics.is_reaching_database and metrics.is_storing
                facts = {
                    "broker": "connected" if metrics.is_connected else "away",
                    "database": "storing" if stores else "away",
                }
                self._answer(
                    OK if metrics.is_serving else UNAVAILABLE,
                    "application/json",
                    json.dumps(facts).encode(),
                )
            elif self.path == "/metrics":
                text = generate_latest(metrics.registry)
                self._answer(OK, CONTENT_TYPE_LATEST, text)
            else:
                self._answer(NOT_FOUND, "text/plain", b"/health or /metrics\n")

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Keep the log for what matters."""

    try:
        server = ThreadingHTTPServer((host, port), Handler)
    except OSError as error:
        raise SettingsError(
            f"ULLAGE_GATEWAY_HOST, ULLAGE_GATEWAY_PORT: {host}:{port} cannot be "
            f"listened on: {error.strerror}"
        ) from error
    Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server
