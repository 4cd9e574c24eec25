"""The demo's crew and fleet use the public API, as any integrator would."""

import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

TIMEOUT_S = 20.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One event of the live stream."""

    name: str
    data: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class ApiClient:
    """Where the application is."""

    base_url: str

    def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """Read a resource."""
        with urllib.request.urlopen(self.base_url + path, timeout=TIMEOUT_S) as reply:
            return json.load(reply)

    def post(self, path: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Send something."""
        return self._send("POST", path, body)

    def put(self, path: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Set something."""
        return self._send("PUT", path, body)

    def _send(self, method: str, path: str, body: dict[str, Any]) -> Any:  # noqa: ANN401
        request = urllib.request.Request(
            self.base_url + path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as reply:
            return json.load(reply)

    def listen(self) -> Iterator[Event]:
        """Yield live events until the stream ends."""
        request = urllib.request.Request(self.base_url + "/api/v1/events")
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as reply:
            name = ""
            for line in reply:
                text = line.decode().rstrip("\n")
                if text.startswith("event: "):
                    name = text.removeprefix("event: ")
                elif text.startswith("data: "):
                    yield Event(name=name, data=json.loads(text.removeprefix("data: ")))


def parse_time(text: str) -> datetime:
    """Read a time of the API."""
    return datetime.fromisoformat(text)
