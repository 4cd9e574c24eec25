"""The application: the API of version 1, console, driver's list, printed sheet."""

import contextlib
from collections.abc import AsyncIterator
from functools import partial
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from psycopg_pool import ConnectionPool
from starlette.middleware.trustedhost import TrustedHostMiddleware

from backend.planning.jobs import open_queue
from backend.settings import Settings
from backend.simulation.jobs import defer_simulation
from backend.web import (
    alarms,
    bins,
    channels,
    closures,
    devices,
    events,
    evidence,
    firmware,
    overview,
    plans,
    readings,
    rules,
    runs,
    savings,
    simulations,
)

STATIC = Path(__file__).parent / "static"
PAGES = {
    "/": "index.html",
    "/drive": "drive.html",
    "/devices": "devices.html",
    "/savings": "savings.html",
    "/sheet": "sheet.html",
}
# A page of another site must not reach us through a name that resolves to loopback.
LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"]
POOL_SIZE = 8


def create_app(settings: Settings) -> FastAPI:
    """Wire the application by hand: pool, hub, routers, pages."""

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with (
            ConnectionPool(
                settings.database,
                min_size=1,
                max_size=POOL_SIZE,
                # A database that was away must not cost the first visitors an error.
                check=ConnectionPool.check_connection,
                open=True,
            ) as pool,
            open_queue(settings.database) as queue,
        ):
            app.state.settings = settings
            app.state.pool = pool
            app.state.defer_plan = queue.defer_plan
            app.state.defer_simulation = partial(defer_simulation, queue.app)
            app.state.hub = events.EventHub(settings.database, pool)
            async with events.run_hub(app.state.hub):
                yield

    app = FastAPI(
        title="Ullage",
        version=version("ullage"),
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK_NAMES)
    for module in (
        overview,
        bins,
        evidence,
        runs,
        rules,
        savings,
        closures,
        plans,
        readings,
        devices,
        firmware,
        alarms,
        channels,
        simulations,
        events,
    ):
        app.include_router(module.router)
    _serve_pages(app, settings)
    return app


def _serve_pages(app: FastAPI, settings: Settings) -> None:
    for path, name in PAGES.items():
        app.add_api_route(path, partial(_page, name), include_in_schema=False)

    @app.get("/basemap/{city}.pmtiles", include_in_schema=False)
    def show_basemap(city: str) -> Response:
        path = settings.cities / f"{Path(city).name}.pmtiles"
        if not path.is_file():
            return JSONResponse({"detail": f"there is no map of {city}"}, 404)
        return FileResponse(path, media_type="application/octet-stream")

    if STATIC.is_dir():
        app.mount("/", StaticFiles(directory=STATIC), name="static")


def _page(name: str) -> Response:
    path = STATIC / name
    if not path.is_file():
        return JSONResponse(
            {"detail": "the web app was not built: run scripts/setup"}, 503
        )
    # The page names its assets by hash; only the page itself must be asked for again.
    return FileResponse(path, headers={"Cache-Control": "no-cache"})
