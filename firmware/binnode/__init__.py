"""The firmware of one bin: measure, remember, report, sleep."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Set by the loader: the folder that runs, and whether it has yet to prove itself.
slot = "a"
is_trial = False
# How long to sleep from the beginning of this wake on, ms, and what for, if not to
# measure (`purpose.py`).
sleep_ms = 900_000
next_purpose = ""
# Until when a measuring wake must have done, whatever it waits for; a `Deadline`.
until: "Any" = None
# S since 1970, as a fetching wake is told, which loads no journal.
now_s = 0
# What of a network must live on while its code is not loaded.
link: "Any" = None
