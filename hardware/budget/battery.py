"""What a battery gives: by temperature, by age, and for the peak of a radio."""

from dataclasses import dataclass
from math import sqrt

from hardware.budget.curve import Curve, at
from hardware.budget.supply import ROOM_C


@dataclass(frozen=True, kw_only=True, slots=True)
class Battery:
    """A battery with its own protection, fuse and leads; everything at 25 °C.

    Parameters
    ----------
    capacity_mah
        From full to empty, when new.
    rest_v
        (what is left, 0 to 1; V) at rest.
    given
        (°C; the share of its charge that it gives there).
    resistance_ohm
        (°C; ohm) when almost empty, to the peak of a radio.
    radio_min_v
        At rest; below it the firmware leaves the radio off (`radio_min_mv`).
    cut_off_v
        Under load; below it the board's supervisor cuts.
    self_discharge
        The share of its charge that it loses by itself in a year.
    fade
        The share of its capacity that is lost for good in the first year; it grows with
        the root of time.
    self_discharge_doubles_k, fade_doubles_k
        How much warmer doubles them.
    longest_years
        Beyond that seals and contacts age, and no arithmetic holds.
    beside_ua
        What its protection, or the capacitor beside it, takes.
    """

    name: str
    title: str
    capacity_mah: float
    rest_v: Curve
    given: Curve
    resistance_ohm: Curve
    radio_min_v: float
    cut_off_v: float
    self_discharge: float
    self_discharge_doubles_k: float
    fade: float
    fade_doubles_k: float
    longest_years: float
    beside_ua: float

    def lost_a_year(self, temperature_c: float) -> float:
        """Tell the share that it loses by itself in a year at a temperature."""
        warmer_k = temperature_c - ROOM_C
        return self.self_discharge * 2 ** (warmer_k / self.self_discharge_doubles_k)

    def ageing(self, temperature_c: float) -> float:
        """Tell how many years at 25 °C a year at a temperature counts for.

        Fade grows with the root of time: twice the fade are four times the years.
        """
        return float(4 ** ((temperature_c - ROOM_C) / self.fade_doubles_k))

    def capacity_after_mah(self, years_at_room: float) -> float:
        """Tell what is left of its capacity."""
        return self.capacity_mah * max(0.0, 1 - self.fade * sqrt(years_at_room))

    def peak_v(self, left: float, *, temperature_c: float, peak_w: float) -> float:
        """Tell its voltage while it gives a power; 0 if it cannot.

        V (V0 - V) / R = P, the larger root.
        """
        rest_v = at(self.rest_v, left)
        ohm = at(self.resistance_ohm, temperature_c)
        under_root = rest_v**2 - 4 * peak_w * ohm
        return (rest_v + sqrt(under_root)) / 2 if under_root >= 0 else 0.0
