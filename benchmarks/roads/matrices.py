"""How long a matrix takes and how much memory, each in a process of its own."""

from collections.abc import Iterator

from benchmarks.child import ChildFailedError, Facts, measure_in_child
from benchmarks.report import Figure
from benchmarks.roads.city import BENCH, City

_WORK = "benchmarks.roads.matrix_work"
_CPU_GOALS_S = {2000: 2.0, 5000: 12.0}
_PEAK_GOALS_MB = {2000: 200.0}


def lines_of_matrix(city: City, count: int, *, rows: int) -> Iterator[Figure]:
    """Measure a matrix of `count` places; Dijkstra searches from `rows` of them."""
    ours = _measure(city, "measure_ours", count)
    plain = _measure(city, "measure_dijkstra", count, rows=rows)
    yield city.line(
        f"matrix_{count}_cpu_s",
        ours["cpu_s"],
        "s",
        reference=f"SciPy Dijkstra, scaled from {plain['rows']} rows",
        reference_value=plain["cpu_s"],
        goal=_CPU_GOALS_S.get(count),
    )
    try:
        kit = _measure(city, "measure_pyroutingkit", count)
    except ChildFailedError:
        kit = {"cpu_s": None}
    yield city.line(
        f"matrix_{count}_beside_pyroutingkit_cpu_s",
        ours["cpu_s"],
        "s",
        reference="pyroutingkit, times only, in tenths of seconds",
        reference_value=kit["cpu_s"],
    )
    yield city.line(
        f"matrix_{count}_peak_mb",
        ours["peak_mb"],
        "MB",
        goal=_PEAK_GOALS_MB.get(count),
        digits=0,
    )


def line_of_libraries() -> Figure:
    """Measure a process that has only imported what the others import."""
    libraries = measure_in_child(f"{_WORK}:only_import", {})
    return Figure(
        bench=BENCH,
        case="imports alone",
        figure="libraries_mb",
        value=libraries["peak_mb"],
        unit="MB",
        digits=0,
    )


def _measure(city: City, what: str, count: int, **more: int) -> Facts:
    arguments: Facts = {
        "road_map": str(city.road_map),
        "profile": city.profile_name,
        "count": count,
        "seed": city.seed,
    }
    return measure_in_child(f"{_WORK}:{what}", arguments | more)
