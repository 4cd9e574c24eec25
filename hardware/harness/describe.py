"""The harness in WireViz' words."""

from typing import Any

from hardware.design.board import Cable
from hardware.design.parts import Part
from hardware.design.placed import Placed

Yaml = dict[str, Any]


def describe_harness(device: Placed) -> Yaml:
    """Say in WireViz' words what the cables of a device join."""
    connectors = {
        end: _describe_connector(device.parts[end], end)
        for cable in device.cables
        for end in (cable.connector, cable.part)
    }
    return {
        "metadata": {"title": f"{device.board.name}, {device.name}"},
        "connectors": connectors,
        "cables": {cable.name: _describe_cable(cable) for cable in device.cables},
        "connections": [_describe_joints(cable) for cable in device.cables],
    }


def _describe_connector(part: Part, name: str) -> Yaml:
    return {
        "type": part.what,
        "subtype": "" if part.is_fitted else "where there is one",
        "pinlabels": list(part.pins),
        "pins": [pin.numbers[0] for pin in part.pins.values()],
        "manufacturer": part.manufacturer,
        "mpn": part.part_number,
        "style": "simple" if not part.pins else None,
        "ignore_in_bom": name.startswith("J"),
    }


def _describe_cable(cable: Cable) -> Yaml:
    return {
        "type": cable.what,
        "colors": [wire.colour for wire in cable.wires],
        "wirecount": len(cable.wires),
        "gauge": f"{cable.section_mm2:g} mm2",
        "length": cable.length_mm / 1000,
    }


def _describe_joints(cable: Cable) -> list[Yaml]:
    return [
        {cable.connector: [wire.pin for wire in cable.wires]},
        {cable.name: list(range(1, len(cable.wires) + 1))},
        {cable.part: [wire.far_pin for wire in cable.wires]},
    ]
