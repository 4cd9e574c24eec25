"""What makes one device differ from the next: `config.json` beside `main.py`.

Over it lies what the backend desires, kept beside it in a file of its own.
"""

import json
import os
from collections import namedtuple

from micropython import const

from binnode.sensors import SENSORS, THERMOMETERS

_NETWORKS_MAX = const(4)
# Who reports less than once a week cannot be told to do so more often.
_SELDOM_S = const(604800)
_DEVICE_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_"

PATH = "config.json"
_DESIRED = "settings.json"  # as `wish.py` has it, which not every wake loads
Config = namedtuple(
    "Config",
    (
        "device",
        "transport",
        "networks",
        "broker_host",
        "broker_port",
        "user",
        "password",
        "tls",
        "measure_every_s",
        "report_every",
        "delta_mm",
        "battery_low_mv",
        "radio_min_mv",
        "threshold_mm",
        "hysteresis_mm",
        "tilt_limit_deg",
        "hot_limit_dc",
        "hot_jump_dc",
        "knock_mg",
        "cell_zero",
        "cell_per_hg",
        "sensor",
        "thermometer",
    ),
)


class ConfigError(Exception):
    """The provisioning file cannot be used; the message names the field."""


def load(path: str = PATH) -> Config:
    """Read and check the provisioning file, and what is desired beyond it."""
    content = read(path)
    if _DESIRED not in os.listdir():
        return parse(content)
    # Most bins have none, and no room to lose for it.
    from binnode import desired

    settings, _ = desired.apply(content, desired.read()[1])
    return settings


def read(path: str) -> dict[str, object]:
    """Read the provisioning file, unchecked."""
    try:
        with open(path) as file:
            content = json.load(file)
    except OSError:
        raise ConfigError(f"{path}: no such file; copy one onto the device") from None
    except ValueError:
        raise ConfigError(f"{path}: not JSON; check commas and quotes") from None
    if not isinstance(content, dict):
        raise ConfigError(f"{path}: an object with named fields is wanted")
    return content


def parse(content: dict[str, object]) -> Config:
    """Check every field of a provisioning file."""
    is_secure = _yes_or_no(content, "tls")
    measure_every_s = _number(content, "measure_every_s", 10, 86400, default=900)
    seldom = _SELDOM_S // measure_every_s
    transport = _choice(content, "transport", ("wifi", "espnow", "lte"))
    if transport != "wifi":
        from binnode.transports import provisioning

        # With what this transport needs no more.
        content = provisioning.complete(content)
    return Config(
        device=_device(content),
        transport=transport,
        networks=_networks(content, int(transport == "wifi")),
        broker_host=_text(content, "broker_host", int(transport != "espnow"), 255),
        broker_port=_number(
            content, "broker_port", 1, 65535, default=8883 if is_secure else 1883
        ),
        user=_text(content, "user", 0, 64, default=""),
        password=_text(content, "password", 0, 64, default=""),
        tls=is_secure,
        measure_every_s=measure_every_s,
        report_every=_number(content, "report_every", 1, min(96, seldom), default=4),
        delta_mm=_number(content, "delta_mm", 1, 20000, default=100),
        battery_low_mv=_number(content, "battery_low_mv", 0, 20000, default=3300),
        radio_min_mv=_number(content, "radio_min_mv", 0, 3400, default=3200),
        threshold_mm=_number(content, "threshold_mm", 0, 20000, default=0),
        hysteresis_mm=_number(content, "hysteresis_mm", 0, 20000, default=50),
        tilt_limit_deg=_number(content, "tilt_limit_deg", 1, 180, default=20),
        hot_limit_dc=_number(content, "hot_limit_dc", -400, 1500, default=600),
        hot_jump_dc=_number(content, "hot_jump_dc", 1, 1500, default=50),
        knock_mg=_number(content, "knock_mg", 0, 2000, default=1500),
        cell_zero=_number(content, "cell_zero", -8388608, 8388607, default=0),
        cell_per_hg=_number(content, "cell_per_hg", 1, 1000000, default=100),
        sensor=_choice(content, "sensor", SENSORS),
        thermometer=_choice(content, "thermometer", THERMOMETERS),
    )


def _device(content: dict[str, object]) -> str:
    device = _text(content, "device", 1, 32)
    for letter in device:
        if letter not in _DEVICE_LETTERS:
            raise ConfigError(f"device: {letter!r} is not one of a-z 0-9 - _")
    return device


def _present(content: dict[str, object], name: str, default: object = None) -> object:
    value = content.get(name, default)
    if value is None:
        raise ConfigError(f"{name}: missing; add it to config.json")
    return value


def _networks(content: dict[str, object], least: int) -> dict[str, str]:
    """Check the names of networks, and the password of each."""
    networks = _present(content, "networks")
    if not isinstance(networks, dict) or not least <= len(networks) <= _NETWORKS_MAX:
        raise ConfigError("networks: one to four names with a password each wanted")
    for ssid, password in networks.items():
        _text({"networks": ssid}, "networks", 1, 32)
        _text({"networks": password}, "networks", 0, 63)
    return networks


def _text(
    content: dict[str, object],
    name: str,
    shortest: int,
    longest: int,
    *,
    default: str | None = None,
) -> str:
    value = _present(content, name, default)
    if not isinstance(value, str):
        raise ConfigError(f"{name}: {value!r} is not text")
    if not shortest <= len(value) <= longest:
        raise ConfigError(f"{name}: {shortest} to {longest} characters wanted")
    return value


def _choice(content: dict[str, object], name: str, choices: tuple[str, ...]) -> str:
    value = _text(content, name, 1, 32, default=choices[0])
    if value not in choices:
        raise ConfigError(f"{name}: one of {', '.join(choices)} wanted, not {value}")
    return value


def _number(
    content: dict[str, object], name: str, least: int, most: int, *, default: int
) -> int:
    value = content.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ConfigError(f"{name}: {value!r} is not a whole number")
    if not least <= value <= most:
        raise ConfigError(f"{name}: {least} to {most} wanted, not {value}")
    return value


def _yes_or_no(content: dict[str, object], name: str) -> bool:
    value = content.get(name, False)
    if not isinstance(value, bool):
        raise ConfigError(f"{name}: {value!r} is neither true nor false")
    return value
