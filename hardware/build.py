"""Make all files of the hardware and check them: python hardware/build.py OUT.

Circuit, drawings and bill of materials of each module with each battery, then the
enclosures. Ends with 1 if a check fails, after writing everything that can be.
"""

import json
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # when run as a script

from hardware.bom.lines import list_lines, sum_eur
from hardware.bom.write import render, write_csv
from hardware.circuit.circuit import build_circuit, check_circuit, write_netlist
from hardware.design.parts import QUANTITIES
from hardware.design.placed import FOLDER, Placed, every_device, load_sources
from hardware.enclosure.build import build_boxes, say
from hardware.harness.draw import draw_harness
from hardware.rules.everything import faults
from hardware.rules.fault import Fault
from hardware.schematic.draw import draw_schematic

NETLIST, BOM_CSV, BOM = "board.net", "bom.csv", "bom.md"


def build_device(device: Placed, folder: Path) -> list[Fault]:
    """Write netlist, drawings and bill of materials; say what SKiDL finds."""
    folder.mkdir(parents=True, exist_ok=True)
    circuit = build_circuit(device)
    found = check_circuit(circuit, device=device)
    write_netlist(circuit, folder / NETLIST)
    draw_schematic(device, folder / "schematic")
    draw_harness(device, folder)
    mechanics = tomllib.loads((FOLDER / "mechanics.toml").read_text("utf-8"))
    lines = list_lines(device, mechanics)
    write_csv(lines, folder / BOM_CSV)
    (folder / BOM).write_text(render(device, lines), "utf-8")
    costs_eur = {each: round(sum_eur(lines, each), 2) for each in QUANTITIES}
    (folder / "costs_eur.json").write_text(json.dumps(costs_eur) + "\n", "utf-8")
    return found


def build_board(out: Path) -> list[Fault]:
    """Write each device's files, unless the rules forbid the board."""
    sources = load_sources()
    if found := faults(sources):
        return found
    return [
        fault
        for device in every_device(sources)
        for fault in build_device(device, out / folder_of(device))
    ]


def folder_of(device: Placed) -> str:
    """Name a device's folder: esp32-li_ion."""
    return f"{device.module}-{device.battery.key}"


def main() -> None:
    """Build into the folder that was given."""
    if not sys.argv[1:]:
        sys.exit(f"usage: python {sys.argv[0]} OUT")
    out = Path(sys.argv[1])
    found = build_board(out)
    for fault in found:
        print(f"not good: {fault}", file=sys.stderr)
    hooked = say(build_boxes(out / "enclosure"))
    sys.exit(bool(found or hooked))


if __name__ == "__main__":
    main()
