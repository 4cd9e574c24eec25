"""The parts of `parts.toml`, and their pins."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

QUANTITIES = (1, 100, 1000)
Price = tuple[float, float, float]


class Kind(StrEnum):
    """What a pin does, as electrical rule checks tell pins apart."""

    IN = "in"
    OUT = "out"
    IO = "io"
    OPEN = "open"
    POWER_IN = "power_in"
    POWER_OUT = "power_out"
    PASSIVE = "passive"
    NOTHING = "nothing"


class Place(StrEnum):
    """Where a part is."""

    BOARD = "board"
    CABLE = "cable"
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pin:
    """A pin; one name may be on several pads."""

    name: str
    numbers: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Bought:
    """What a purchaser asks of a thing.

    `price_eur`: of one piece, when each of `QUANTITIES` is bought.
    """

    references: tuple[str, ...]
    what: str
    manufacturer: str
    part_number: str
    alternates: tuple[str, ...]
    lifecycle: str
    price_eur: Price
    price_source: str


def read_bought(row: Mapping[str, Any]) -> Bought:
    """Read what `parts.toml` and `mechanics.toml` have in common."""
    one, hundred, thousand = row["price_eur"]
    return Bought(
        references=tuple(row["references"]),
        what=row["what"],
        manufacturer=row["manufacturer"],
        part_number=row["part_number"],
        alternates=tuple(row["alternates"]),
        lifecycle=row["lifecycle"],
        price_eur=(one, hundred, thousand),
        price_source=row["price_source"],
    )


def facts_of(bought: Bought) -> dict[str, Any]:
    """Give these facts alone, for a value that has more."""
    return {each.name: getattr(bought, each.name) for each in fields(Bought)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Part(Bought):
    """One line of the bill of materials.

    `only`, `batteries`: with that module or these batteries; none: with any. `volts`:
    what its supply pins allow; `levels`: the net that a pin must be on;
    `partners`: the kind of part with which alone a pin shares its net: R, C, L.
    """

    only: str | None
    batteries: tuple[str, ...]
    place: Place
    is_fitted: bool
    is_copper: bool
    leaves_box: bool
    footprint: str
    pins: Mapping[str, Pin]
    volts: tuple[float, float] | None
    cut_off_v: float | None
    peak_ma: float | None
    gives_ma: float | None
    asleep_ua: float
    i2c: int | None
    levels: Mapping[str, str]
    partners: Mapping[str, str]
    ohm: float | None
    uf: float | None
    rated_v: float | None
    hold_ma: float | None
    why: str

    @property
    def value(self) -> str:
        """What a drawing writes beside it: 10 kohm, or a part number."""
        kind, _, rest = self.what.partition(", ")
        if kind in {"Resistor", "Capacitor", "Inductor"}:
            return rest.partition(",")[0]
        return self.part_number

    def is_with(self, *, module: str, battery: str) -> bool:
        """Tell whether a device of that module and battery has it."""
        is_of_battery = not self.batteries or battery in self.batteries
        return self.only in {None, module} and is_of_battery


def read_parts(content: Mapping[str, Any]) -> tuple[Part, ...]:
    """Read the content of `parts.toml`."""
    symbols = content["symbols"]
    return tuple(_read_part(each, symbols) for each in content["parts"])


_WORDS = {
    "references",
    "only",
    "battery",
    "place",
    "fitted",
    "is_copper",
    "leaves_box",
    "what",
    "manufacturer",
    "part_number",
    "alternates",
    "lifecycle",
    "lifecycle_source",
    "price_eur",
    "price_source",
    "footprint",
    "symbol",
    "pins",
    "volts",
    "cut_off_v",
    "peak_ma",
    "gives_ma",
    "hold_ma",
    "asleep_ua",
    "i2c",
    "levels",
    "partners",
    "ohm",
    "uf",
    "rated_v",
    "why",
}


def _read_part(row: Mapping[str, Any], symbols: Mapping[str, Any]) -> Part:
    if unknown := sorted(set(row) - _WORDS):
        raise ValueError(f"{row['references']}: parts.toml has no {unknown}")
    pins = symbols[row["symbol"]] if "symbol" in row else row.get("pins", {})
    volts = row.get("volts")
    return Part(
        **facts_of(read_bought(row)),
        only=row.get("only"),
        batteries=_read_batteries(row.get("battery", [])),
        place=Place(row.get("place", Place.BOARD)),
        is_fitted=row.get("fitted", True),
        is_copper=row.get("is_copper", False),
        leaves_box=row.get("leaves_box", False),
        footprint=row.get("footprint", ""),
        pins={name: _read_pin(name, words) for name, words in pins.items()},
        volts=(volts[0], volts[1]) if volts else None,
        cut_off_v=row.get("cut_off_v"),
        peak_ma=row.get("peak_ma"),
        gives_ma=row.get("gives_ma"),
        asleep_ua=row.get("asleep_ua", 0.0),
        i2c=row.get("i2c"),
        levels=row.get("levels", {}),
        partners=row.get("partners", {}),
        ohm=row.get("ohm"),
        uf=row.get("uf"),
        rated_v=row.get("rated_v"),
        hold_ma=row.get("hold_ma"),
        why=row["why"],
    )


def _read_batteries(words: str | list[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _read_pin(name: str, words: str) -> Pin:
    numbers, kind = words.split(" ")
    return Pin(name=name, numbers=tuple(numbers.split(",")), kind=Kind(kind))
