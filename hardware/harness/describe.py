"""The harness in WireViz' words."""

from typing import Any

from hardware.design.board import Cable, End
from hardware.design.parts import Part
from hardware.design.placed import Placed
from hardware.design.tracing import pad_behind

Yaml = dict[str, Any]


def describe_harness(device: Placed) -> Yaml:
    """Say in WireViz' words what the cables of a device join."""
    connectors = {
        end: _describe_connector(device, end)
        for cable in device.cables
        for end in (cable.connector, cable.part)
    }
    return {
        "metadata": {"title": f"{device.board.name}, {device.name}"},
        "connectors": connectors,
        "cables": {cable.name: _describe_cable(cable) for cable in device.cables},
        "connections": [_describe_joints(device, cable) for cable in device.cables],
    }


def _describe_connector(device: Placed, name: str) -> Yaml:
    part = device.parts[name]
    return {
        "type": part.what,
        "subtype": "" if part.is_fitted else "where there is one",
        "pinlabels": [_label(device, name, pin) for pin in part.pins],
        "pins": [_pad(part, pin) for pin in part.pins],
        "manufacturer": part.manufacturer,
        "mpn": part.part_number,
        "ignore_in_bom": name.startswith("J"),
    }


def _label(device: Placed, name: str, pin: str) -> str:
    """Name a pin, and what of the module is behind it."""
    pad = pad_behind(device, End(reference=name, pin=pin))
    return pin if pad is None else f"{pin} ({pad})"


def _describe_cable(cable: Cable) -> Yaml:
    return {
        "type": cable.what,
        "colors": [wire.colour for wire in cable.wires],
        "wirecount": len(cable.wires),
        "gauge": f"{cable.section_mm2:g} mm2",
        "length": cable.length_mm / 1000,
    }


def _describe_joints(device: Placed, cable: Cable) -> list[Yaml]:
    """Join by pad numbers: labels are for readers."""
    near, far = device.parts[cable.connector], device.parts[cable.part]
    return [
        {cable.connector: [_pad(near, wire.pin) for wire in cable.wires]},
        {cable.name: list(range(1, len(cable.wires) + 1))},
        {cable.part: [_pad(far, wire.far_pin) for wire in cable.wires]},
    ]


def _pad(part: Part, pin: str) -> int:
    return int(part.pins[pin].numbers[0])
