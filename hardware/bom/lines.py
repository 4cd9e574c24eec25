"""What one device is made of and costs, line by line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hardware.design.parts import QUANTITIES, Part, Price
from hardware.design.placed import Placed

DEFAULT_MOUNT = "lid"
PIECE = "piece"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A part number, however often; `price_eur` as of `Part`, for one `unit`.

    `is_fitted`: false where a device may do without; such a line is not in the sum.
    """

    references: tuple[str, ...]
    quantity: float
    unit: str
    what: str
    manufacturer: str
    part_number: str
    alternates: tuple[str, ...]
    lifecycle: str
    price_eur: Price
    price_source: str
    is_fitted: bool

    def cost_eur(self, devices: int) -> float:
        """Tell what a device's share costs when so many devices are made."""
        return self.quantity * self.price_eur[QUANTITIES.index(devices)]


def list_lines(
    device: Placed, mechanics: Mapping[str, Any], *, mount: str = DEFAULT_MOUNT
) -> tuple[Line, ...]:
    """List all of a device, electronics first; `mechanics`: of `mechanics.toml`."""
    placed: dict[str, tuple[Part, list[str]]] = {}
    for name, part in device.parts.items():
        bought_as = f"{part.manufacturer} {part.part_number} {part.what}"
        placed.setdefault(bought_as, (part, []))[1].append(name)
    electronics = [
        _of_part(part, names) for part, names in placed.values() if not part.is_copper
    ]
    return (*electronics, *_of_box(device, mechanics["parts"], mount=mount))


def sum_eur(lines: Iterable[Line], devices: int) -> float:
    """Sum up what every device has."""
    return sum(line.cost_eur(devices) for line in lines if line.is_fitted)


def _of_part(part: Part, names: list[str]) -> Line:
    return Line(
        references=tuple(names),
        quantity=len(names),
        unit=PIECE,
        what=part.what,
        manufacturer=part.manufacturer,
        part_number=part.part_number,
        alternates=part.alternates,
        lifecycle=part.lifecycle,
        price_eur=part.price_eur,
        price_source=part.price_source,
        is_fitted=part.is_fitted,
    )


def _of_box(
    device: Placed, rows: Iterable[Mapping[str, Any]], *, mount: str
) -> Iterable[Line]:
    for row in rows:
        box = device.battery.box
        if row.get("mount", mount) != mount or row.get("box", box) != box:
            continue
        one, hundred, thousand = row["price_eur"]
        yield Line(
            references=tuple(row["references"]),
            quantity=row["quantity"],
            unit=row["unit"],
            what=row["what"],
            manufacturer=row["manufacturer"],
            part_number=row["part_number"],
            alternates=tuple(row["alternates"]),
            lifecycle=row["lifecycle"],
            price_eur=(one, hundred, thousand),
            price_source=row["price_source"],
            is_fitted=True,
        )
