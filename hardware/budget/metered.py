"""What the firmware takes in a mean day, by phase, as its simulator metered it.

`scripts/bench metered-days` writes the file: real wakes of the unchanged firmware,
charged with the currents of an ESP32 at 3.3 V (`firmware/sim/published.py`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hardware.budget.names import pick

FILE = Path(__file__).with_name("metered.json")
MC_A_MAH = 3600.0
DAY_S = 86400.0

# As `firmware/sim/meter.py` calls them; a test holds both together.
RADIO = ("scan", "join", "waiting for an address", "handshake", "session")
RETRIES, SENSOR, ASLEEP = "retries", "range sensor", "deep sleep"


@dataclass(frozen=True, kw_only=True, slots=True)
class Phase:
    """One kind of thing that takes charge, all of a day together."""

    name: str
    duration_s: float
    charge_mc: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A mean day; `charge_mc` and `mah` are at 3.3 V, behind the converter."""

    name: str
    phases: tuple[Phase, ...]

    @property
    def charge_mc(self) -> float:
        """Tell what it takes."""
        return sum(each.charge_mc for each in self.phases)

    @property
    def mah(self) -> float:
        """Tell the same in mAh."""
        return self.charge_mc / MC_A_MAH

    @property
    def whole_s(self) -> float:
        """Tell how long it is: the sensor is powered beside what the chip does."""
        return sum(p.duration_s for p in self.phases if p.name != SENSOR)

    def phase(self, name: str) -> Phase:
        """Find a phase; one that did not happen took nothing."""
        nothing = Phase(name=name, duration_s=0.0, charge_mc=0.0)
        return next((each for each in self.phases if each.name == name), nothing)


def load_days(file: Path = FILE) -> dict[str, Day]:
    """Read all metered days, by the name of what the bin is asked to do."""
    content = json.loads(file.read_text("utf-8"))
    return {each["name"]: _read_day(each) for each in content["days"]}


def find_day(days: Mapping[str, Day], name: str) -> Day:
    """Find one; UnknownNameError says which there are."""
    return pick(days, name, what="day")


def _read_day(content: Mapping[str, Any]) -> Day:
    phases = tuple(Phase(**each) for each in content["phases"])
    return Day(name=content["name"], phases=phases)
