"""The circuit of a device in SKiDL, its electrical rule check, and KiCad's netlist.

Parts are defined from `parts.toml`, so that no library of symbols is needed.
"""

import re
from pathlib import Path
from typing import Any

from hardware.circuit.tool import listening, skidl
from hardware.design.board import End
from hardware.design.parts import Kind, Part, Place
from hardware.design.placed import Placed
from hardware.rules.fault import Fault

RULE = "electrical rules"
_TYPES = skidl.Pin.types
_FUNCTIONS = {
    Kind.IN: _TYPES.INPUT,
    Kind.OUT: _TYPES.OUTPUT,
    Kind.IO: _TYPES.BIDIR,
    Kind.OPEN: _TYPES.OPENCOLL,
    Kind.POWER_IN: _TYPES.PWRIN,
    Kind.POWER_OUT: _TYPES.PWROUT,
    Kind.PASSIVE: _TYPES.PASSIVE,
    Kind.NOTHING: _TYPES.NOCONNECT,
}
Circuit = Any
# When it was made, and by which script.
_OF_THIS_RUN = re.compile(r'\((date|source) "[^"]*"\)')


def build_circuit(device: Placed) -> Circuit:
    """Join the parts that are on the board; ends must exist (`rules/nets.py`)."""
    circuit = skidl.Circuit()
    circuit.no_files = True
    circuit.track_src = False
    made = {
        name: _make_part(circuit, name, part)
        for name, part in device.parts.items()
        if part.place is Place.BOARD
    }
    for net in device.nets:
        joined = skidl.Net(net.name, circuit=circuit)
        for end in net.ends:
            joined += _pins(made, device, end)
    nothing = circuit.NC
    for end in sorted(device.left_open):
        nothing += _pins(made, device, end)
    return circuit


def check_circuit(circuit: Circuit, *, device: Placed) -> list[Fault]:
    """Let SKiDL check it: errors and warnings are faults alike."""
    with listening() as said:
        circuit.ERC()
    return [Fault(rule=RULE, where=device.name, what=line) for line in said]


def write_netlist(circuit: Circuit, path: Path) -> None:
    """Write what KiCad's board editor imports; the same board gives the same bytes."""
    with listening():
        text = str(circuit.generate_netlist(tool=skidl.KICAD8, do_backup=False))
    path.write_text(_OF_THIS_RUN.sub(r'(\1 "")', text), "utf-8")


def _make_part(circuit: Circuit, name: str, part: Part) -> Any:  # noqa: ANN401
    template = skidl.Part(
        name=part.part_number or name,
        ref_prefix=name.rstrip("0123456789"),
        tool=skidl.SKIDL,
        dest=skidl.TEMPLATE,
        footprint=part.footprint,
    )
    for pin in part.pins.values():
        for number in pin.numbers:
            template += skidl.Pin(num=number, name=pin.name, func=_FUNCTIONS[pin.kind])
    made = template(circuit=circuit, ref=name, tag=name, value=part.value or name)
    made.fields["MPN"] = part.part_number
    made.fields["Manufacturer"] = part.manufacturer
    return made


def _pins(made: dict[str, Any], device: Placed, end: End) -> list[Any]:
    numbers = device.parts[end.reference].pins[end.pin].numbers
    return [made[end.reference].p[number] for number in numbers]
