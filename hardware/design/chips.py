"""What a module can do with its pins: `chips.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """A module's datasheet, as far as its pins are concerned; numbers are GPIOs."""

    gpios: frozenset[int]
    strapping: frozenset[int]
    others: frozenset[int]
    input_only: frozenset[int]
    can_wake: frozenset[int]
    adc_1: frozenset[int]
    uarts: frozenset[int]
    has_ext0: bool
    boot: int
    high: tuple[str, ...]
    adc_max_mv: float
    peak_ma: float
    pads: Mapping[str, tuple[str, ...]]


def read_chips(content: Mapping[str, Any]) -> dict[str, Chip]:
    """Read the content of `chips.toml`."""
    return {name: _read_chip(facts) for name, facts in content.items()}


def _read_chip(facts: Mapping[str, Any]) -> Chip:
    return Chip(
        gpios=frozenset(facts["gpios"]),
        strapping=frozenset(facts["strapping"]),
        others=frozenset(facts["others"]),
        input_only=frozenset(facts["input_only"]),
        can_wake=frozenset(facts["can_wake"]),
        adc_1=frozenset(facts["adc_1"]),
        uarts=frozenset(facts["uarts"]),
        has_ext0=facts["ext0"],
        boot=facts["boot"],
        high=tuple(facts["high"]),
        adc_max_mv=facts["adc_max_mv"],
        peak_ma=facts["peak_ma"],
        pads={name: tuple(map(str, pads)) for name, pads in facts["pads"].items()},
    )
