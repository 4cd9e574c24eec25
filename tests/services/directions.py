"""Streets whose legs tell what to do on the way, whether the router does or not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

import pytest

from backend.demo.found import CITIES
from backend.planning import day
from backend.planning.streets import Streets, open_streets
from routing.roads import Leg, Manoeuvre, Place, RoadNetwork, TravelMatrix, Unreachable

NAMES = (
    "Annankatu",
    "Bulevardi",
    "Mannerheimintie",
    "Yrjönkatu",
    "Pohjoisesplanadi",
    "Kaivokatu",
    "Unioninkatu",
    "Lönnrotinkatu",
)
BENDS = ("right", "slight_left", "left", "sharp_right")
SIDES = ("right", "left")


@dataclass(frozen=True, kw_only=True, slots=True)
class TellingNetwork:
    """The streets of a city; where their legs tell nothing, something plausible."""

    streets: RoadNetwork
    numbers: "count[int]"

    @property
    def is_estimate(self) -> bool:
        return self.streets.is_estimate

    def snap(self, lat_deg: float, lon_deg: float) -> Place | Unreachable:
        return self.streets.snap(lat_deg, lon_deg)

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        return self.streets.matrix(places)

    def path(self, start: Place, end: Place) -> Leg:
        leg = self.streets.path(start, end)
        return replace(
            leg, manoeuvres=leg.manoeuvres or invent(leg, next(self.numbers))
        )


def invent(leg: Leg, number: int) -> tuple[Manoeuvre, ...]:
    """Four manoeuvres along a leg: off, a bend, a roundabout now and then, there."""
    quarter_m = leg.distance_m // 4
    kinds = ("depart", "turn", "roundabout" if number % 3 == 1 else "turn", "arrive")
    metres = (quarter_m, quarter_m, leg.distance_m - 2 * quarter_m, 0)
    steps = []
    for row, (kind, distance_m) in enumerate(zip(kinds, metres, strict=True)):
        lat_deg, lon_deg = leg.points[(len(leg.points) - 1) * row // 3]
        bend = SIDES[number % 2] if kind == "arrive" else BENDS[(number + row) % 4]
        steps.append(
            Manoeuvre(
                kind=kind,  # type: ignore[arg-type]
                bend=bend,  # type: ignore[arg-type]
                street="" if kind == "arrive" else NAMES[(number + row) % len(NAMES)],
                distance_m=distance_m,
                lat_deg=lat_deg,
                lon_deg=lon_deg,
                exit_number=2 if kind == "roundabout" else None,
            )
        )
    return tuple(steps)


@pytest.fixture
def telling_streets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plan on the demo city's streets, with something to do on every leg."""
    known = open_streets(CITIES, "helsinki")
    network = TellingNetwork(streets=known.network, numbers=count())
    told = Streets(network=network, label=known.label)
    monkeypatch.setattr(day, "open_streets", lambda _cities, _city: told)
