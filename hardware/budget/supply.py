"""What comes out of the battery for what goes in behind the converter."""

from dataclasses import dataclass

from hardware.budget.asleep import SleepCurrent
from hardware.budget.board import Board
from hardware.budget.metered import ASLEEP, MC_A_MAH, Day

HOURS_A_DAY = 24.0
ROOM_C = 25.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Supply:
    """A converter: its voltage, and its efficiency for currents of mA and of uA."""

    out_v: float
    efficiency_awake: float
    efficiency_asleep: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Draw:
    """What a board asks of its battery."""

    awake_mah: float
    asleep_share: float
    asleep: SleepCurrent
    asleep_doubles_k: float
    peak_ma: float
    supply: Supply

    def mah_a_day(self, *, cell_v: float, temperature_c: float) -> float:
        """Tell what a day takes of a battery."""
        step = self.supply.out_v / cell_v
        awake_mah = self.awake_mah * step / self.supply.efficiency_awake
        leak = max(1.0, 2 ** ((temperature_c - ROOM_C) / self.asleep_doubles_k))
        asleep_ua = self.asleep_ua(cell_v=cell_v) * leak
        return awake_mah + asleep_ua * self.asleep_share * HOURS_A_DAY / 1000

    def asleep_ua(self, *, cell_v: float) -> float:
        """Tell what it takes of a battery in deep sleep, at 25 °C."""
        step = self.supply.out_v / cell_v
        behind_ua = self.asleep.behind_ua * step / self.supply.efficiency_asleep
        return behind_ua + self.asleep.straight_ua

    @property
    def peak_w(self) -> float:
        """Tell the power that the radio takes of the battery at its peak."""
        return self.peak_ma / 1000 * self.supply.out_v / self.supply.efficiency_awake


def draw_of(day: Day, board: Board, *, supply: Supply, beside_ua: float) -> Draw:
    """Tell it of a translated day; `beside_ua`: what the battery's electronics take."""
    sleep = day.phase(ASLEEP)
    return Draw(
        awake_mah=(day.charge_mc - sleep.charge_mc) / MC_A_MAH,
        asleep_share=sleep.duration_s / day.whole_s,
        asleep=SleepCurrent(
            behind_ua=board.asleep.behind_ua,
            straight_ua=board.asleep.straight_ua + beside_ua,
        ),
        asleep_doubles_k=board.asleep_doubles_k,
        peak_ma=board.peak_ma,
        supply=supply,
    )
