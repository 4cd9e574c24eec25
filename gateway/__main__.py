"""`python -m gateway`: run until SIGTERM or Ctrl-C."""

import gc
import logging
import os
import sys
from signal import SIGINT, SIGTERM, signal
from threading import Event

from gateway.errors import SettingsError
from gateway.run import run_gateway
from gateway.settings import read_settings

log = logging.getLogger("gateway")

GARBAGE_AFTER = 200_000  # objects
SWITCH_S = 0.001


def main() -> int:
    """Run one gateway; return its exit status."""
    logging.basicConfig(
        level=os.environ.get("ULLAGE_LOG_LEVEL", "INFO"),
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    stopping = Event()
    for each in (SIGTERM, SIGINT):
        signal(each, lambda *_: stopping.set())
    # Batches make many values that die together: nothing a collector need look for.
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER)
    # The receiver must not wait for a whole batch to be encoded.
    sys.setswitchinterval(SWITCH_S)
    try:
        return run_gateway(read_settings(os.environ), stopping)
    except SettingsError as error:
        log.error("%s", error)  # noqa: TRY400 - the operator needs no traceback
        return 2


if __name__ == "__main__":
    sys.exit(main())
