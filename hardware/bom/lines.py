"""What one device is made of and costs, line by line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hardware.design.parts import QUANTITIES, Bought, Part, facts_of, read_bought
from hardware.design.placed import Placed

DEFAULT_MOUNT = "lid"
PIECE = "piece"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line(Bought):
    """A part number, however often; `price_eur` is for one `unit`.

    `is_fitted`: false where a device may do without; such a line is not in the sum.
    """

    quantity: float
    unit: str
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
    facts = facts_of(part) | {"references": tuple(names)}
    return Line(**facts, quantity=len(names), unit=PIECE, is_fitted=part.is_fitted)


def _of_box(
    device: Placed, rows: Iterable[Mapping[str, Any]], *, mount: str
) -> Iterable[Line]:
    box = device.battery.box
    for row in rows:
        if row.get("mount", mount) == mount and row.get("box", box) == box:
            yield Line(
                **facts_of(read_bought(row)),
                quantity=row["quantity"],
                unit=row["unit"],
                is_fitted=True,
            )
