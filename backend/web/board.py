"""All bins as the map shows them, ready to send.

Ten thousand bins take a third of a second to look up, and no time to send. So they are
kept, and what the database says has changed (NOTIFY) is looked up again when
somebody asks. Notifications come in the order of the commits: who has heard a mark
of his own has heard of everything that was there when he asked.
"""

import threading
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, Any, cast

from fastapi import Depends, Request
from psycopg import Connection
from pydantic import TypeAdapter

from backend.store.bins import find_slots_of_changes, load_bins
from backend.store.marks import set_mark
from backend.web.geojson import BinFeature, to_feature

MARK_PATIENCE_S = 1.0

_HEAD, _TAIL = b'{"features":[', b'],"type":"FeatureCollection"}'
_FEATURE = TypeAdapter(BinFeature)


@dataclass(slots=True)
class _Changes:
    """What may be different from what is kept; `all` says: anything."""

    all: bool = False
    slots: set[int] = field(default_factory=set)
    devices: set[int] = field(default_factory=set)
    stops: set[int] = field(default_factory=set)

    def note(self, said: dict[str, Any]) -> None:
        """Take in what a notification says."""
        match said["kind"]:
            case "readings":
                self.devices.update(said["devices"])
            case "slots" | "alarms":
                self.slots.update(said["slots"])
            case "stop":
                self.stops.add(said["stop"])
            case "plan" | "clock" | "sites":
                self.all = True


class Board:
    """State to guard: the JSON of each bin, and what may have changed since."""

    def __init__(self) -> None:
        self.is_listening = False
        self._lock = threading.Lock()
        self._changes_lock = threading.Lock()
        self._changes = _Changes(all=True)
        self._marks: dict[str, threading.Event] = {}
        self._features: dict[int, bytes] = {}
        self._untold: set[int] = set()
        self._text: bytes | None = None

    def begin_hearing(self) -> None:
        """Begin to believe in notifications; what was said before is unknown."""
        self.doubt()
        self.is_listening = True

    def end_hearing(self) -> None:
        """From here on nothing is known until it is heard again."""
        self.is_listening = False
        for heard in list(self._marks.values()):
            heard.set()

    def doubt(self) -> None:
        """Look everything up again when somebody asks next: time goes by, too."""
        with self._changes_lock:
            self._changes.all = True

    def hear(self, said: dict[str, Any]) -> None:
        """Note what the database says."""
        if said["kind"] == "mark":
            heard = self._marks.get(said["mark"])
            if heard is not None:
                heard.set()
            return
        with self._changes_lock:
            self._changes.note(said)

    def read(self, conn: Connection[Any]) -> bytes:
        """Return all bins as GeoJSON, as they are in the database now."""
        if not (self.is_listening and self._await_mark(conn)):
            self.doubt()
        with self._lock:
            self._catch_up(conn)
            if self._text is None:
                self._text = _collect(self._features.values())
            return self._text

    def renew(self, conn: Connection[Any]) -> bytes | None:
        """Look up what has changed; return what to tell the pages, None: nothing."""
        with self._lock:
            self._catch_up(conn)
            untold, self._untold = self._untold, set()
            found = [self._features[i] for i in sorted(untold) if i in self._features]
            return _collect(found) if found else None

    def _await_mark(self, conn: Connection[Any]) -> bool:
        """Wait until everything is heard that was committed before; False: in vain."""
        mark, heard = uuid.uuid4().hex, threading.Event()
        self._marks[mark] = heard
        try:
            set_mark(conn, mark)
            return heard.wait(MARK_PATIENCE_S) and self.is_listening
        finally:
            del self._marks[mark]

    def _catch_up(self, conn: Connection[Any]) -> None:
        with self._changes_lock:
            changes, self._changes = self._changes, _Changes()
        try:
            self._take_in(conn, changes)
        except BaseException:
            self.doubt()
            raise

    def _take_in(self, conn: Connection[Any], changes: _Changes) -> None:
        changed = changes.slots | find_slots_of_changes(
            conn, devices=changes.devices, stops=changes.stops
        )
        self._untold |= changed
        if changes.all:
            self._features = _load(conn, None)
        elif changed:
            found = _load(conn, sorted(changed))
            if changed & self._features.keys() != found.keys():
                kept = self._features.items()
                rest = {key: text for key, text in kept if key not in changed}
                self._features = dict(sorted((rest | found).items()))
            self._features.update(found)
        if changes.all or changed:
            self._text = None


def _collect(features: Iterable[bytes]) -> bytes:
    """Write a collection; six megabytes are copied once, not twice."""
    listed = list(features)
    if not listed:
        return _HEAD + _TAIL
    listed[0] = _HEAD + listed[0]
    listed[-1] += _TAIL
    return b",".join(listed)


def _load(conn: Connection[Any], slot_ids: list[int] | None) -> dict[int, bytes]:
    return {
        each.slot_id: _FEATURE.dump_json(to_feature(each))
        for each in load_bins(conn, slot_ids)
    }


def find_board(request: Request) -> Board:
    """Return the application's."""
    return cast("Board", request.app.state.hub.board)


CurrentBoard = Annotated[Board, Depends(find_board)]
