"""Start services in order, restart one that dies, stop all in reverse."""

import logging
import signal
import time
from dataclasses import dataclass
from types import FrameType
from typing import Self

from backend.embedded.errors import EmbeddedError
from backend.embedded.service import Service

log = logging.getLogger(__name__)

POLL_S = 0.2
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
# A service that lived so long had started well: it gets the short pause again.
GOOD_LIFE_S = 60.0
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass(kw_only=True, slots=True)
class Watched:
    """A service, and when it may be started again (time.monotonic())."""

    service: Service
    started_s: float
    pause_s: float = FIRST_PAUSE_S
    restart_s: float | None = None


class Supervisor:
    """Owns the services it started; leaving the `with` block stops them all.

    Inside the block SIGTERM and Ctrl-C end the program as `SystemExit`, from wherever
    it is; so a start that takes long can be interrupted too. Use it in the main thread:
    the children die with the thread that started them.
    """

    def __init__(self) -> None:
        self._watched: list[Watched] = []
        self._old_handlers: dict[int, object] = {}

    def __enter__(self) -> Self:
        for each in STOP_SIGNALS:
            self._old_handlers[each] = signal.signal(each, _leave)
        return self

    def __exit__(self, *exception: object) -> None:
        for each in STOP_SIGNALS:
            signal.signal(
                each, signal.SIG_IGN
            )  # a second Ctrl-C must not leave orphans
        try:
            self._stop_all()
        finally:
            for number, handler in self._old_handlers.items():
                signal.signal(number, handler)  # type: ignore[arg-type]

    def start(self, service: Service) -> None:
        """Start a service and keep it running from now on."""
        self._watched.append(Watched(service=service, started_s=time.monotonic()))
        service.start()
        log.info("started %s", service.name)

    def watch(self, for_s: float | None = None) -> None:
        """Restart what dies, until a signal comes or the time is over."""
        end_s = None if for_s is None else time.monotonic() + for_s
        while end_s is None or time.monotonic() < end_s:
            for each in self._watched:
                self._look_after(each)
            time.sleep(POLL_S)

    def _look_after(self, watched: Watched) -> None:
        now_s = time.monotonic()
        if watched.restart_s is None:
            if not watched.service.is_alive():
                _schedule_restart(watched, now_s)
        elif now_s >= watched.restart_s:
            _restart(watched)

    def _stop_all(self) -> None:
        while self._watched:
            service = self._watched.pop().service
            try:
                service.stop()
            except (OSError, EmbeddedError):
                log.exception("could not stop %s", service.name)
            else:
                log.info("stopped %s", service.name)


def _schedule_restart(watched: Watched, now_s: float) -> None:
    if now_s - watched.started_s > GOOD_LIFE_S:
        watched.pause_s = FIRST_PAUSE_S
    watched.restart_s = now_s + watched.pause_s
    log.warning(
        "%s died; it is started again in %.1f s", watched.service.name, watched.pause_s
    )
    watched.pause_s = min(LONGEST_PAUSE_S, 2 * watched.pause_s)


def _restart(watched: Watched) -> None:
    watched.started_s, watched.restart_s = time.monotonic(), None
    try:
        watched.service.start()
    except (OSError, EmbeddedError):
        # It is not alive, so the next look schedules it again.
        log.exception("could not start %s again", watched.service.name)
    else:
        log.info("started %s again", watched.service.name)


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
