"""Streets that are shut: which, where on the map, and shutting and opening them.

What reads the street map is imported by the first request that needs it: its libraries
cost a second and 50 MB, and an operator without closures never pays.
"""

from dataclasses import asdict, dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, HTTPException, Query, Request, status
from pydantic import ConfigDict

from backend.closures import (
    ClosureError,
    MeaninglessClosureError,
    NoStreetError,
    Stretch,
)
from backend.store.overview import Organisation, load_organisation
from backend.store.streets import (
    NewClosure,
    RoadClosure,
    add_closure,
    end_closure,
    load_closure,
    load_closures_to_come,
)
from backend.web.database import Database, require_organisation

router = APIRouter(prefix="/api/v1", tags=["closures"])


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosureRequest(NewClosure):
    """A street to shut: an OSM way, or the stretch between two junctions at a point.

    Without any limit nobody may drive there. Without `from_at` it holds from now on,
    without `to_at` until further notice.
    """

    # A limit that is misspelt would shut the street to everybody.
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True, kw_only=True, slots=True)
class ShutStreet(RoadClosure):
    """A closure that is in force or to come, and its street on the map.

    `street` is null where it has no name. `lines` are GeoJSON coordinates, (lon, lat);
    none where today's street map does not have the street.
    """

    street: str | None
    lines: list[list[tuple[float, float]]]


@router.get("/closures")
def list_closures(request: Request, database: Database) -> list[ShutStreet]:
    """List the streets that are shut now or will be."""
    organisation = load_organisation(database)
    if organisation is None:
        return []
    closures = load_closures_to_come(database, organisation)
    return [_show(request, organisation, each) for each in closures]


@router.post("/closures", status_code=status.HTTP_201_CREATED)
def shut_street(
    request: Request, database: Database, asked: ClosureRequest
) -> ShutStreet:
    """Shut a street; plans made from now on keep to it."""
    from backend.closures.on_map import locate_new

    organisation = require_organisation(database)
    try:
        stretch = locate_new(asked, organisation, request.app.state.settings.cities)
    except ClosureError as error:
        raise _refuse(error) from error
    owner = organisation.organisation_id
    closure = load_closure(database, add_closure(database, owner, asked))
    return _on_map(closure, stretch)


@router.delete("/closures/{closure_id}", status_code=status.HTTP_204_NO_CONTENT)
def open_street(database: Database, closure_id: int) -> None:
    """Open a street again."""
    owner = require_organisation(database).organisation_id
    if not end_closure(database, owner, closure_id):
        raise HTTPException(404, f"there is no closure {closure_id} in force")


@router.get("/streets/nearest")
def find_nearest_street(
    request: Request,
    database: Database,
    lat_deg: Annotated[float, Query()],
    lon_deg: Annotated[float, Query()],
) -> Stretch:
    """Find the stretch of street that a closure at a point would shut."""
    from backend.closures.on_map import nearest_street

    organisation = require_organisation(database)
    cities = request.app.state.settings.cities
    try:
        return nearest_street(lat_deg, lon_deg, organisation, cities)
    except ClosureError as error:
        raise _refuse(error) from error


def _show(
    request: Request, organisation: Organisation, closure: RoadClosure
) -> ShutStreet:
    from backend.closures.on_map import locate_known

    cities = request.app.state.settings.cities
    return _on_map(closure, locate_known(closure, organisation, cities))


def _on_map(closure: RoadClosure, stretch: Stretch | None) -> ShutStreet:
    return ShutStreet(
        **asdict(closure),
        street=None if stretch is None else stretch.street,
        lines=[] if stretch is None else stretch.lines,
    )


def _refuse(error: ClosureError) -> HTTPException:
    if isinstance(error, MeaninglessClosureError):
        return HTTPException(422, str(error))
    return HTTPException(404 if isinstance(error, NoStreetError) else 409, str(error))
