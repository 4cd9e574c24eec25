"""The application's live events, with the time at which each came."""

import json
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Wanted = Callable[[str, Any], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One event; `at_s` is time.monotonic()."""

    at_s: float
    name: str
    data: Any


class Events:
    """Follow the stream in a thread and remember everything."""

    def __init__(self, url: str) -> None:
        self._reply = urllib.request.urlopen(url + "/api/v1/events", timeout=60)
        self._condition = threading.Condition()
        self._seen: list[Seen] = []
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        name = ""
        for line in self._reply:
            text = line.decode().strip()
            if text.startswith("event: "):
                name = text.removeprefix("event: ")
            elif text.startswith("data: "):
                data = json.loads(text.removeprefix("data: "))
                with self._condition:
                    self._seen.append(Seen(at_s=time.monotonic(), name=name, data=data))
                    self._condition.notify_all()

    def wait(self, is_it: Wanted, *, since_s: float, timeout_s: float = 60.0) -> float:
        """Return when the first wanted event after `since_s` came."""
        give_up_s = time.monotonic() + timeout_s
        with self._condition:
            while True:
                for each in self._seen:
                    if each.at_s >= since_s and is_it(each.name, each.data):
                        return each.at_s
                if not self._condition.wait(give_up_s - time.monotonic()):
                    raise TimeoutError("the event never came")
