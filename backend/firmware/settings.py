"""Which settings a device may be asked for, and within which limits.

A device checks them itself, by its own version's rules (`firmware/binnode/config.py`);
these are told to people, who need not wait for its answer to a slip of the finger.
"""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["s", "wakes", "mm", "mV", "deg", "dc", "mg", "counts"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """A whole number; `dc` are tenths of a degree Celsius, `mg` thousandths of g.

    `counts` are what the converter of a load cell says. `default` is what a
    device goes by if it was provisioned with nothing else.
    """

    name: str
    unit: Unit
    least: int
    most: int
    default: int


SETTINGS = (
    Setting(name="measure_every_s", unit="s", least=10, most=86_400, default=900),
    Setting(name="report_every", unit="wakes", least=1, most=96, default=4),
    Setting(name="delta_mm", unit="mm", least=1, most=20_000, default=100),
    Setting(name="threshold_mm", unit="mm", least=0, most=20_000, default=0),
    Setting(name="hysteresis_mm", unit="mm", least=0, most=20_000, default=50),
    Setting(name="battery_low_mv", unit="mV", least=0, most=20_000, default=3300),
    Setting(name="radio_min_mv", unit="mV", least=0, most=3400, default=3200),
    Setting(name="tilt_limit_deg", unit="deg", least=1, most=180, default=20),
    Setting(name="hot_limit_dc", unit="dc", least=-400, most=1500, default=600),
    Setting(name="hot_jump_dc", unit="dc", least=1, most=1500, default=50),
    Setting(name="knock_mg", unit="mg", least=0, most=2000, default=1500),
    Setting(
        name="cell_zero",
        unit="counts",
        least=-8_388_608,
        most=8_388_607,
        default=0,
    ),
    Setting(name="cell_per_hg", unit="counts", least=1, most=1_000_000, default=100),
)
