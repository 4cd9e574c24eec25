"""The bill of materials as files: CSV for a purchaser, Markdown for a reader."""

import csv
from collections.abc import Sequence
from pathlib import Path

from hardware.bom.lines import PIECE, Line, sum_eur
from hardware.design.board import Cable, End, Wire
from hardware.design.parts import QUANTITIES
from hardware.design.placed import Placed
from hardware.design.tracing import pad_behind

HEAD = (
    "references",
    "quantity",
    "unit",
    "what",
    "manufacturer",
    "part number",
    "alternates",
    "lifecycle",
    *(f"EUR each at {devices:,}" for devices in QUANTITIES),
    "price source",
    "fitted",
)


def write_csv(lines: Sequence[Line], path: Path) -> None:
    """Write a row for each line; references apart by spaces."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows(_row(line) for line in lines)


def render(device: Placed, lines: Sequence[Line]) -> str:
    """Write it for reading, with what a device costs."""
    fitted = [line for line in lines if line.is_fitted]
    others = [line for line in lines if not line.is_fitted]
    return "\n".join(
        (
            f"# {device.board.name} revision {device.board.revision}: {device.name}",
            "",
            *_table(fitted),
            "",
            "| one device | EUR |",
            "| --- | ---: |",
            *(
                f"| when {devices:,} are made | {sum_eur(lines, devices):.2f} |"
                for devices in QUANTITIES
            ),
            "",
            "## Where a bin has one",
            "",
            *_table(others),
            "",
            "## Plugs",
            "",
            *_plugs(device),
            "",
            "## Why",
            "",
            *(f"- {name}: {part.why}" for name, part in device.parts.items()),
            "",
        )
    )


def _plugs(device: Placed) -> list[str]:
    return [
        "| plug | pad | pin | leads to | wire |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {cable.connector} {cable.what} | "
            f"{device.parts[cable.connector].pins[wire.pin].numbers[0]} | {wire.pin} | "
            f"{pad_behind(device, _near(cable, wire)) or '-'} | {wire.colour} |"
            for cable in device.cables
            for wire in cable.wires
        ),
    ]


def _near(cable: Cable, wire: Wire) -> End:
    return End(reference=cable.connector, pin=wire.pin)


def _row(line: Line) -> tuple[object, ...]:
    return (
        " ".join(line.references),
        line.quantity,
        line.unit,
        line.what,
        line.manufacturer,
        line.part_number,
        "; ".join(line.alternates),
        line.lifecycle,
        *line.price_eur,
        line.price_source,
        "yes" if line.is_fitted else "no",
    )


def _table(lines: Sequence[Line]) -> list[str]:
    prices = " | ".join(f"at {devices:,}" for devices in QUANTITIES)
    return [
        f"| | | | | {prices} |",
        "| --- | --- | --- | --- |" + " ---: |" * len(QUANTITIES),
        *(f"| {' | '.join(_cells(line))} |" for line in lines),
    ]


def _cells(line: Line) -> tuple[str, ...]:
    return (
        " ".join(line.references),
        f"{line.quantity:g} {_unit(line)}",
        line.what,
        f"{line.manufacturer} {line.part_number}",
        *(f"{line.cost_eur(devices):.3f}" for devices in QUANTITIES),
    )


def _unit(line: Line) -> str:
    return "x" if line.unit == PIECE else line.unit
