"""`python -m gateway`: run until SIGTERM or Ctrl-C; `python -m gateway kinds`: list."""

import gc
import logging
import os
import sys
from signal import SIGINT, SIGTERM, signal
from threading import Event

from gateway.errors import SettingsError
from gateway.foreign.registry import find_decoders
from gateway.run import run_gateway
from gateway.settings import read_settings

log = logging.getLogger("gateway")

GARBAGE_AFTER = 200_000  # objects
SWITCH_S = 0.001


def main(words: list[str]) -> int:
    """Run one gateway, or list the kinds of devices it knows; return its status."""
    if words == ["kinds"]:
        sys.stdout.writelines(f"{kind}\n" for kind in sorted(find_decoders()))
        return 0
    if words:
        sys.stderr.write("usage: python -m gateway [kinds]\n")
        return 2
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
    sys.exit(main(sys.argv[1:]))
