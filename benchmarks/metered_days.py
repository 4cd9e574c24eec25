"""Write what days of a bin take, by phase, where the power budget reads it.

`hardware/budget/metered.json` is committed: run this when the firmware takes more or
less than it says. A test meters some wakes anew and compares.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.firmware.bench import FIRMWARE
from hardware.budget import metered

if TYPE_CHECKING:
    from sim.meter import Metered

COMMAND = "scripts/bench metered-days"
DIGITS = 2


def main() -> None:
    """Let bins live, and write down what that took."""
    sys.path.insert(0, str(FIRMWARE))
    # What is below needs the firmware on the path.
    from benchmarks.firmware.energy import CASES, mean_day, settled

    with settled() as place:
        lives = [(case, place.live(case)) for case in CASES]
    days = [mean_day(case, wakes) for case, wakes in lives]
    write(days, all_wakes=lives[0][1])


def write(days: Sequence[metered.Day], *, all_wakes: Sequence["Metered"]) -> None:
    """Write days, and what single wakes of the first one took, in the median."""
    content = {
        "made_by": COMMAND,
        "made_on": f"{datetime.now(UTC):%Y-%m-%d}",
        "wake_mc": {
            "measuring": _median_mc(w for w in all_wakes if not w.has_reported),
            "reporting": _median_mc(w for w in all_wakes if w.has_reported),
        },
        "days": [_rounded(each) for each in days],
    }
    text = json.dumps(content, indent=1) + "\n"
    metered.FILE.write_text(text, "utf-8")
    sys.stdout.writelines(f"{each.mah:6.2f} mAh  {each.name}\n" for each in days)


def _median_mc(wakes: Iterable["Metered"]) -> float:
    return round(median(each.charge_mc for each in wakes), DIGITS)


def _rounded(day: metered.Day) -> dict[str, Any]:
    phases = [
        {
            key: value if isinstance(value, str) else round(value, DIGITS)
            for key, value in asdict(each).items()
        }
        for each in day.phases
    ]
    return {"name": day.name, "phases": phases}
