"""A battery, a board and a climate that are easy to reckon with by hand."""

from typing import Any

from hardware.budget.asleep import SleepCurrent
from hardware.budget.battery import Battery
from hardware.budget.board import Board
from hardware.budget.climate import Climate
from hardware.budget.metered import Day, Phase
from hardware.budget.supply import Draw, Supply

PERFECT = Supply(out_v=3.3, efficiency_awake=1.0, efficiency_asleep=1.0)


def battery(**changes):
    """1,200 mAh at 3.3 V, whatever the weather; nothing is lost."""
    simple: dict[str, Any] = {
        "name": "simple",
        "title": "simple",
        "capacity_mah": 1200.0,
        "rest_v": [(0.0, 3.3), (1.0, 3.3)],
        "given": [(0.0, 1.0)],
        "resistance_ohm": [(0.0, 0.0)],
        "radio_min_v": 3.0,
        "cut_off_v": 2.5,
        "self_discharge": 0.0,
        "self_discharge_doubles_k": 10.0,
        "fade": 0.0,
        "fade_doubles_k": 20.0,
        "longest_years": 20.0,
        "beside_ua": 0.0,
    }
    return Battery(**simple | changes)


def climate(means_c=(25.0,) * 12, **changes):
    """As warm as a room, always."""
    simple: dict[str, Any] = {
        "name": "room",
        "title": "room",
        "sun_k": 0.0,
        "coldest_below_k": 0.0,
    }
    return Climate(means_c=means_c, **simple | changes)


def draw(*, awake_mah=1.0, asleep_ua=0.0, peak_ma=0.0, supply=PERFECT):
    return Draw(
        awake_mah=awake_mah,
        asleep_share=1.0,
        asleep=SleepCurrent(behind_ua=asleep_ua, straight_ua=0.0),
        asleep_doubles_k=25.0,
        peak_ma=peak_ma,
        supply=supply,
    )


def board(*, behind_ua=10.0, straight_ua=0.0, **factors):
    return Board(
        name="made up",
        title="made up",
        peak_ma=500.0,
        asleep=SleepCurrent(behind_ua=behind_ua, straight_ua=straight_ua),
        asleep_doubles_k=25.0,
        factors=factors,
    )


def day(**phases):
    """Make a day of (seconds, mC) by phase; what is left of it is deep sleep."""
    awake = [
        Phase(name=name.replace("_", " "), duration_s=seconds, charge_mc=charge_mc)
        for name, (seconds, charge_mc) in phases.items()
    ]
    rest_s = 86400 - sum(p.duration_s for p in awake if p.name != "range sensor")
    rest = Phase(name="deep sleep", duration_s=rest_s, charge_mc=rest_s * 0.015)
    return Day(name="made up", phases=(*awake, rest))
