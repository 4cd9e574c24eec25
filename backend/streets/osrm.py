"""Ways from an OSRM server that the operator runs (HTTP API version 1).

Source: the project's HTTP API documentation. Its truck limits and closures are those
that the server was built with.
"""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from backend.streets.osrm_steps import read_steps
from routing.roads import (
    Leg,
    Place,
    Profile,
    Rows,
    SparseMatrix,
    TravelMatrix,
    Unreachable,
    fill_matrix,
    pick_sparse,
)

TIMEOUT_S = 30.0
MAX_SNAP_M = 250.0
NOWHERE = -1
# A table's sources and destinations together; a server that takes fewer says so.
LARGEST_TABLE, SMALLEST_TABLE = 1000, 2
# Where the server knows no way: longer than any shift, so that nobody is sent.
NO_WAY_S = 24 * 3600
NO_WAY_M = 1_000_000


class OsrmError(RuntimeError):
    """The server does not answer as it should; the message says what to look at."""


class OsrmNetwork:
    """Streets as an OSRM server knows them."""

    def __init__(self, url: str, *, profile: str = "driving") -> None:
        if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
            raise OsrmError(f"{url}: an address like http://localhost:5000 is wanted")
        self._url, self._profile = url.rstrip("/"), profile
        self._table_size = LARGEST_TABLE

    def snap_for_all(self, lat_deg: float, lon_deg: float) -> Place | Unreachable:
        """Ask for the same: the server has one kind of vehicle."""
        return self.snap(lat_deg, lon_deg)

    def can_reach(self, _place: Place, _profile: Profile) -> bool:
        """Say yes: the server has one kind of vehicle."""
        return True

    def snap(self, lat_deg: float, lon_deg: float) -> Place | Unreachable:
        """Ask for the nearest street."""
        if not (abs(lat_deg) <= 90 and abs(lon_deg) <= 180):  # noqa: PLR2004
            return Unreachable(reason=f"{lat_deg}, {lon_deg} is no point on Earth")
        found = self._ask("nearest", f"{lon_deg:.7f},{lat_deg:.7f}", number=1)
        if found["code"] != "Ok":
            return Unreachable(reason=f"OSRM knows no street there ({found['code']})")
        point = found["waypoints"][0]
        if point["distance"] > MAX_SNAP_M:
            away = f"{point['distance']:.0f} m away (limit {MAX_SNAP_M:.0f} m)"
            return Unreachable(reason=f"the nearest street that OSRM knows is {away}")
        lon, lat = point["location"]
        return Place(
            lat_deg=lat,
            lon_deg=lon,
            edge=NOWHERE,
            offset_m=0.0,
            distance_m=point["distance"],
            side="right",
        )

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Ask for tables of all pairs, block by block."""
        return fill_matrix(self._rows(places), len(places))

    def sparse(
        self, places: Sequence[Place], *, hubs: int, neighbours: int
    ) -> SparseMatrix:
        """Ask for tables of all pairs, and keep the nearest."""
        rows = self._rows(places)
        return pick_sparse(rows, len(places), hubs=hubs, neighbours=neighbours)

    def path(self, start: Place, end: Place) -> Leg:
        """Ask for a route with its steps."""
        options = {"overview": "full", "geometries": "geojson", "steps": "true"}
        found = self._ask("route", _points([start, end]), **options)
        if found["code"] != "Ok":
            raise OsrmError(
                f"OSRM finds no way from {start.lat_deg}, {start.lon_deg} to "
                f"{end.lat_deg}, {end.lon_deg}: {found['code']}"
            )
        route = found["routes"][0]
        line = route["geometry"]["coordinates"]
        return Leg(
            points=tuple((lat, lon) for lon, lat in line),
            travel_s=round(route["duration"]),
            distance_m=round(route["distance"]),
            manoeuvres=read_steps(route["legs"][0]["steps"]),
        )

    def _rows(self, places: Sequence[Place]) -> Iterator[Rows]:
        begin = 0
        while begin < len(places):
            half = self._table_size // 2
            sources = places[begin : begin + half]
            blocks = [
                self._table(sources, places[first : first + half])
                for first in range(0, len(places), half)
            ]
            if any(block is None for block in blocks):
                self._table_size = half
                continue
            seconds, metres = (
                np.hstack([block[which] for block in blocks if block is not None])
                for which in (0, 1)
            )
            yield np.arange(begin, begin + len(sources)), seconds, metres
            begin += len(sources)

    def _table(
        self, sources: Sequence[Place], ends: Sequence[Place]
    ) -> tuple[Any, Any] | None:
        """Ask for one table; None if it is too large for the server."""
        found = self._ask(
            "table",
            _points([*sources, *ends]),
            sources=";".join(map(str, range(len(sources)))),
            destinations=";".join(
                map(str, range(len(sources), len(sources) + len(ends)))
            ),
            annotations="duration,distance",
        )
        if found["code"] == "TooBig" and self._table_size > SMALLEST_TABLE:
            return None
        if found["code"] != "Ok":
            raise OsrmError(f"{self._url}: no table: {found.get('message', found)}")
        return (
            _whole(found["durations"], otherwise=NO_WAY_S),
            _whole(found["distances"], otherwise=NO_WAY_M),
        )

    def _ask(self, service: str, points: str, **options: object) -> dict[str, Any]:
        query = urllib.parse.urlencode(options, safe=";,")
        address = f"{self._url}/{service}/v1/{self._profile}/{points}?{query}"
        try:
            with urllib.request.urlopen(address, timeout=TIMEOUT_S) as response:  # noqa: S310
                return _read(response.read(), self._url)
        except urllib.error.HTTPError as error:
            # OSRM says what is wrong in the body of a 400.
            with error:
                return _read(error.read(), self._url)
        except OSError as error:
            raise OsrmError(
                f"{self._url} does not answer: {error}. ULLAGE_OSRM_URL names it"
            ) from error


def _read(body: bytes, url: str) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError as error:
        raise OsrmError(f"{url} does not speak OSRM's API: {body[:80]!r}") from error
    if not isinstance(said, dict) or "code" not in said:
        raise OsrmError(f"{url} does not speak OSRM's API: {body[:80]!r}")
    return said


def _points(places: Sequence[Place]) -> str:
    return ";".join(f"{place.lon_deg:.7f},{place.lat_deg:.7f}" for place in places)


def _whole(table: list[list[float | None]], *, otherwise: int) -> Any:  # noqa: ANN401
    numbers = [[otherwise if x is None else x for x in row] for row in table]
    return np.rint(np.array(numbers, np.float64)).astype(np.int32)
