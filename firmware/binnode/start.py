"""One wake: to measure, to give the clock a date, or to go on with an update.

Each has a wake of its own: what measuring and reporting have loaded by then leaves no
room for the others in memory. What the loader calls, and so never to be renamed.
"""

import sys

from micropython import const

import binnode

_CONFIG = const("config.json")


def run() -> None:
    """Do one wake."""
    from binnode import purpose

    for_what, sleep_ms, now_s = purpose.find()
    if for_what == purpose.FETCH:
        from binnode.updates import fetch

        fetch.live(_CONFIG, sleep_ms, now_s)
    elif for_what == purpose.CHECK:
        from binnode.updates import check

        check.live(sleep_ms)
    elif for_what == purpose.DATE:
        from binnode import dating

        dating.live()
    else:
        del purpose
        forget(("purpose",))
        from binnode import wake

        wake.live(_CONFIG)


def forget(names: tuple[str, ...]) -> None:
    """Let go of modules that this wake needs no more."""
    for name in names:
        if sys.modules.pop("binnode." + name, None) and hasattr(binnode, name):
            delattr(binnode, name)
