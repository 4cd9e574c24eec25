"""The VRPLIB dialects of CVRPLIB, Gehring and Homberger, and PyVRP's instances."""

import math
from pathlib import Path

import numpy as np

from benchmarks.solver.conventions import CONVENTIONS, Kind
from benchmarks.solver.euclid import EuclidTask
from benchmarks.solver.text import BadFileError
from benchmarks.solver.vrplib_text import VrplibText, read_vrplib_text
from routing.arrays import BoolArray, FloatArray, IntArray

NO_LIMIT = float("inf")

_KNOWN_SECTIONS = {
    *("NODE_COORD_SECTION", "DEMAND_SECTION", "DEPOT_SECTION", "PRIZE_SECTION"),
    *("TIME_WINDOW_SECTION", "SERVICE_TIME_SECTION", "RELEASE_TIME_SECTION"),
    *("CAPACITY_SECTION", "VEHICLES_DEPOT_SECTION", "VEHICLES_RELOAD_DEPOT_SECTION"),
    *("VEHICLES_FIXED_COST_SECTION", "VEHICLES_UNIT_DISTANCE_COST_SECTION"),
    *("VEHICLES_MAX_DURATION_SECTION", "VEHICLES_ALLOWED_CLIENTS_SECTION"),
}


def read_vrplib(path: Path) -> EuclidTask:
    """Read an instance.

    Raises
    ------
    BadFileError
        Naming the line; also for sections and kinds that this bench cannot pose.
    """
    text = read_vrplib_text(path)
    kind = _kind_of(text)
    n = int(text.number("DIMENSION"))
    depots = _depots_of(text, n)
    demand = _of_nodes(text, "DEMAND", n)
    capacity = _capacities_of(text, float(demand.sum()))
    v = len(capacity)
    x, y = text.columns("NODE_COORD_SECTION", rows=n, count=2)
    opens, closes = _windows_of(text, n)
    return EuclidTask(
        kind=kind,
        name=text.fields.get("NAME", path.stem),
        x=np.array(x),
        y=np.array(y),
        depot_count=depots,
        demand=demand,
        service=_service_of(text, n, depots),
        release=_of_nodes(text, "RELEASE_TIME", n),
        prize=_of_nodes(text, "PRIZE", n),
        opens=opens,
        closes=closes,
        has_windows="TIME_WINDOW_SECTION" in text.sections,
        capacity=capacity,
        depot=_of_vehicles(text, "VEHICLES_DEPOT", v, default=1).astype(np.int64) - 1,
        max_duration=_of_vehicles(text, "VEHICLES_MAX_DURATION", v, default=NO_LIMIT),
        fixed_cost=_of_vehicles(text, "VEHICLES_FIXED_COST", v, default=0),
        unit_cost=_of_vehicles(text, "VEHICLES_UNIT_DISTANCE_COST", v, default=1),
        reload_depots=_reload_depots_of(text),
        may_visit=_allowed_of(text, v, n, depots),
    )


def _kind_of(text: VrplibText) -> Kind:
    if (weights := text.fields.get("EDGE_WEIGHT_TYPE")) != "EUC_2D":
        raise BadFileError(text.path, 1, f"EDGE_WEIGHT_TYPE {weights} is not EUC_2D")
    for section, rows in text.sections.items():
        if section not in _KNOWN_SECTIONS:
            line = rows[0].line - 1 if rows else 1
            raise BadFileError(text.path, line, f"{section} is not supported")
    kind = text.fields.get("TYPE")
    if kind not in CONVENTIONS:
        known = ", ".join(CONVENTIONS)
        raise BadFileError(text.path, 1, f"TYPE {kind} is not one of {known}")
    return Kind(kind)


def _depots_of(text: VrplibText, n: int) -> int:
    """Count the depots, which must be the first nodes."""
    rows = text.sections.get("DEPOT_SECTION", ())
    named = [row for row in rows if row.numbers != (-1,)]
    for expected, row in enumerate(named, start=1):
        if row.numbers != (expected,) or expected >= n:
            why = f"depot {row.numbers[0]:g}, expected {expected}: depots come first"
            raise BadFileError(text.path, row.line, why)
    return max(1, len(named))


def _of_nodes(text: VrplibText, what: str, n: int) -> FloatArray:
    section = f"{what}_SECTION"
    if section not in text.sections and what != "DEMAND":
        return np.zeros(n)
    return np.array(text.columns(section, rows=n)[0])


def _of_vehicles(text: VrplibText, what: str, v: int, default: float) -> FloatArray:
    section = f"{what}_SECTION"
    if section in text.sections:
        return np.array(text.columns(section, rows=v)[0])
    return np.full(v, text.number(what, default))


def _capacities_of(text: VrplibText, demand: float) -> FloatArray:
    if "CAPACITY_SECTION" in text.sections:
        v = int(text.number("VEHICLES"))
        return np.array(text.columns("CAPACITY_SECTION", rows=v)[0])
    capacity = text.number("CAPACITY")
    # Files that leave the fleet open get more vehicles than any sensible plan uses.
    plenty = math.ceil(1.3 * demand / capacity) + 5
    return np.full(int(text.number("VEHICLES", plenty)), capacity)


def _service_of(text: VrplibText, n: int, depots: int) -> FloatArray:
    if "SERVICE_TIME_SECTION" in text.sections:
        return _of_nodes(text, "SERVICE_TIME", n)
    service = np.full(n, text.number("SERVICE_TIME", 0))
    service[:depots] = 0
    return service


def _windows_of(text: VrplibText, n: int) -> tuple[FloatArray, FloatArray]:
    if "TIME_WINDOW_SECTION" not in text.sections:
        return np.zeros(n), np.full(n, NO_LIMIT)
    opens, closes = text.columns("TIME_WINDOW_SECTION", rows=n, count=2)
    return np.array(opens), np.array(closes)


def _reload_depots_of(text: VrplibText) -> tuple[int, ...]:
    rows = text.sections.get("VEHICLES_RELOAD_DEPOT_SECTION", ())
    for row in rows:
        if row.numbers != rows[0].numbers:
            why = "vehicles with different reload depots are not supported"
            raise BadFileError(text.path, row.line, why)
    return tuple(int(number) - 1 for number in rows[0].numbers) if rows else ()


def _allowed_of(text: VrplibText, v: int, n: int, depots: int) -> BoolArray | None:
    rows = text.sections.get("VEHICLES_ALLOWED_CLIENTS_SECTION", ())
    if not rows:
        return None
    if len(rows) != v:
        why = f"{len(rows)} rows of allowed clients, expected {v}"
        raise BadFileError(text.path, rows[-1].line, why)
    may_visit = np.zeros((v, n), np.bool_)
    may_visit[:, :depots] = True
    for vehicle, row in enumerate(rows):
        nodes: IntArray = np.array(row.numbers, np.int64) - 1
        if nodes.size and (nodes.min() < 0 or nodes.max() >= n):
            raise BadFileError(text.path, row.line, "no such node")
        may_visit[vehicle, nodes] = True
    return may_visit
