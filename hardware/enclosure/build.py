"""Make both boxes' files and check them: python hardware/enclosure/build.py OUT.

Writes, a folder for each box, STEP and STL of its parts, `assembly.step`, `drawing.svg`
and `report.json`; ends with 1 if a check fails, after writing them.
"""

import json
import sys
from copy import copy
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # when run as a script

from build123d import Compound, export_step

from hardware.enclosure.assembly import MADE, Assembly, assemble
from hardware.enclosure.board_outline import render_outline
from hardware.enclosure.checks.board_outline import find_faults, read_outline
from hardware.enclosure.checks.everything import Report, check_everything
from hardware.enclosure.checks.meshes import mesh_of
from hardware.enclosure.dimensions import BOXES, Dimensions, load_dimensions
from hardware.enclosure.drawing import draw


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What the checks found: of each box, and of the outline of the board in either."""

    boxes: dict[str, Report]
    outline: list[str]


def build_boxes(out: Path) -> Built:
    """Make and check both, and write them, and the board that is in either."""
    d = load_dimensions()
    out.mkdir(parents=True, exist_ok=True)
    outline = render_outline(d)
    (out / "board_outline.kicad_pcb").write_text(outline, "utf-8")
    return Built(
        boxes={box: build_box(load_dimensions(box=box), out / box) for box in BOXES},
        outline=find_faults(read_outline(outline), d.board),
    )


def build_box(d: Dimensions, out: Path) -> Report:
    """Make and check everything of one, and write it."""
    assembly = assemble(d)
    out.mkdir(parents=True, exist_ok=True)
    write_solids(assembly, out)
    draw(assembly, out / "drawing.svg")
    report = check_everything(assembly)
    facts = {"faults": len(report.faults()), **asdict(report)}
    (out / "report.json").write_text(json.dumps(facts, indent=2) + "\n", "utf-8")
    return report


def write_solids(assembly: Assembly, out: Path) -> None:
    """Write what is made, and with it all that must fit, as one assembly."""
    for name in MADE:
        export_step(assembly.solids[name], out / f"{name}.step")
        mesh_of(assembly.solids[name]).export(out / f"{name}.stl")
    # Copies: a solid that belongs to a compound is slow to move.
    whole = {name: copy(each) for name, each in assembly.solids.items()}
    for name, solid in whole.items():
        solid.label = name
    del whole["beam"]
    compound = Compound(label="enclosure", children=list(whole.values()))
    export_step(compound, out / "assembly.step")


def main() -> None:
    """Build into the folder that was given."""
    if not sys.argv[1:]:
        sys.exit(f"usage: python {sys.argv[0]} OUT")
    sys.exit(bool(say(build_boxes(Path(sys.argv[1])))))


def say(built: Built) -> int:
    """Print what parts weigh and what is not good; return how much is not."""
    for what in built.outline:
        print(f"board outline not good: {what}", file=sys.stderr)
    for box, report in built.boxes.items():
        for each in report.meshes:
            print(f"{box} {each.part}: {each.volume_cm3:.1f} cm3, {each.mass_g:.0f} g")
        for fault in report.faults():
            print(f"{box} not good: {fault}", file=sys.stderr)
    return len(built.outline) + sum(len(r.faults()) for r in built.boxes.values())


if __name__ == "__main__":
    main()
