"""Live events: what the database says, told to every open page (Server-Sent Events).

Asynchronous, for it holds streams open. The database speaks by NOTIFY on
the channel `ullage`; readings are gathered for a moment, so that a burst is one event.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar

import psycopg
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from psycopg_pool import ConnectionPool
from pydantic import TypeAdapter

from backend.store.alarms import count_open_alarms
from backend.store.overview import Organisation, load_organisation
from backend.store.runs import Stop, load_run, load_stop
from backend.store.simulations import State
from backend.web.board import Board
from backend.web.geojson import BinCollection

router = APIRouter(prefix="/api/v1", tags=["events"])
log = logging.getLogger(__name__)
T = TypeVar("T")

GATHER_S = 0.1
IDLE_GATHER_S = 2.0  # while nobody looks
HEARTBEAT_S = 15.0
RECONNECT_S = 1.0
RENEW_S = 60.0
CHANGING_BINS = frozenset({"readings", "stop", "alarms", "slots"})
BACKLOG = 256  # events; a page that is further behind is cut off and starts afresh


@dataclass(frozen=True, kw_only=True, slots=True)
class StopEvent:
    """A driver did something: the stop, and how far its run has come."""

    stop: Stop
    done_count: int
    skipped_count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanEvent:
    """A new plan is in force: load runs, bins and overview again."""

    plan_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosuresEvent:
    """A street was shut or opened again: load the closures again."""

    closure_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AlarmEvent:
    """Alarms were raised, cleared, told again or acknowledged: load them again."""

    open_count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanningEvent:
    """How far a planning job has come; `fraction` is 0..1."""

    service_day: date
    state: Literal["running", "saved", "failed"]
    step: str
    fraction: float


@dataclass(frozen=True, kw_only=True, slots=True)
class SimulationEvent:
    """How far a simulation has come; `fraction` is 0..1."""

    simulation_id: int
    state: State
    step: str
    fraction: float


EventData = (
    Organisation
    | BinCollection
    | StopEvent
    | PlanEvent
    | PlanningEvent
    | SimulationEvent
    | ClosuresEvent
    | AlarmEvent
)


def encode_event(name: str, data: EventData) -> str:
    """Write one event of the stream."""
    text = TypeAdapter(type(data)).dump_json(data).decode()
    return f"event: {name}\ndata: {text}\n\n"


class EventHub:
    """Listen to the database once and tell every subscriber."""

    def __init__(self, conninfo: str, pool: ConnectionPool[Any]) -> None:
        self._conninfo = conninfo
        self._pool = pool
        self.board = Board()
        self._subscribers: set[asyncio.Queue[str | None]] = set()
        self._flush: asyncio.Task[None] | None = None
        self._is_listening = asyncio.Event()

    async def renew_board(self) -> None:
        """Look all bins up now and then: a bin falls silent without a word."""
        while True:
            with contextlib.suppress(psycopg.Error):
                self.board.doubt()
                await self._in_thread(self.board.read)
            await asyncio.sleep(RENEW_S)

    async def run(self) -> None:
        """Listen until cancelled; a lost connection is made again."""
        while True:
            try:
                await self._listen()
            except psycopg.Error as error:
                log.warning("events: database lost, trying again: %s", error)
            await asyncio.sleep(RECONNECT_S)

    async def _listen(self) -> None:
        conn = await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True)
        async with conn:
            await conn.execute("LISTEN ullage")
            # What was said while nobody listened is lost: pages start afresh.
            self._cut_off_all()
            self._is_listening.set()
            self.board.begin_hearing()
            try:
                async for notification in conn.notifies():
                    await self._hear(json.loads(notification.payload))
            finally:
                self.board.end_hearing()
                self._is_listening.clear()

    async def _hear(self, said: dict[str, Any]) -> None:
        self.board.hear(said)
        if said["kind"] in CHANGING_BINS:
            self._flush_soon()
        if not self._subscribers:
            return
        match said["kind"]:
            case "stop":
                await self._tell_stop(said["stop"])
            case "clock":
                await self._tell_organisation()
            case "alarms":
                await self._tell_alarms()
            case "plan" | "closures" | "planning" | "simulation" as name:
                self._tell(name, _SAID_WHOLE[name].validate_python(said))
            case "readings" | "slots" | "sites" | "mark":
                pass  # the board has heard it
            case kind:
                log.warning("events: %s is no kind of event known here", kind)

    async def _tell_organisation(self) -> None:
        organisation = await self._in_thread(load_organisation)
        if organisation is not None:
            self._tell("hello", organisation)

    async def _tell_stop(self, stop_id: int) -> None:
        stop = await self._in_thread(lambda conn: load_stop(conn, stop_id))
        if stop is None:
            return
        run = await self._in_thread(lambda conn: load_run(conn, stop.run_id))
        # Without one it is on no list any more, but its bin was emptied all the same.
        if run is not None:
            counts = {"done_count": run.done_count, "skipped_count": run.skipped_count}
            self._tell("stop", StopEvent(stop=stop, **counts))

    async def _tell_alarms(self) -> None:
        open_count = await self._in_thread(count_open_alarms)
        self._tell("alarm", AlarmEvent(open_count=open_count))

    def _flush_soon(self) -> None:
        if self._flush is None or self._flush.done():
            self._flush = asyncio.create_task(self._tell_bins())
            self._flush.add_done_callback(_say_what_failed)

    async def _tell_bins(self) -> None:
        await asyncio.sleep(GATHER_S if self._subscribers else IDLE_GATHER_S)
        self._flush = None
        changed = await self._in_thread(self.board.renew)
        if changed is not None:
            self._tell_text(f"event: bins\ndata: {changed.decode()}\n\n")

    async def _in_thread(self, load: Callable[[psycopg.Connection[Any]], T]) -> T:
        def work() -> T:
            with self._pool.connection() as conn:
                return load(conn)

        return await run_in_threadpool(work)

    def _tell(self, name: str, data: EventData) -> None:
        self._tell_text(encode_event(name, data))

    def _tell_text(self, text: str) -> None:
        for queue in list(self._subscribers):
            if queue.full():
                self._cut_off(queue)
            else:
                queue.put_nowait(text)

    def _cut_off_all(self) -> None:
        for queue in list(self._subscribers):
            self._cut_off(queue)

    def _cut_off(self, queue: asyncio.Queue[str | None]) -> None:
        self._subscribers.discard(queue)
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)

    async def subscribe(self) -> AsyncIterator[str]:
        """Yield the stream of one page; it ends when the page must start afresh."""
        # Who is greeted is told everything from then on.
        await self._is_listening.wait()
        queue: asyncio.Queue[str | None] = asyncio.Queue(BACKLOG)
        self._subscribers.add(queue)
        try:
            organisation = await self._in_thread(load_organisation)
            if organisation is not None:
                yield encode_event("hello", organisation)
            while True:
                try:
                    text = await asyncio.wait_for(queue.get(), HEARTBEAT_S)
                except TimeoutError:
                    text = ": still here\n\n"
                if text is None:
                    return
                yield text
        finally:
            self._subscribers.discard(queue)


# What the database says is all that is told.
_SAID_WHOLE: dict[str, TypeAdapter[Any]] = {
    "plan": TypeAdapter(PlanEvent),
    "closures": TypeAdapter(ClosuresEvent),
    "planning": TypeAdapter(PlanningEvent),
    "simulation": TypeAdapter(SimulationEvent),
}


def _say_what_failed(flush: asyncio.Task[None]) -> None:
    """Say that a database is away; the bins are looked up when it is back."""
    if not flush.cancelled() and flush.exception() is not None:
        log.warning("events: bins not looked up: %s", flush.exception())


@contextlib.asynccontextmanager
async def run_hub(hub: EventHub) -> AsyncIterator[None]:
    """Keep the hub listening for as long as the application runs."""
    tasks = [asyncio.create_task(each) for each in (hub.run(), hub.renew_board())]
    try:
        yield
    finally:
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "model": EventData}},
)
async def stream_events(request: Request) -> StreamingResponse:
    """Stream `hello`, `bins`, `stop`, `plan`, `planning`, `simulation`, ….

    Each is told as one of the types below.
    """
    hub: EventHub = request.app.state.hub
    return StreamingResponse(
        hub.subscribe(),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
