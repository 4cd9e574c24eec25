"""OSRM's route steps as manoeuvres (HTTP API, StepManeuver object)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from routing.roads import Bend, Manoeuvre, ManoeuvreKind

_BENDS: Mapping[str, Bend] = MappingProxyType(
    {
        "straight": "straight",
        "slight right": "slight_right",
        "right": "right",
        "sharp right": "sharp_right",
        "slight left": "slight_left",
        "left": "left",
        "sharp left": "sharp_left",
    }
)
_ROUNDABOUTS = frozenset({"roundabout", "rotary", "roundabout turn"})
# Steps that only say that the street has another name, or that a roundabout was left.
_SILENT = frozenset(
    {"new name", "continue", "notification", "exit roundabout", "exit rotary"}
)


def read_steps(steps: Sequence[Mapping[str, Any]]) -> tuple[Manoeuvre, ...]:
    """Read the steps of a leg; what a driver need not be told joins the one before."""
    told: list[Manoeuvre] = []
    for step in steps:
        kind = _kind(step)
        if kind is None and told:
            last = told[-1]
            more_m = last.distance_m + round(step["distance"])
            told[-1] = replace(last, distance_m=more_m)
        else:
            told.append(_read(step, kind or "turn"))
    return tuple(told)


def _kind(step: Mapping[str, Any]) -> ManoeuvreKind | None:
    type_ = step["maneuver"]["type"]
    modifier = step["maneuver"].get("modifier", "straight")
    if type_ in {"depart", "arrive"}:
        return "depart" if type_ == "depart" else "arrive"
    if modifier == "uturn":
        return "u_turn"
    if step.get("mode") == "ferry":
        return "ferry"
    if type_ in _ROUNDABOUTS:
        return "roundabout"
    return None if type_ in _SILENT and modifier == "straight" else "turn"


def _read(step: Mapping[str, Any], kind: ManoeuvreKind) -> Manoeuvre:
    said = step["maneuver"]
    lon_deg, lat_deg = said["location"]
    return Manoeuvre(
        kind=kind,
        bend=_BENDS.get(said.get("modifier", ""), "straight"),
        street="" if kind == "arrive" else step.get("name") or step.get("ref", ""),
        distance_m=round(step["distance"]),
        lat_deg=lat_deg,
        lon_deg=lon_deg,
        exit_number=said.get("exit") if kind == "roundabout" else None,
    )
