"""The bill of materials as files: CSV for a purchaser, Markdown for a reader."""

import csv
from collections.abc import Sequence
from pathlib import Path

from hardware.bom.lines import Line, sum_eur
from hardware.design.parts import QUANTITIES
from hardware.design.placed import Placed

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
            *(
                f"One of {devices:,} devices: **{sum_eur(lines, devices):.2f} EUR**."
                for devices in QUANTITIES
            ),
            "",
            "## Where a bin has one",
            "",
            *_table(others),
            "",
        )
    )


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
        *(
            f"| {' '.join(line.references)} | {line.quantity:g} {_unit(line)} | {line.what} | "
            f"{line.manufacturer} {line.part_number} | "
            + " | ".join(f"{line.cost_eur(devices):.2f}" for devices in QUANTITIES)
            + " |"
            for line in lines
        ),
    ]


def _unit(line: Line) -> str:
    return "×" if line.unit == "piece" else line.unit
