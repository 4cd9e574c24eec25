"""What others measured, as they published it; and what nobody did, as we assume it.

PPK2: glenn20, "upy-esp32-experiments" on GitHub, MicroPython 1.19 with a Power Profiler
Kit II in the USB line; `ESPNowvsWifiEnergyUsage` and `OptimisingMicropythonBootTime`.
Wi-Fi varied: with bad luck a report took 4.9 s and 490 mC.
"""

from dataclasses import dataclass

_ESP32_BOARD_MA = 15.0  # asleep, so always: "not very power efficient"
_FEATHER_S3_MA = 1.73


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """What something took, with the board that it was measured on."""

    duration_s: float
    charge_mc: float
    board_ma: float = _ESP32_BOARD_MA

    def beyond(self, less: "Measured") -> "Measured":
        """Tell what it took more than something else on that board."""
        return Measured(
            duration_s=self.duration_s - less.duration_s,
            charge_mc=self.charge_mc - less.charge_mc,
            board_ma=self.board_ma,
        )

    @property
    def own_mc(self) -> float:
        """Take off what the board drew besides."""
        return self.charge_mc - self.board_ma * self.duration_s

    @property
    def own_ma(self) -> float:
        """Tell the mean current without the board."""
        return self.own_mc / self.duration_s


# From deep sleep to `_boot.py`: the image is not validated again.
BOOT = Measured(duration_s=0.070, charge_mc=3.32)
# What that build left out and every other does: `nvs_flash_init()`.
FLASH_KEYS = Measured(duration_s=0.0078, charge_mc=0.57, board_ma=_FEATHER_S3_MA)
# `_boot.py` mounts the file system, a small `main.py` runs. On an ESP32-S3.
START = Measured(duration_s=0.350, charge_mc=23.6, board_ma=_FEATHER_S3_MA)

# From reset to deep sleep, boot included.
WITH_STATIC_IP = Measured(duration_s=0.734, charge_mc=100.2)
WITH_MQTT = Measured(duration_s=0.774, charge_mc=108.6)  # static IP, one message, QoS 0
WITH_DHCP = Measured(duration_s=1.626, charge_mc=204.3)
WITH_POST = Measured(duration_s=2.928, charge_mc=341.3)  # DHCP, then HTTP

# ESP32 Series Datasheet, "current consumption depending on power modes": radio off, two
# cores at 160 MHz: 27 to 44 mA; light sleep: 0.8 mA.
AWAKE_MA = 35.0
LIGHT_SLEEP_MA = 0.8
# DFRobot SEN0311 (A02YYUW): average current.
SENSOR_MA = 8.0
# FireBeetle ESP32 (DFR0478): 10 uA (lucidar.me); and what watches for knocks.
ASLEEP_UA = 15.0

# Assumed. A full handshake with MicroPython on an ESP32 takes 1.2 to 1.3 s
# (micropython-esp32 issue 131) if only the broker shows a certificate, in others' hands
# 1 to 2.6 s.
HANDSHAKE_S = 1.5
HANDSHAKE_MA = 100.0
# The same table of the datasheet, two cores at 240 MHz: 30 to 68 mA, at 160 MHz, which
# MicroPython starts with, 27 to 44. And assumed: a handshake, which is arithmetic on
# curves, takes as many cycles whatever they last.
FAST_MORE_MA = 13.5
FAST_SHARE = 160 / 240
# Assumed: importing and running the application, beyond what `START` has. Here it takes
# 2 to 4 ms, and the same arithmetic 30 to 60 times as long on a chip.
CODE_S = 0.1
# Assumed: reports that are made twice.
RETRIED = 0.05


def air_ma(*rows: Measured) -> float:
    """Tell the current of a station that has joined, from what came after that."""
    more = [each.beyond(WITH_STATIC_IP) for each in rows]
    return sum(each.own_mc for each in more) / sum(each.duration_s for each in more)


def predict_mc(row: Measured, *others: Measured) -> float:
    """Predict a row's charge, board included, from its duration and from other rows."""
    on_air_s = row.duration_s - WITH_STATIC_IP.duration_s
    ma = air_ma(*others) + row.board_ma
    return WITH_STATIC_IP.charge_mc + on_air_s * ma
