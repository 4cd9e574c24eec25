"""A road map in a file: arrays as NumPy keeps them, rules and names as JSON.

The file is a zip archive (``.npz``) without pickled objects, so that reading one that
came from elsewhere runs nothing.
"""

import json
import zipfile
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np

from routing.roads.map.edges import Edges
from routing.roads.map.extract import UnusableExtractError
from routing.roads.map.road_map import ROAD_MAP_VERSION, RoadMap
from routing.roads.map.rules import Gate, Rule
from routing.roads.map.turns import Turns
from routing.roads.tags.limits import Limits

_FORMAT = "ullage road map"
_NOT_READ = (
    *(OSError, EOFError, ValueError, KeyError, TypeError, AttributeError),
    zipfile.BadZipFile,
)


def save_road_map(roads: RoadMap, path: Path) -> None:
    """Write a road map, with the order of its fast searches."""
    facts = {
        "format": _FORMAT,
        "version": ROAD_MAP_VERSION,
        "country": roads.country,
        "restriction_count": roads.restriction_count,
        "rules": [asdict(each) for each in roads.rules],
        "gates": [asdict(each) for each in roads.gates],
        "names": roads.names,
    }
    arrays = _columns("edges", roads.edges) | _columns("turns", roads.turns)
    if roads.rank is not None:
        arrays["rank"] = roads.rank
    text = json.dumps(facts, ensure_ascii=False).encode()
    with path.open("wb") as file:
        np.savez_compressed(file, facts=np.frombuffer(text, np.uint8), **_plain(arrays))


def load_road_map(path: Path) -> RoadMap:
    """Read a road map.

    Raises
    ------
    UnusableExtractError
        The file is none, or one of another version.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        facts = json.loads(arrays["facts"].tobytes())
        if facts["format"] != _FORMAT or facts["version"] != ROAD_MAP_VERSION:
            raise UnusableExtractError(
                f"{path}: made by another version: add the city again"
            )
        return _road_map(facts, arrays)
    except _NOT_READ as error:
        if isinstance(error, UnusableExtractError):
            raise
        raise UnusableExtractError(f"{path}: not a road map: {error}") from error


def _road_map(facts: dict[str, Any], arrays: dict[str, Any]) -> RoadMap:
    return RoadMap(
        edges=Edges(**_own("edges", arrays)),
        turns=Turns(**_own("turns", arrays)),
        rules=tuple(_rule(each) for each in facts["rules"]),
        gates=tuple(_gate(each) for each in facts["gates"]),
        names=tuple(facts["names"]),
        rank=arrays.get("rank"),
        country=facts["country"],
        restriction_count=facts["restriction_count"],
    )


def _columns(name: str, table: Edges | Turns) -> dict[str, Any]:
    return {f"{name}.{each.name}": getattr(table, each.name) for each in fields(table)}


def _own(name: str, arrays: dict[str, Any]) -> dict[str, Any]:
    start = f"{name}."
    return {
        key.removeprefix(start): value
        for key, value in arrays.items()
        if key.startswith(start)
    }


def _plain(arrays: dict[str, Any]) -> dict[str, Any]:
    return {name: np.ascontiguousarray(array) for name, array in arrays.items()}


def _rule(said: dict[str, Any]) -> Rule:
    return Rule(
        road_class=said["road_class"],
        verdicts=tuple(said["verdicts"]),
        limits=Limits(**said["limits"]),
        posted_kmh=tuple(said["posted_kmh"]),
        default_kmh=tuple(said["default_kmh"]),
        surface_kmh=said["surface_kmh"],
        can_halt=said["can_halt"],
    )


def _gate(said: dict[str, Any]) -> Gate:
    return Gate(verdicts=tuple(said["verdicts"]), limits=Limits(**said["limits"]))
