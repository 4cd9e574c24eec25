"""The schematic as netlistsvg reads it: Yosys' JSON, one module a sheet.

A supply or ground is a symbol at each pin, as on a drawn schematic; a signal that
other sheets know too ends at a flag with its name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from hardware.design.board import GROUND, End, Net
from hardware.design.parts import Kind, Part
from hardware.design.placed import Placed

_LATERAL = {"R": "r_h", "C": "c_h", "L": "l_h"}
_UPRIGHT = {"R": "r_v", "C": "c_v", "L": "l_v"}
_IN = {Kind.IN, Kind.POWER_IN}
Json = dict[str, Any]


@dataclass(kw_only=True, slots=True)
class _Sheet:
    """What is drawn so far; `bits` are netlistsvg's numbers of nets."""

    references: frozenset[str]
    cells: Json = field(default_factory=dict)
    ports: Json = field(default_factory=dict)
    bits: dict[str, int] = field(default_factory=dict)
    fresh: Iterator[int] = field(default_factory=lambda: count(2))


def draw_sheets(device: Placed) -> dict[str, Json]:
    """Give each sheet's JSON, by its name."""
    return {
        name: _draw(device, name, references)
        for name, references in device.board.sheets.items()
    }


def _draw(device: Placed, name: str, references: tuple[str, ...]) -> Json:
    sheet = _Sheet(references=frozenset(references))
    for reference in references:
        if reference in device.parts:
            _draw_part(device, sheet, reference)
    title = f"{device.board.name} {device.module} {name}"
    return {"modules": {title: {"ports": sheet.ports, "cells": sheet.cells}}}


def _draw_part(device: Placed, sheet: _Sheet, reference: str) -> None:
    part = device.parts[reference]
    joined = [
        (pin, net)
        for pin in part.pins
        for net in [device.net_of(End(reference=reference, pin=pin))]
        if net is not None
    ]
    bits = {pin: [_bit(device, sheet, net)] for pin, net in joined}
    if set(part.pins) == {"1", "2"} and reference[0] in _LATERAL:
        is_upright = any(net.direction == "power" for _, net in joined)
        kinds = _UPRIGHT if is_upright else _LATERAL
        first, second = ("2", "1") if joined[0][1].name == GROUND else ("1", "2")
        sheet.cells[reference] = {
            "type": kinds[reference[0]],
            "port_directions": {"A": "input", "B": "output"},
            "connections": {"A": bits[first], "B": bits[second]},
            "attributes": {"value": part.value},
        }
        return
    # A type that the skin does not know is a box with the type's name above it.
    sheet.cells[reference] = {
        "type": f"{reference} {part.value}".strip(),
        "port_directions": {pin: _side(part, pin) for pin in bits},
        "connections": bits,
    }


def _side(part: Part, pin: str) -> str:
    return "input" if part.pins[pin].kind in _IN else "output"


def _bit(device: Placed, sheet: _Sheet, net: Net) -> int:
    """Give a net's number, but each end of a supply a symbol and one of its own."""
    if net.direction == "power":
        bit = next(sheet.fresh)
        kind = "gnd" if net.name == GROUND else "vcc"
        sheet.cells[f"{net.name} {bit}"] = {
            "type": kind,
            "port_directions": {"A": "input" if kind == "gnd" else "output"},
            "connections": {"A": [bit]},
            "attributes": {"name": "" if kind == "gnd" else net.name},
        }
        return bit
    if net.name not in sheet.bits:
        sheet.bits[net.name] = next(sheet.fresh)
        if any(_is_elsewhere(device, sheet, end) for end in net.ends):
            direction = "output" if net.direction == "out" else "input"
            bits = [sheet.bits[net.name]]
            sheet.ports[net.name] = {"direction": direction, "bits": bits}
    return sheet.bits[net.name]


def _is_elsewhere(device: Placed, sheet: _Sheet, end: End) -> bool:
    return end.reference in device.parts and end.reference not in sheet.references
