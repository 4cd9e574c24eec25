"""Streets whose legs tell what to do on the way, whether the router does or not."""

from dataclasses import replace
from itertools import count

import pytest

from routing.roads import Leg, Manoeuvre, Place, StreetNetwork

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
    """Give every leg along streets something to do; what the router tells stays."""
    trace, numbers = StreetNetwork.path, count()

    def path(network: StreetNetwork, start: Place, end: Place) -> Leg:
        leg = trace(network, start, end)
        return replace(leg, manoeuvres=leg.manoeuvres or invent(leg, next(numbers)))

    monkeypatch.setattr(StreetNetwork, "path", path)
