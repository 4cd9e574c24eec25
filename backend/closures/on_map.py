"""The streets that closures mean, on the operator's map."""

from pathlib import Path

from backend.closures.errors import NoStreetError, NoStreetMapError
from backend.closures.rules import check_closure, check_point
from backend.closures.stretch import Stretch
from backend.store.overview import Organisation
from backend.store.streets import NewClosure
from backend.streets import find_road_map
from routing.roads import Closure, RoadMap, UnusableExtractError, find_shut, lines_of


def locate_new(
    closure: NewClosure, organisation: Organisation, cities: Path
) -> Stretch:
    """Find the street that somebody wants to shut.

    Raises
    ------
    ClosureError
        The closure means nothing, or none of the streets of the city.
    """
    check_closure(closure, now=organisation.now)
    return _locate(closure, organisation, cities)


def nearest_street(
    lat_deg: float, lon_deg: float, organisation: Organisation, cities: Path
) -> Stretch:
    """Find the stretch that would be shut at a point.

    Raises
    ------
    ClosureError
        The point is nowhere, or no street of the city.
    """
    check_point(lat_deg, lon_deg)
    closure = NewClosure(lat_deg=lat_deg, lon_deg=lon_deg)
    return _locate(closure, organisation, cities)


def locate_known(
    closure: NewClosure, organisation: Organisation, cities: Path
) -> Stretch | None:
    """Find the street of a closure; None where today's map does not have it."""
    try:
        return _locate(closure, organisation, cities)
    except (NoStreetError, NoStreetMapError):
        return None


def _locate(closure: NewClosure, organisation: Organisation, cities: Path) -> Stretch:
    roads = _open_map(organisation, cities)
    at = None
    if closure.lat_deg is not None and closure.lon_deg is not None:
        at = closure.lat_deg, closure.lon_deg
    shut = find_shut(roads, [Closure(way=closure.way, at=at)])
    if not shut:
        where = f"way {closure.way}" if at is None else f"{at[0]}, {at[1]}"
        raise NoStreetError(f"{where} is no street of {organisation.city}")
    edges = shut[0].edges.tolist()
    return Stretch(
        street=roads.name(edges[0]) or None,
        way=int(roads.edges.way[edges[0]]),
        lines=[
            [(lon_deg, lat_deg) for lat_deg, lon_deg in line]
            for line in lines_of(roads, edges)
        ],
    )


def _open_map(organisation: Organisation, cities: Path) -> RoadMap:
    try:
        roads = find_road_map(cities, organisation.city)
    except UnusableExtractError as error:
        raise NoStreetMapError(str(error)) from error
    if roads is None:
        raise NoStreetMapError(
            "there is no street map to shut a street of: `ullage city add FILE`"
        )
    return roads
