"""The first thing a page asks: whose city, what time, which plan."""

from dataclasses import dataclass

from fastapi import APIRouter, Request

from backend.store.overview import (
    Organisation,
    Place,
    PlanSummary,
    count_rejected,
    load_depots,
    load_facilities,
    load_plan_summary,
)
from backend.web.database import Database, require_organisation

router = APIRouter(prefix="/api/v1", tags=["overview"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """The organisation, its places and the plan in force.

    `basemap_url` is null when no city was given; the console then draws no streets.
    `map_style_url` names an online MapLibre style to draw instead, null unless one was
    set; `map_style_url_dark` the one for the dark theme, if it has one of its own.
    """

    organisation: Organisation
    depots: list[Place]
    facilities: list[Place]
    plan: PlanSummary | None
    rejected_count: int
    basemap_url: str | None
    map_style_url: str | None
    map_style_url_dark: str | None


@router.get("/overview")
def show_overview(request: Request, database: Database) -> Overview:
    """Show the organisation at a glance."""
    organisation = require_organisation(database)
    city = organisation.city
    settings = request.app.state.settings
    return Overview(
        organisation=organisation,
        depots=load_depots(database),
        facilities=load_facilities(database),
        plan=load_plan_summary(database),
        rejected_count=count_rejected(database),
        basemap_url=f"/basemap/{city}.pmtiles" if city else None,
        map_style_url=settings.map_style_url,
        map_style_url_dark=settings.map_style_url_dark,
    )
